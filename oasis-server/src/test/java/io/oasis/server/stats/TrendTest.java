package io.oasis.server.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.run.RunState;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrendTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:20:00Z");

  @ParameterizedTest
  @CsvSource({
    "UTC, 2026-11-22T10:00:00Z",
    "Asia/Shanghai, 2026-11-22T10:00:00Z",
    "Asia/Kolkata, 2026-11-22T09:30:00Z",
    "Asia/Kathmandu, 2026-11-22T10:15:00Z",
    "Australia/Adelaide, 2026-11-22T09:30:00Z"
  })
  @DisplayName("LG7: the hours are those of the viewer's clock, also where they begin at half past")
  void hoursOfTheZone(String zone, Instant thisHour) {
    Trend trend = Trend.of(List.of(), NOW, ZoneId.of(zone));

    assertThat(trend.hours()).hasSize(24);
    assertThat(trend.hours().get(23).from()).isEqualTo(thisHour);
    assertThat(trend.from()).isEqualTo(thisHour.minusSeconds(23 * 3600));
  }

  @Test
  @DisplayName("LG7: every quarter of an hour is in exactly one hour, and sums are kept")
  void quartersToHours() {
    List<Bucket> buckets =
        List.of(
            new Bucket(Instant.parse("2026-11-22T09:15:00Z"), RunState.SUCCEEDED, 1),
            new Bucket(Instant.parse("2026-11-22T09:30:00Z"), RunState.SUCCEEDED, 10),
            new Bucket(Instant.parse("2026-11-22T09:45:00Z"), RunState.LOST, 100),
            new Bucket(Instant.parse("2026-11-22T10:15:00Z"), RunState.SKIPPED, 1000));

    Trend trend = Trend.of(buckets, NOW, ZoneId.of("Asia/Kolkata"));

    HourCount before = trend.hours().get(22);
    HourCount current = trend.hours().get(23);
    assertThat(before.succeeded()).isEqualTo(1);
    assertThat(current.succeeded()).isEqualTo(10);
    assertThat(current.troubled()).isEqualTo(100);
    assertThat(current.other()).isEqualTo(1000);
    assertThat(trend.byState().values()).containsExactlyInAnyOrder(11L, 100L, 1000L);
  }

  @Test
  @DisplayName("what ended before the first hour is not counted")
  void before() {
    Bucket old = new Bucket(Instant.parse("2026-11-21T10:45:00Z"), RunState.FAILED, 7);

    assertThat(Trend.of(List.of(old), NOW, ZoneId.of("UTC")).byState()).isEmpty();
  }
}
