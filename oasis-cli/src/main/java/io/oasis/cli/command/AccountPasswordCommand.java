package io.oasis.cli.command;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.JsonText;
import io.oasis.cli.input.SecretInput;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.PasswordOptions;
import io.oasis.cli.options.ServerOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Changes one's own password. */
@Command(
    name = "password",
    description = "Change your own password, and end your other sessions.",
    footer = {
      "",
      "Asks for the present password and twice for the new one. With --password-stdin the",
      "first line is the present password and the second one the new.",
      "",
      "Examples:",
      "  oasis account password",
      "  cat present new | oasis account password --password-stdin"
    })
public final class AccountPasswordCommand implements Callable<Integer> {
  @Option(
      names = "--password-stdin",
      order = 40,
      description = "Read both from standard input; else they are asked for.")
  boolean fromInput;

  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public AccountPasswordCommand(Shell shell) {
    this.shell = shell;
  }

  private record Passwords(String present, String next) {}

  @Override
  public Integer call() {
    Passwords passwords = fromInput ? read() : ask();
    server
        .client(shell)
        .post(
            "/me/password",
            JsonText.object()
                .put("present", passwords.present())
                .put("password", passwords.next()));
    shell.terminal().print("your password is changed, your other sessions ended");
    return ExitCode.OK.number();
  }

  private Passwords read() {
    List<String> lines = SecretInput.lines(shell.terminal().in());
    if (lines.size() < 2 || lines.get(0).isEmpty() || lines.get(1).isEmpty()) {
      throw CliFailure.invalid(
          "standard input needs two lines: the present password, then the new one");
    }
    return new Passwords(lines.get(0), lines.get(1));
  }

  private Passwords ask() {
    String present =
        shell
            .terminal()
            .askSecret("present password: ")
            .orElseThrow(() -> CliFailure.invalid("no password; use --password-stdin"));
    return new Passwords(present, PasswordOptions.ask(shell));
  }
}
