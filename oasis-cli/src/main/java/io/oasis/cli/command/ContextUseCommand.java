package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.ContextsFile;
import io.oasis.cli.options.CommonOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Make a saved server the current one. */
@Command(
    name = "use",
    description = "Make a saved server the current one.",
    footer = {"", "Example:", "  oasis context use prod"})
public final class ContextUseCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "NAME", description = "As 'oasis context list' shows it.")
  String name;

  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public ContextUseCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    ContextsFile contexts = ContextsFile.of(shell.env());
    contexts.use(name);
    shell.terminal().say("now at " + contexts.find(name));
    return ExitCode.OK.number();
  }
}
