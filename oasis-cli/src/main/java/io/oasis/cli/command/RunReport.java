package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.options.WaitOptions;
import io.oasis.cli.output.Documents;
import io.oasis.cli.output.OutputFormat;
import io.oasis.cli.output.RunText;

/** Tells of a run that was just made, and of its end if that is waited for. */
final class RunReport {
  private final Shell shell;
  private final OasisClient client;
  private final OutputFormat format;

  RunReport(Shell shell, OasisClient client, OutputFormat format) {
    this.shell = shell;
    this.client = client;
    this.format = format;
  }

  /** Prints the run, after waiting for its end if that is wanted; returns how to exit. */
  ExitCode report(Facts made, WaitOptions options) {
    if (!options.wanted()) {
      print(made, false);
      return ExitCode.OK;
    }
    RunWait wait = new RunWait(shell, client, made, options);
    Facts ended;
    try (InterruptNotice notice = InterruptNotice.of(shell, made.text("id"))) {
      ended = options.logs() ? wait.untilEndWithLog(format) : wait.untilEnd();
    }
    print(ended, options.logs());
    return RunWait.exitOf(ended);
  }

  /** Where standard output belongs to the log, the run's line is said on standard error. */
  private void print(Facts run, boolean outputIsLog) {
    String line = RunText.line(run, shell.terminal().palette());
    if (outputIsLog) {
      shell.terminal().say(line);
      return;
    }
    Documents.print(
        shell.terminal(), format, run, r -> r.text("id"), () -> shell.terminal().print(line));
  }
}
