package io.oasis.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.cli.harness.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  private final Times times = new Times(new ManualClock(), SHANGHAI);

  @ParameterizedTest(name = "\"{0}\" takes {1} cells")
  @CsvSource({"abc, 3", "每日清算, 8", "ｆｕｌｌ, 8", "한국, 4", "é, 1", "e\u0301, 1", "✓ ok, 4", "🚀, 2"})
  void widths(String text, int cells) {
    assertThat(DisplayWidth.of(text)).isEqualTo(cells);
  }

  @ParameterizedTest(name = "{0} ms is said as \"{1}\"")
  @CsvSource({
    "0, 0 ms",
    "412, 412 ms",
    "3000, 3 s",
    "251000, 4 m 11 s",
    "667000, 11 m 07 s",
    "600000, 10 m",
    "7500000, 2 h 05 m",
    "273600000, 3 d 04 h"
  })
  void durations(long millis, String text) {
    assertThat(Times.duration(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @Test
  @DisplayName("instants are told from now, shortly in tables and exactly in sentences")
  void relative() {
    Instant later = ManualClock.START.plusSeconds(15 * 3600 + 12 * 60);

    assertThat(times.relative(later)).isEqualTo("in 15 h");
    assertThat(times.relative(later.plusSeconds(2400))).isEqualTo("in 16 h");
    assertThat(times.relative(ManualClock.START.plusSeconds(3590))).isEqualTo("in 1 h");
    assertThat(times.relative(ManualClock.START.plusSeconds(86_000))).isEqualTo("in 1 d");
    assertThat(times.relativeExact(later)).isEqualTo("in 15 h 12 m");
    assertThat(times.relative(ManualClock.START.minusSeconds(7201))).isEqualTo("2 h ago");
    assertThat(times.relative(ManualClock.START)).isEqualTo("now");
  }

  @Test
  @DisplayName(
      "an instant is written with weekday and offset of its zone, seconds when it has some")
  void absolute() {
    Instant instant = Instant.parse("2026-11-23T19:00:00Z");

    assertThat(times.full(instant)).startsWith("Tue 2026-11-24 03:00 +08:00 (in 1 d 15 h)");
    assertThat(Times.absoluteWithOffset(instant, ZoneId.of("UTC")))
        .isEqualTo("Mon 2026-11-23 19:00 UTC");
    assertThat(Times.absolute(instant.plusSeconds(7), SHANGHAI))
        .isEqualTo("Tue 2026-11-24 03:00:07");
  }

  @Test
  @DisplayName("LG5: control characters of other programs do not reach the terminal")
  void harmless() {
    assertThat(SafeText.line("a\u001b[31mred\u0007\tb\u009bx")).isEqualTo("a[31mred\tbx");
    assertThat(SafeText.line("每日清算")).isEqualTo("每日清算");
  }

  @Test
  @DisplayName("text is painted only where colours are wanted")
  void palette() {
    assertThat(new Palette(true).paint(Tone.BAD, "no")).isEqualTo("\u001b[31mno\u001b[0m");
    assertThat(new Palette(false).paint(Tone.BAD, "no")).isEqualTo("no");
  }

  @Test
  @DisplayName("every state of a run has a symbol of one cell and keeps its word")
  void marks() {
    for (String state :
        "QUEUED DISPATCHED RUNNING KILLING SUCCEEDED FAILED TIMED_OUT LOST KILLED CANCELLED SKIPPED COALESCED MISSED"
            .split(" ")) {
      StateMark mark = StateMark.of(state);

      assertThat(DisplayWidth.of(mark.symbol())).isEqualTo(1);
      assertThat(mark.cell().text()).endsWith(" " + state).doesNotStartWith("·");
    }
  }
}
