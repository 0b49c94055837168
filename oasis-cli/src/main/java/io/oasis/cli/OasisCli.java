package io.oasis.cli;

import io.oasis.cli.client.ClientVersion;
import io.oasis.cli.client.NearNames;
import io.oasis.cli.command.Verbs;
import io.oasis.cli.output.Terminal;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code oasis} command. */
@QuarkusMain
public final class OasisCli implements QuarkusApplication {
  private static final int USAGE_WIDTH = 100;

  /**
   * Starts the process. In the native form the framework was started when the image was built; on a
   * JVM starting it takes longer than all the rest, and no command uses it.
   */
  public static void main(String... args) {
    if (ImageMode.current() == ImageMode.NATIVE_RUN) {
      Quarkus.run(OasisCli.class, args);
    } else {
      System.exit(execute(Shell.system(), args));
    }
  }

  @Override
  public int run(String... args) {
    return execute(Shell.system(), args);
  }

  /** Runs one command in the given shell and returns its exit code. */
  public static int execute(Shell shell, String... words) {
    Terminal terminal = shell.terminal();
    String[] args = helpAsFlag(words);
    int exit = commandLine(shell, args).execute(args);
    terminal.flush();
    return exit;
  }

  /** {@code oasis help run} is {@code oasis run --help}. */
  private static String[] helpAsFlag(String... words) {
    if (words.length == 0 || !words[0].equals("help")) {
      return words;
    }
    String[] args = Arrays.copyOfRange(words, 1, words.length + 1);
    args[args.length - 1] = "--help";
    return args;
  }

  /** The parser with the verbs that the arguments need. */
  static CommandLine commandLine(Shell shell, String... args) {
    Terminal terminal = shell.terminal();
    CommandLine line = new CommandLine(new Root(shell));
    Verbs.addTo(line, shell, args);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(USAGE_WIDTH);
    inDeclaredOrder(line);
    ExitCodeFooter.addTo(line);
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(terminal.facts().colour() ? Ansi.ON : Ansi.OFF));
    line.setOut(new PrintWriter(terminal.out(), true, terminal.out().charset()));
    line.setErr(new PrintWriter(terminal.err(), true, terminal.err().charset()));
    line.setParameterExceptionHandler((e, args1) -> wrongUsage(terminal, e));
    line.setExecutionExceptionHandler((e, command, result) -> failed(terminal, e, args));
    return line;
  }

  private static void inDeclaredOrder(CommandLine line) {
    line.getCommandSpec().usageMessage().sortOptions(false).abbreviateSynopsis(true);
    line.getSubcommands().values().forEach(OasisCli::inDeclaredOrder);
  }

  private static int wrongUsage(Terminal terminal, ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    terminal.say("oasis: %s (see %s --help)".formatted(mistake(e), command));
    return ExitCode.INVALID.number();
  }

  private static String mistake(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      String written = unmatched.getUnmatched().get(0);
      String hint =
          NearNames.nearest(written, known(e.getCommandLine(), written))
              .map(near -> "; did you mean " + near + "?")
              .orElse(
                  isForCommands(e.getCommandLine(), written) ? "; put it after the command" : "");
      return "do not know what to do with \"%s\"%s".formatted(written, hint);
    }
    // The parser's own words for KEY=VALUE options say "option" twice.
    return e.getMessage()
        .replace("option option", "option")
        .lines()
        .findFirst()
        .orElse("wrong usage");
  }

  /** Flags stand behind the command that they are for: {@code oasis status --server URL}. */
  private static boolean isForCommands(CommandLine line, String written) {
    String flag = written.split("=", 2)[0];
    return line.getSubcommands().values().stream()
        .anyMatch(command -> command.getCommandSpec().findOption(flag) != null);
  }

  /** What could have been meant: the flags, or the commands. */
  private static Set<String> known(CommandLine line, String written) {
    return written.startsWith("-")
        ? line.getCommandSpec().optionsMap().keySet()
        : line.getSubcommands().keySet();
  }

  private static int failed(Terminal terminal, Exception e, String... args) {
    ExitCode exit;
    if (e instanceof CliFailure failure) {
      failure.details().forEach(terminal::say);
      if (!failure.getMessage().isEmpty()) {
        terminal.say("oasis: " + failure.getMessage());
      }
      exit = failure.exit();
    } else {
      terminal.say(
          "oasis: this is a bug: %s; run it again with --verbose and report what it says"
              .formatted(e));
      exit = ExitCode.ERROR;
    }
    if (List.of(args).contains("--verbose")) {
      e.printStackTrace(terminal.err());
    }
    return exit.number();
  }

  /** What {@code oasis} without a verb does. */
  @Command(
      name = "oasis",
      description = "Manage jobs on an Oasis-Scheduler server.",
      synopsisSubcommandLabel = "COMMAND",
      commandListHeading = "%nCommands:%n",
      footerHeading = "%n",
      footer = {
        "Start here:",
        "  oasis login --username admin",
        "  oasis apply -f jobs.yaml",
        "  oasis get jobs",
        "",
        "The server is --server, else OASIS_SERVER, else that of the last login, else",
        "http://localhost:8080. 'oasis COMMAND --help' explains a command and shows examples."
      })
  static final class Root implements Callable<Integer> {
    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help.")
    boolean help;

    @Option(
        names = {"-V", "--version"},
        description = "Show the version of this command.")
    boolean version;

    private final Shell shell;

    Root(Shell shell) {
      this.shell = shell;
    }

    @Override
    public Integer call() {
      if (version) {
        shell.terminal().print("oasis " + ClientVersion.version());
      } else {
        commandLine(shell).usage(shell.terminal().out(), Ansi.OFF);
      }
      return ExitCode.OK.number();
    }
  }
}
