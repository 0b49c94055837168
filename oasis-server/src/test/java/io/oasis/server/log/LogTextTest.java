package io.oasis.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTextTest {
  private static final Instant AT = Instant.parse("2026-11-22T10:00:00.123Z");

  @Test
  @DisplayName("lines come back as they were written, whatever is in them")
  void roundTrip() {
    List<LogEntry> entries =
        List.of(
            new LogEntry(AT, LogLine.Stream.HANDLER, "每日清算 \"ok\" \\ \t </script>"),
            new LogEntry(AT, LogLine.Stream.STDOUT, ""),
            new LogEntry(AT, LogLine.Stream.STDERR, "\u001b[31mred\u001b[0m 😀"),
            new LogEntry(AT, LogLine.Stream.SYSTEM, "x".repeat(100_000)));

    assertThat(LogText.read(LogText.write(entries))).isEqualTo(entries);
  }

  @Test
  @DisplayName("the form is an array of [epoch milliseconds, stream letter, text]")
  void form() {
    assertThat(LogText.write(List.of(new LogEntry(AT, LogLine.Stream.STDERR, "no \"disk\""))))
        .isEqualTo("[[1795341600123,\"E\",\"no \\\"disk\\\"\"]]");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a\\0b, a\\uFFFDb",
    "half \\uD83D, half \\uFFFD",
    "\\uDE00 half, \\uFFFD half",
    "\\uD83D\\uD83D\\uDE00, \\uFFFD\\uD83D\\uDE00",
    "whole \\uD83D\\uDE00, whole \\uD83D\\uDE00",
  })
  @DisplayName("LG5 what PostgreSQL cannot keep becomes U+FFFD, and nothing else is touched")
  void clean(String escaped, String cleaned) {
    assertThat(LogText.clean(unescape(escaped))).isEqualTo(unescape(cleaned));
  }

  private static String unescape(String text) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("\\u", i)) {
        result.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
        i += 5;
      } else if (text.startsWith("\\0", i)) {
        result.append('\0');
        i++;
      } else {
        result.append(text.charAt(i));
      }
    }
    return result.toString();
  }
}
