package io.oasis.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.ClientVersion;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.JsonText;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.output.Documents;
import io.oasis.cli.output.OutputFormat;
import io.oasis.cli.output.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Names the versions of client, server and time zone rules. */
@Command(
    name = "version",
    description = "Show the versions of client, server and time zone rules.",
    footer = {"", "Examples:", "  oasis version", "  oasis version --client"})
public final class VersionCommand implements Callable<Integer> {
  @Option(names = "--client", description = "Do not ask the server.")
  boolean clientOnly;

  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public VersionCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    // Tables show the client's line before the server is asked: it is true even when nobody
    // answers.
    Table clientTable = new Table(List.of());
    clientTable.addText("client", ClientVersion.version(), "tzdb " + ClientVersion.tzdb());
    boolean forPeople =
        output.format() == OutputFormat.TABLE || output.format() == OutputFormat.WIDE;
    if (forPeople) {
      clientTable.print(shell.terminal(), "");
    }
    ObjectNode all = JsonText.object();
    all.putObject("client")
        .put("version", ClientVersion.version())
        .put("tzdb", ClientVersion.tzdb());
    if (!clientOnly) {
      OasisClient client = server.client(shell);
      Facts answer = client.get("/version");
      all.set("server", answer.node());
      if (forPeople) {
        Table serverTable = new Table(List.of());
        serverTable.addText(
            "server",
            answer.text("version"),
            "tzdb " + answer.text("tzdb"),
            client.endpoint().server());
        serverTable.print(shell.terminal(), "");
      }
    }
    if (!forPeople) {
      Documents.print(
          shell.terminal(),
          output.format(),
          new Facts(all),
          a -> a.in("client").text("version"),
          () -> {});
    }
    return ExitCode.OK.number();
  }
}
