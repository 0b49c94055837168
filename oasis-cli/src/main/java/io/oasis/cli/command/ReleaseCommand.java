package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.JsonText;
import io.oasis.cli.client.Query;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.RunArgument;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.output.Documents;
import io.oasis.cli.output.RunText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets a held run go on. */
@Command(
    name = "release",
    description = "Let a held run go on.",
    exitCodeList = {"3:the run is not held"},
    footer = {
      "",
      "Held are runs of one-time jobs whose time passed while no server was there for long: after",
      "a backup is restored they may have run already. 'oasis cancel' ends one instead.",
      "",
      "Example:",
      "  oasis release 48213"
    })
public final class ReleaseCommand implements Callable<Integer> {
  @Mixin RunArgument run;
  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public ReleaseCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    String path = "/runs/" + Query.segment(run.id()) + "/release";
    Facts now = server.client(shell).post(path, JsonText.object());
    Documents.print(
        shell.terminal(),
        output.format(),
        now,
        r -> r.text("id"),
        () -> shell.terminal().print(RunText.line(now, shell.terminal().palette())));
    return ExitCode.OK.number();
  }
}
