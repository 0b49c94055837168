package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.ContextsFile;
import io.oasis.cli.options.CommonOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Forget a saved server and its token. */
@Command(
    name = "delete",
    description = "Forget a saved server and its token.",
    footer = {"", "Example:", "  oasis context delete staging"})
public final class ContextDeleteCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "As 'oasis context list' shows it.")
  String name;

  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public ContextDeleteCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    ContextsFile contexts = ContextsFile.of(shell.env());
    contexts.delete(name);
    shell.terminal().say("forgot context " + name);
    return ExitCode.OK.number();
  }
}
