package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.options.CommonOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The verbs about saved servers. */
@Command(
    name = "context",
    description = "Name several servers and switch between them.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  oasis context set prod --server https://oasis.example.com",
      "  oasis login --context prod --username li",
      "  oasis context use prod",
      "  oasis status --context staging"
    })
public final class ContextCommand implements Callable<Integer> {
  @Mixin CommonOptions common;
  @Spec CommandSpec spec;

  private final Shell shell;

  private ContextCommand(Shell shell) {
    this.shell = shell;
  }

  /** The verb with its own verbs. */
  public static CommandLine withSubcommands(Shell shell) {
    CommandLine line = new CommandLine(new ContextCommand(shell));
    line.addSubcommand(new ContextListCommand(shell));
    line.addSubcommand(new ContextSetCommand(shell));
    line.addSubcommand(new ContextUseCommand(shell));
    line.addSubcommand(new ContextDeleteCommand(shell));
    return line;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(shell.terminal().err());
    return ExitCode.INVALID.number();
  }
}
