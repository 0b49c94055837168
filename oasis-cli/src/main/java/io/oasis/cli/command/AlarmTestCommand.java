package io.oasis.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.JsonText;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.ServerOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends a test mail. */
@Command(
    name = "test",
    description =
        "Send a test mail now, and say what the mail server answered; for administrators.",
    footer = {"", "Example:", "  oasis alarm test --to li@example.com --language zh-CN"})
public final class AlarmTestCommand implements Callable<Integer> {
  @Option(names = "--to", required = true, paramLabel = "ADDRESS", description = "Who gets it.")
  String to;

  @Option(
      names = "--language",
      paramLabel = "TAG",
      description = "Of the mail, en or zh-CN; default the server's.")
  String language;

  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public AlarmTestCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    ObjectNode body = JsonText.object();
    body.put("to", to);
    if (language != null) {
      body.put("language", language);
    }
    Facts done = server.client(shell).post("/alarms/test", body);
    shell.terminal().print("mail to %s  taken by the mail server".formatted(done.text("to")));
    return ExitCode.OK.number();
  }
}
