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

/** The verbs about the accounts of people. */
@Command(
    name = "account",
    description =
        "Make accounts of people, change their roles, switch them off; change your own password.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "'oasis get accounts' lists them, 'oasis delete account NAME' ends one. All but",
      "'password' is for administrators.",
      "",
      "Examples:",
      "  oasis account create li --app-role billing=operator",
      "  oasis account disable li"
    })
public final class AccountCommand implements Callable<Integer> {
  @Mixin CommonOptions common;
  @Spec CommandSpec spec;

  private final Shell shell;

  private AccountCommand(Shell shell) {
    this.shell = shell;
  }

  /** The verb with its own verbs. */
  public static CommandLine withSubcommands(Shell shell) {
    CommandLine line = new CommandLine(new AccountCommand(shell));
    line.addSubcommand(new AccountCreateCommand(shell));
    line.addSubcommand(new AccountSetRoleCommand(shell));
    line.addSubcommand(new AccountDisableCommand(shell));
    line.addSubcommand(new AccountEnableCommand(shell));
    line.addSubcommand(new AccountResetPasswordCommand(shell));
    line.addSubcommand(new AccountSignOutCommand(shell));
    line.addSubcommand(new AccountPasswordCommand(shell));
    return line;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(shell.terminal().err());
    return ExitCode.INVALID.number();
  }
}
