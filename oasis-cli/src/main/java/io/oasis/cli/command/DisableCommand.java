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

/** Stop a job from firing by its schedule. */
@Command(
    name = "disable",
    description = "Stop a job from firing by its schedule.",
    footer = {
      "",
      "Its waiting runs are cancelled; a running one finishes.",
      "",
      "Example:",
      "  oasis disable billing/nightly-settlement --reason \"bank holiday\""
    })
public final class DisableCommand implements Callable<Integer> {
  @Mixin JobArgument job;
  @Mixin ReasonOptions reason;
  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public DisableCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    return new JobSwitch(shell, server.client(shell), output.format())
        .turn(job.path() + "/disable", reason.body())
        .number();
  }
}
