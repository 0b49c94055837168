package io.oasis.cli;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.cli.harness.Golden;
import io.oasis.cli.harness.TestShell;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {
  @TempDir Path folder;

  /** Every command of the tree, the groups as well: {@code token}, {@code token create}. */
  static Stream<String> commands() {
    Shell shell = new TestShell(Path.of("build-only")).shell();
    return below(OasisCli.commandLine(shell)).map(c -> c.substring("oasis ".length()));
  }

  private static Stream<String> below(CommandLine line) {
    return line.getSubcommands().values().stream()
        .distinct()
        .flatMap(c -> Stream.concat(Stream.of(c.getCommandSpec().qualifiedName()), below(c)));
  }

  /** Commands that do something themselves. */
  static Stream<String> verbs() {
    List<String> all = commands().toList();
    return all.stream().filter(c -> all.stream().noneMatch(o -> o.startsWith(c + " ")));
  }

  @ParameterizedTest(name = "the help of {0} is as reviewed")
  @MethodSource("commands")
  void helpIsAsReviewed(String command) {
    String[] words = (command + " --help").split(" ");

    TestShell.Result result = new TestShell(folder).call(words);

    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).contains("Example");
    Golden.assertMatches("help/" + command.replace(' ', '-') + ".txt", result.out());
  }

  @Test
  @DisplayName("oasis alone shows the help that names every command, and succeeds")
  void aloneShowsHelp() {
    TestShell.Result result = new TestShell(folder).call();

    assertThat(result.exit()).isZero();
    Golden.assertMatches("help/oasis.txt", result.out());
    List<String> words = result.out().lines().map(l -> l.strip().split("[ ,]")[0]).toList();
    assertThat(words).containsAll(commands().filter(c -> !c.contains(" ")).toList());
  }

  @Test
  @DisplayName("GO12: every verb says what it does, shows an example and names its exit codes")
  void helpIsWhole() {
    TestShell shell = new TestShell(folder);

    Map<String, String> helps =
        verbs().collect(toMap(v -> v, v -> shell.call((v + " --help").split(" ", -1)).out()));

    assertThat(helps)
        .hasSizeGreaterThan(20)
        .allSatisfy(
            (verb, help) -> {
              assertThat(help).containsPattern("Exit codes: 0 [^\\n]+, 2 ");
              assertThat(help).containsPattern("\nExamples?:\n  .*oasis " + verb + "\\b");
              assertThat(help.lines().skip(1).dropWhile(line -> line.startsWith(" ")).findFirst())
                  .hasValueSatisfying(line -> assertThat(line).endsWith("."));
            });
  }

  @Test
  @DisplayName("oasis help run is oasis run --help")
  void helpWord() {
    TestShell shell = new TestShell(folder);

    TestShell.Result result = shell.call("help", "run");

    assertThat(result.out()).isEqualTo(shell.call("run", "--help").out()).isNotEmpty();
  }

  @Test
  @DisplayName("no line of any help is wider than 100 cells")
  void helpIsNarrow() {
    TestShell shell = new TestShell(folder);

    List<String> lines =
        commands().flatMap(c -> shell.call((c + " --help").split(" ")).out().lines()).toList();

    assertThat(lines).isNotEmpty().allSatisfy(l -> assertThat(l.length()).isLessThanOrEqualTo(100));
  }

  @Test
  @DisplayName("GO12: a mistyped command is one line with a suggestion and exit code 2")
  void mistypedCommand() {
    TestShell.Result result = new TestShell(folder).call("aply");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.err()).contains("aply").contains("did you mean apply?");
    assertThat(result.out()).isEmpty();
  }

  @Test
  @DisplayName(
      "GO12: a mistyped flag, a missing argument and a wrong value are exit code 2, one line")
  void wrongUsage() {
    TestShell shell = new TestShell(folder);

    List<TestShell.Result> results =
        List.of(
            shell.call("status", "--servr", "x"),
            shell.call("run"),
            shell.call("get", "jobs", "-o", "xml"),
            shell.call("get", "jbos"),
            shell.call("run", "nightly"),
            shell.call("run", "a/b", "--wait", "--timeout", "soon"),
            shell.call("cancel", "abc"),
            shell.call("status", "--server", "localhost"));

    assertThat(results)
        .allSatisfy(
            result -> {
              assertThat(result.exit()).isEqualTo(2);
              assertThat(result.err().lines()).hasSize(1);
              assertThat(result.err()).startsWith("oasis: ").doesNotContain("Exception");
            });
  }

  @Test
  @DisplayName("GO12: the exit codes are the promised numbers")
  void exitCodes() {
    assertThat(Stream.of(ExitCode.values()).map(ExitCode::number))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 124);
  }

  @Test
  @DisplayName("the completion script knows commands and flags, for bash and zsh")
  void completion() {
    TestShell shell = new TestShell(folder);

    TestShell.Result bash = shell.call("completion", "bash");

    assertThat(bash.exit()).isZero();
    assertThat(bash.out()).contains("apply", "describe", "--since-seq", "revoke");
    assertThat(shell.call("completion", "zsh").out()).contains("bashcompinit");
    assertThat(shell.call("completion", "fish").out())
        .contains("complete -c oasis")
        .contains("-l since-seq")
        .contains("__fish_seen_subcommand_from token");
    assertThat(shell.call("completion", "tcsh").exit()).isEqualTo(2);
  }

  @Test
  @DisplayName("an expression is previewed in its zone, over the day that the clock is put forward")
  void preview() {
    TestShell.Result result =
        new TestShell(folder)
            .call(
                "preview",
                "30 2 * * *",
                "--zone",
                "America/New_York",
                "--from",
                "2026-03-07T12:00:00Z",
                "-n",
                "2");

    assertThat(result.exit()).isZero();
    assertThat(result.out().lines())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("Sun 2026-03-08 03:00 -04:00"),
            second -> assertThat(second).startsWith("Mon 2026-03-09 02:30 -04:00"));
  }

  @Test
  @DisplayName("GO12: an expression or zone that cannot be read is one line and exit code 2")
  void previewOfNonsense() {
    TestShell shell = new TestShell(folder);

    TestShell.Result cron = shell.call("preview", "0 61 2 * * ?");
    TestShell.Result zone = shell.call("preview", "0 2 * * *", "--zone", "Asia/Shanghia");

    assertThat(cron.exit()).isEqualTo(2);
    assertThat(cron.err()).contains("61").hasLineCount(1);
    assertThat(zone.exit()).isEqualTo(2);
    assertThat(zone.err()).contains("Asia/Shanghia").hasLineCount(1);
  }
}
