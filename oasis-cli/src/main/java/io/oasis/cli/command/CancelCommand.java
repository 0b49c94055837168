package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.Query;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.ReasonOptions;
import io.oasis.cli.options.RunArgument;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.output.Documents;
import io.oasis.cli.output.RunText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stops a run. */
@Command(
    name = "cancel",
    description = "Cancel a waiting run, or kill a running one.",
    exitCodeList = {"3:the run is over already"},
    footer = {
      "",
      "A running one is KILLING until its node confirms the end: 'oasis describe run' tells.",
      "One that does not stop keeps its slot; --force frees it, although the code may still run.",
      "",
      "Examples:",
      "  oasis cancel 48213 --reason \"wrong date\"",
      "  oasis cancel 48213 --force --reason \"the host is gone\""
    })
public final class CancelCommand implements Callable<Integer> {
  @Mixin RunArgument run;

  @Option(
      names = "--force",
      order = 2,
      description = "End a run that was asked to stop and does not; needs run:force.")
  boolean force;

  @Mixin ReasonOptions reason;
  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public CancelCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    String path = "/runs/" + Query.segment(run.id()) + (force ? "/force-end" : "/cancel");
    Facts now = server.client(shell).post(path, reason.body());
    Documents.print(
        shell.terminal(),
        output.format(),
        now,
        r -> r.text("id"),
        () -> shell.terminal().print(RunText.line(now, shell.terminal().palette())));
    return ExitCode.OK.number();
  }
}
