package io.oasis.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S, 500ms",
    "60s, PT1M, 1m",
    "90s, PT1M30S, 1m30s",
    "24h, PT24H, 1d",
    "1h30m, PT1H30M, 1h30m",
    "PT10M, PT10M, 10m",
    "pt1h, PT1H, 1h",
    "P2D, PT48H, 2d",
    "0s, PT0S, 0s"
  })
  void everySpellingReadsTheSameAndWritesOneWay(String written, Duration value, String spelling) {
    assertThat(DurationText.parse(written)).contains(value);
    assertThat(DurationText.of(value)).isEqualTo(spelling);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "10",
        "s",
        "1.5h",
        "-5s",
        "5 m",
        "30m1h",
        "PT-5S",
        "P",
        "forever",
        "9999999999s",
        "10S",
        "1w"
      })
  void whatIsNoDurationIsRefused(String text) {
    assertThat(DurationText.parse(text)).isEmpty();
  }

  @Property(tries = 500)
  @Label("GO9: every duration reads back from its spelling")
  void roundTrip(@ForAll @LongRange(min = 0, max = 4_000_000_000_000L) long millis) {
    Duration value = Duration.ofMillis(millis);

    assertThat(DurationText.parse(DurationText.of(value))).contains(value);
  }

  @Test
  void whatIsFinerThanAMillisecondIsWrittenInIsoForm() {
    assertThat(DurationText.of(Duration.ofNanos(1_500))).isEqualTo("PT0.0000015S");
    assertThat(DurationText.parse("PT0.0000015S")).contains(Duration.ofNanos(1_500));
  }
}
