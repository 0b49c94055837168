package io.oasis.cli.command;

import io.oasis.cli.Shell;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.JobArgument;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.ReasonOptions;
import io.oasis.cli.options.ServerOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Let a job fire by its schedule again. */
@Command(
    name = "enable",
    description = "Let a job fire by its schedule again.",
    footer = {
      "",
      "Times that passed meanwhile are not caught up.",
      "",
      "Example:",
      "  oasis enable billing/nightly-settlement"
    })
public final class EnableCommand implements Callable<Integer> {
  @Mixin JobArgument job;
  @Mixin ReasonOptions reason;
  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public EnableCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    return new JobSwitch(shell, server.client(shell), output.format())
        .turn(job.path() + "/enable", reason.body())
        .number();
  }
}
