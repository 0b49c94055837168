package io.oasis.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.output.Documents;
import io.oasis.cli.output.OutputFormat;
import io.oasis.cli.output.Times;

/** Turns a job on or off and tells how it is now. */
final class JobSwitch {
  private final Shell shell;
  private final OasisClient client;
  private final OutputFormat format;

  JobSwitch(Shell shell, OasisClient client, OutputFormat format) {
    this.shell = shell;
    this.client = client;
    this.format = format;
  }

  /** Asks the server for it. */
  ExitCode turn(String path, ObjectNode body) {
    Facts job = client.post(path, body);
    Times times = new Times(shell.clock(), shell.zone());
    String next =
        job.instant("nextFireAt").map(at -> "  next fire " + times.relativeExact(at)).orElse("");
    Documents.print(
        shell.terminal(),
        format,
        job,
        j -> j.text("key"),
        () ->
            shell
                .terminal()
                .print("job %s  %s%s".formatted(job.text("key"), job.text("state"), next)));
    return ExitCode.OK;
  }
}
