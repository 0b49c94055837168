package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.ServerOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends the sessions of accounts. */
@Command(
    name = "sign-out",
    description = "Sign accounts out everywhere; they may sign in again.",
    footer = {"", "Example:", "  oasis account sign-out li"})
public final class AccountSignOutCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "NAME", description = "The accounts.")
  List<String> names;

  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public AccountSignOutCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    OasisClient client = server.client(shell);
    for (String name : names) {
      client.delete(Kind.ACCOUNT.path(name).orElseThrow() + "/sessions");
      shell.terminal().print("account %s  signed out everywhere".formatted(name));
    }
    return ExitCode.OK.number();
  }
}
