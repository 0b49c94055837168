package io.oasis.server.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.time.DatabaseClock.Point;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final long MILLIS = 1_000_000;

  @Test
  @DisplayName(
      "the first answer is taken as true when it is heard, so that the clock is never fast")
  void first() {
    Point known = Point.after(null, NOON, 10 * MILLIS, 15 * MILLIS);

    assertThat(known.at(15 * MILLIS)).isEqualTo(NOON);
    assertThat(known.at(1_015 * MILLIS)).isEqualTo(NOON.plusSeconds(1));
  }

  @Test
  @DisplayName("TM3: an answer that took long does not set the clock back")
  void slowAnswer() {
    Point known = Point.after(null, NOON, 0, MILLIS);
    Point later = Point.after(known, NOON.plusMillis(990), 980 * MILLIS, 1_003 * MILLIS);

    assertThat(later.at(1_003 * MILLIS)).isEqualTo(NOON.plusMillis(1_002));
  }

  @Test
  @DisplayName("an answer that was heard sooner sets the clock forward")
  void fastAnswer() {
    Point known = Point.after(null, NOON, 0, 20 * MILLIS);
    Point later = Point.after(known, NOON.plusMillis(1_000), 1_000 * MILLIS, 1_001 * MILLIS);

    assertThat(later.at(1_001 * MILLIS)).isEqualTo(NOON.plusMillis(1_000));
  }

  @Test
  @DisplayName("a database whose clock was set back is followed")
  void setBack() {
    Point known = Point.after(null, NOON, 0, MILLIS);
    Point later = Point.after(known, NOON.minusSeconds(600), 1_000 * MILLIS, 1_001 * MILLIS);

    assertThat(later.at(1_001 * MILLIS)).isEqualTo(NOON.minusSeconds(600));
  }
}
