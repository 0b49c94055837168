package io.oasis.cli.command;

import io.oasis.cli.Shell;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/**
 * Every verb by its name. Reading one command's annotations costs milliseconds, so only the one
 * that was called is made; all of them are when the user asks for help or mistypes.
 */
public final class Verbs {
  private static final Map<String, Function<Shell, Object>> ALL = all();

  private Verbs() {}

  private static Map<String, Function<Shell, Object>> all() {
    Map<String, Function<Shell, Object>> verbs = new LinkedHashMap<>();
    verbs.put("apply", ApplyCommand::new);
    verbs.put("plan", PlanCommand::new);
    verbs.put("diff", DiffCommand::new);
    verbs.put("lint", LintCommand::new);
    verbs.put("export", ExportCommand::new);
    verbs.put("history", HistoryCommand::new);
    verbs.put("rollback", RollbackCommand::new);
    verbs.put("get", GetCommand::new);
    verbs.put("describe", DescribeCommand::new);
    verbs.put("run", RunCommand::new);
    verbs.put("runs", RunsCommand::new);
    verbs.put("logs", LogsCommand::new);
    verbs.put("cancel", CancelCommand::new);
    verbs.put("release", ReleaseCommand::new);
    verbs.put("rerun", RerunCommand::new);
    verbs.put("enable", EnableCommand::new);
    verbs.put("disable", DisableCommand::new);
    verbs.put("delete", DeleteCommand::new);
    verbs.put("status", StatusCommand::new);
    verbs.put("preview", PreviewCommand::new);
    verbs.put("login", LoginCommand::new);
    verbs.put("logout", LogoutCommand::new);
    verbs.put("whoami", WhoamiCommand::new);
    verbs.put("context", ContextCommand::withSubcommands);
    verbs.put("token", TokenCommand::withSubcommands);
    verbs.put("version", VersionCommand::new);
    verbs.put("completion", CompletionCommand::new);
    return verbs;
  }

  /** Adds to the root what the given arguments need. */
  public static void addTo(CommandLine root, Shell shell, String... args) {
    Function<Shell, Object> called = args.length == 0 ? null : ALL.get(args[0]);
    if (called != null) {
      root.addSubcommand(args[0], called.apply(shell));
      return;
    }
    ALL.forEach((name, verb) -> root.addSubcommand(name, verb.apply(shell)));
  }
}
