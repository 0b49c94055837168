package io.oasis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.oasis.cli.harness.TestShell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the guides tell people to type is what the CLI understands. */
class DocsTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|\\S+");
  private static final Pattern CALL =
      Pattern.compile("(?:^|(?<=\\s)|\\$\\()(?:bin/)?oasis (\\S.*)$");

  @TempDir Path folder;

  /** A line of a guide that calls the CLI. */
  record Call(String guide, String line, String... words) {
    @Override
    public String toString() {
      return guide + ": " + line;
    }
  }

  static Stream<Call> calls() throws IOException {
    try (Stream<Path> guides = Files.list(DOCS)) {
      return guides
          .filter(f -> f.toString().endsWith(".md"))
          .sorted()
          .flatMap(DocsTest::callsOf)
          .toList()
          .stream();
    }
  }

  private static Stream<Call> callsOf(Path guide) {
    List<Call> calls = new ArrayList<>();
    boolean code = false;
    for (String line : lines(guide)) {
      if (line.startsWith("```")) {
        code = !code;
      }
      Matcher call = CALL.matcher(line);
      if (code && call.find()) {
        String shown = call.group(1).replaceFirst(" +#.*", "").replaceFirst(" [|<>&].*", "");
        if (call.group().startsWith("$(")) {
          shown = shown.replaceFirst("\\).*", "");
        }
        calls.add(new Call(guide.getFileName().toString(), shown, words(shown)));
      }
    }
    return calls.stream();
  }

  private static String[] words(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      words.add(
          word.group(1) != null
              ? word.group(1)
              : word.group(2) != null ? word.group(2) : word.group());
    }
    return words.toArray(String[]::new);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("calls")
  void callIsUnderstood(Call call) {
    Shell shell = new TestShell(folder).shell();

    assertThatCode(() -> OasisCli.commandLine(shell, call.words()).parseArgs(call.words()))
        .as("%s", Arrays.toString(call.words()))
        .doesNotThrowAnyException();
  }

  @Test
  @DisplayName("GO12: docs/cli.md names every exit code")
  void everyExitCode() {
    List<String> page = lines(DOCS.resolve("cli.md"));

    assertThat(ExitCode.values())
        .allSatisfy(c -> assertThat(page).anyMatch(l -> l.startsWith("| " + c.number() + " | ")));
  }

  @Test
  @DisplayName("docs/cli.md names every command")
  void everyCommand() {
    String page = String.join("\n", lines(DOCS.resolve("cli.md")));

    assertThat(HelpTest.commands().toList())
        .allSatisfy(command -> assertThat(page).containsPattern("`" + command + "\\b"));
  }
}
