package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.JsonText;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.client.Query;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.IncidentArgument;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.output.Documents;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes incidents on. */
@Command(
    name = "ack",
    description = "Acknowledge incidents: their repeats are not mailed any more, their end is.",
    exitCodeList = {"3:the incident is resolved already"},
    footer = {
      "",
      "Their numbers are shown by 'oasis get incidents'.",
      "",
      "Example:",
      "  oasis ack 12"
    })
public final class AckCommand implements Callable<Integer> {
  @Mixin IncidentArgument incidents;
  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public AckCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    OasisClient client = server.client(shell);
    for (String id : incidents.ids()) {
      String path = "/incidents/" + Query.segment(id) + "/acknowledge";
      Facts now = client.post(path, JsonText.object());
      Documents.print(
          shell.terminal(),
          output.format(),
          now,
          i -> i.text("id"),
          () -> shell.terminal().print(line(now)));
    }
    return ExitCode.OK.number();
  }

  private static String line(Facts now) {
    return "incident %s  %s  acknowledged by %s"
        .formatted(now.text("id"), now.text("job"), now.text("acknowledgedBy"));
  }
}
