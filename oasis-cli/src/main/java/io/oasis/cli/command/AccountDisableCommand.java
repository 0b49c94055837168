package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.ServerOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Switches accounts off. */
@Command(
    name = "disable",
    description = "Switch accounts off: they sign in no more, and their sessions end.",
    exitCodeList = {"3:it is the last administrator"},
    footer = {"", "Example:", "  oasis account disable li"})
public final class AccountDisableCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "NAME", description = "The accounts.")
  List<String> names;

  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public AccountDisableCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    AccountSwitch.set(shell, server.client(shell), names, true);
    return ExitCode.OK.number();
  }
}
