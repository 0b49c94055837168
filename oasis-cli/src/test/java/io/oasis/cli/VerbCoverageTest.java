package io.oasis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Reads what the end-to-end tests call, because they run when this module is packaged long ago. */
class VerbCoverageTest {
  private static final Path END_TO_END =
      Path.of("..", "oasis-it", "src", "test", "java", "io", "oasis", "it");

  @Test
  @DisplayName("every verb is called by an end-to-end test against a real server")
  void everyVerb() throws IOException {
    String tests = endToEndTests();

    List<String> missing =
        HelpTest.verbs().filter(verb -> !called(verb).matcher(tests).find()).toList();

    assertThat(missing)
        .as("verbs without a call(\"verb\", ...) in oasis-it: add one to CliVerbsIT")
        .isEmpty();
  }

  /** {@code call("token", "create"}, and the same with input or over several lines. */
  private static Pattern called(String verb) {
    String words =
        Stream.of(verb.split(" ", -1))
            .map(word -> "\"" + Pattern.quote(word) + "\"")
            .collect(Collectors.joining(",\\s*"));
    return Pattern.compile(
        "(?:call|callWithInput|start)\\((?:[^()\";]+,\\s*|[^;()]*\"\\\\n\",\\s*)?" + words);
  }

  private static String endToEndTests() throws IOException {
    try (Stream<Path> files = Files.walk(END_TO_END)) {
      return files
          .filter(f -> f.toString().endsWith("IT.java"))
          .map(VerbCoverageTest::text)
          .collect(Collectors.joining("\n"));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
