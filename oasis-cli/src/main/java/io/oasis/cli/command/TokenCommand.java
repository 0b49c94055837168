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

/** The verbs about tokens. */
@Command(
    name = "token",
    description = "Create, list and revoke tokens.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  oasis token create ci --role editor --expires 90d",
      "  oasis token list",
      "  oasis token revoke 7"
    })
public final class TokenCommand implements Callable<Integer> {
  @Mixin CommonOptions common;
  @Spec CommandSpec spec;

  private final Shell shell;

  private TokenCommand(Shell shell) {
    this.shell = shell;
  }

  /** The verb with its own verbs. */
  public static CommandLine withSubcommands(Shell shell) {
    CommandLine line = new CommandLine(new TokenCommand(shell));
    line.addSubcommand(new TokenCreateCommand(shell));
    line.addSubcommand(new TokenListCommand(shell));
    line.addSubcommand(new TokenRevokeCommand(shell));
    return line;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(shell.terminal().err());
    return ExitCode.INVALID.number();
  }
}
