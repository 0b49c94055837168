package io.oasis.cli.command;

import io.oasis.cli.Shell;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/**
 * Every verb by its name. Reading one command's annotations costs milliseconds, and so does loading
 * its class, so only the one that was called is touched; all of them are when the user asks for
 * help or mistypes.
 */
public final class Verbs {
  private static final Set<String> VERSION = Set.of("-V", "--version");

  /** In the order of the help. */
  private static final List<String> ALL =
      List.of(
          "apply",
          "plan",
          "diff",
          "drift",
          "lint",
          "export",
          "history",
          "rollback",
          "get",
          "describe",
          "run",
          "runs",
          "logs",
          "cancel",
          "release",
          "rerun",
          "ack",
          "alarm",
          "enable",
          "disable",
          "delete",
          "status",
          "explain",
          "verify",
          "preview",
          "import",
          "schema",
          "login",
          "logout",
          "whoami",
          "context",
          "token",
          "account",
          "version",
          "completion");

  private Verbs() {}

  private static Object make(String name, Shell shell) {
    return switch (name) {
      case "apply" -> new ApplyCommand(shell);
      case "plan" -> new PlanCommand(shell);
      case "diff" -> new DiffCommand(shell);
      case "drift" -> new DriftCommand(shell);
      case "lint" -> new LintCommand(shell);
      case "export" -> new ExportCommand(shell);
      case "history" -> new HistoryCommand(shell);
      case "rollback" -> new RollbackCommand(shell);
      case "get" -> new GetCommand(shell);
      case "describe" -> new DescribeCommand(shell);
      case "run" -> new RunCommand(shell);
      case "runs" -> new RunsCommand(shell);
      case "logs" -> new LogsCommand(shell);
      case "cancel" -> new CancelCommand(shell);
      case "release" -> new ReleaseCommand(shell);
      case "rerun" -> new RerunCommand(shell);
      case "ack" -> new AckCommand(shell);
      case "alarm" -> AlarmCommand.withSubcommands(shell);
      case "enable" -> new EnableCommand(shell);
      case "disable" -> new DisableCommand(shell);
      case "delete" -> new DeleteCommand(shell);
      case "status" -> new StatusCommand(shell);
      case "explain" -> new ExplainCommand(shell);
      case "verify" -> new VerifyCommand(shell);
      case "preview" -> new PreviewCommand(shell);
      case "import" -> ImportCommand.withSubcommands(shell);
      case "schema" -> new SchemaCommand(shell);
      case "login" -> new LoginCommand(shell);
      case "logout" -> new LogoutCommand(shell);
      case "whoami" -> new WhoamiCommand(shell);
      case "context" -> ContextCommand.withSubcommands(shell);
      case "token" -> TokenCommand.withSubcommands(shell);
      case "account" -> AccountCommand.withSubcommands(shell);
      case "version" -> new VersionCommand(shell);
      case "completion" -> new CompletionCommand(shell);
      default -> throw new IllegalArgumentException(name + " is in the list and has no command");
    };
  }

  /** Adds to the root what the given arguments need. */
  public static void addTo(CommandLine root, Shell shell, String... args) {
    if (args.length > 0 && ALL.contains(args[0])) {
      root.addSubcommand(args[0], make(args[0], shell));
    } else if (args.length != 1 || !VERSION.contains(args[0])) {
      ALL.forEach(name -> root.addSubcommand(name, make(name, shell)));
    }
  }
}
