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

/** Switches accounts on. */
@Command(
    name = "enable",
    description = "Switch accounts on again; they keep password and roles.",
    footer = {"", "Example:", "  oasis account enable li"})
public final class AccountEnableCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "NAME", description = "The accounts.")
  List<String> names;

  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public AccountEnableCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    AccountSwitch.set(shell, server.client(shell), names, false);
    return ExitCode.OK.number();
  }
}
