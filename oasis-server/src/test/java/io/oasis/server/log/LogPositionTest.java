package io.oasis.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogPositionTest {

  @ParameterizedTest
  @ValueSource(strings = {"1.0.37", "1.0.37,2.0.5", "1.1.5,7,0,1.9.3,2.1.1", "0.0.0"})
  @DisplayName("a position is read back as it is written")
  void roundTrip(String text) {
    assertThat(LogPosition.parse(text)).map(LogPosition::toString).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "37",
        "1.0",
        "1.0.37,",
        "1.0.x",
        "1.0.37.4",
        "a,b",
        "1.0.99999999999999999999"
      })
  @DisplayName("anything else is no position")
  void refused(String text) {
    assertThat(LogPosition.parse(text)).isEmpty();
  }

  @Test
  @DisplayName("members in a row are written by their numbers alone, and a thousand fit an address")
  void compact() {
    Map<LogPosition.Part, Long> seen = new TreeMap<>();
    for (int member = 1; member <= 1_000; member++) {
      seen.put(new LogPosition.Part(1, member), 9L);
    }

    String text = LogPosition.START.behind(seen).toString();

    assertThat(text).startsWith("1.1.9,9,9,").hasSizeLessThan(2_100);
    assertThat(LogPosition.parse(text).orElseThrow().seen()).isEqualTo(seen);
  }
}
