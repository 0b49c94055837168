package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.JsonText;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.PasswordOptions;
import io.oasis.cli.options.ServerOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives an account another password. */
@Command(
    name = "reset-password",
    description = "Give an account another password, and end its sessions.",
    footer = {
      "",
      "The password comes from --password-stdin, else a prompt.",
      "",
      "Examples:",
      "  oasis account reset-password li",
      "  oasis account reset-password li --password-stdin < secret"
    })
public final class AccountResetPasswordCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "The account.")
  String name;

  @Mixin PasswordOptions password;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public AccountResetPasswordCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    OasisClient client = server.client(shell);
    client.post(
        Kind.ACCOUNT.path(name).orElseThrow() + "/password",
        JsonText.object().put("password", password.read(shell)));
    shell.terminal().print("account %s  has a new password, its sessions ended".formatted(name));
    return ExitCode.OK.number();
  }
}
