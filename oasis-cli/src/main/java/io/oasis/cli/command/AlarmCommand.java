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

/** The verbs about how people are told. */
@Command(
    name = "alarm",
    description = "Try whether alarms reach people.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "What went wrong with jobs is shown by 'oasis get incidents'.",
      "",
      "Example:",
      "  oasis alarm test --to li@example.com"
    })
public final class AlarmCommand implements Callable<Integer> {
  @Mixin CommonOptions common;
  @Spec CommandSpec spec;

  private final Shell shell;

  private AlarmCommand(Shell shell) {
    this.shell = shell;
  }

  /** The verb with its own verbs. */
  public static CommandLine withSubcommands(Shell shell) {
    CommandLine line = new CommandLine(new AlarmCommand(shell));
    line.addSubcommand(new AlarmTestCommand(shell));
    return line;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(shell.terminal().err());
    return ExitCode.INVALID.number();
  }
}
