package io.oasis.cli.command;

import java.util.Map;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes a completion script for the fish shell: a line for each command and each option. */
final class FishCompletion {
  private FishCompletion() {}

  /** The script for a whole command tree. */
  static String script(CommandLine root) {
    StringBuilder script = new StringBuilder();
    script.append("# Completes the oasis command in fish; made by 'oasis completion fish'.\n");
    script.append("complete -c oasis -f\n");
    String none = "__fish_use_subcommand";
    for (Map.Entry<String, CommandLine> verb : root.getSubcommands().entrySet()) {
      command(script, none, verb.getKey(), verb.getValue());
    }
    return script.toString();
  }

  private static void command(
      StringBuilder script, String condition, String name, CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    script
        .append("complete -c oasis -n ")
        .append(quoted(condition))
        .append(" -a ")
        .append(name)
        .append(" -d ")
        .append(quoted(description(spec.usageMessage().description())))
        .append('\n');
    String inside =
        condition.equals("__fish_use_subcommand")
            ? "__fish_seen_subcommand_from " + name
            : condition.replaceFirst(";.*", "") + "; and __fish_seen_subcommand_from " + name;
    for (OptionSpec option : spec.options()) {
      option(script, inside, option);
    }
    String others = String.join(" ", line.getSubcommands().keySet());
    line.getSubcommands()
        .forEach(
            (word, below) ->
                command(
                    script,
                    inside + "; and not __fish_seen_subcommand_from " + others,
                    word,
                    below));
  }

  private static void option(StringBuilder script, String condition, OptionSpec option) {
    script.append("complete -c oasis -n ").append(quoted(condition));
    for (String name : option.names()) {
      script.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
    }
    if (option.arity().max() > 0) {
      script.append(takesFile(option) ? " -rF" : " -x");
    }
    script.append(" -d ").append(quoted(description(option.description()))).append('\n');
  }

  private static boolean takesFile(OptionSpec option) {
    Predicate<String> label = word -> option.paramLabel().contains(word);
    return label.test("FILE") || label.test("FOLDER");
  }

  private static String description(String... lines) {
    return lines.length == 0 ? "" : lines[0].replace("${COMPLETION-CANDIDATES}", "a format");
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
