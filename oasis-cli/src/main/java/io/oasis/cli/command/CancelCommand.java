package io.oasis.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import picocli.CommandLine.Option;

/** Stops a run. */
@Command(
    name = "cancel",
    description = "Cancel a waiting run, or kill a running one.",
    footer = {
      "",
      "A running one is KILLING until its node confirms the end: 'oasis describe run' tells.",
      "",
      "Example:",
      "  oasis cancel 48213 --reason \"wrong date\""
    })
public final class CancelCommand implements Callable<Integer> {
  @Mixin RunArgument run;

  @Option(names = "--reason", paramLabel = "TEXT", order = 1, description = "Why, for the trace.")
  String reason;

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
    ObjectNode body = JsonText.object();
    if (reason != null) {
      body.put("reason", reason);
    }
    Facts now = server.client(shell).post("/runs/" + Query.segment(run.id()) + "/cancel", body);
    Documents.print(
        shell.terminal(),
        output.format(),
        now,
        r -> r.text("id"),
        () -> shell.terminal().print(RunText.line(now, shell.terminal().palette())));
    return ExitCode.OK.number();
  }
}
