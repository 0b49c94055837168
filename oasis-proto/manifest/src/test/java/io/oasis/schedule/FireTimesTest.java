package io.oasis.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FireTimesTest {
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  static JobTiming cron(String expression, String zone) {
    return cron(expression, zone, Schedule.Gap.SHIFT, Schedule.Overlap.FIRST);
  }

  static JobTiming cron(
      String expression, String zone, Schedule.Gap gap, Schedule.Overlap overlap) {
    return timing(new Schedule.Cron(expression, ZoneId.of(zone), gap, overlap));
  }

  static JobTiming timing(Schedule schedule) {
    return new JobTiming(schedule, Window.ALWAYS, Duration.ZERO, "billing/nightly", CREATED);
  }

  private static List<String> day(JobTiming timing, String from, String to) {
    Instant end = Instant.parse(to);
    return FireTimes.preview(timing, Instant.parse(from), 2000).stream()
        .filter(time -> time.isBefore(end))
        .map(Instant::toString)
        .toList();
  }

  @Test
  @DisplayName("TM4: a fixed time in the gap fires once, at the first instant after it")
  void gapShifts() {
    JobTiming timing = cron("30 2 * * *", "America/New_York");

    assertThat(day(timing, "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"))
        .containsExactly("2026-03-08T07:00:00Z");
  }

  @Test
  @DisplayName("TM6: a quarter-hourly cron fires 92 times on the short day and 100 on the long one")
  void intervalsKeepElapsedTime() {
    JobTiming timing = cron("*/15 * * * *", "America/New_York");

    assertThat(day(timing, "2026-03-08T04:59:59Z", "2026-03-09T04:00:00Z")).hasSize(92);
    assertThat(day(timing, "2026-11-01T03:59:59Z", "2026-11-02T05:00:00Z")).hasSize(100);
  }

  @Test
  @DisplayName("CU1: after a downtime the newest time runs and the others are one coalesced row")
  void lastRunsTheNewest() {
    Misfire hour = new Misfire(Misfire.Policy.LAST, Duration.ofHours(1), Duration.ofSeconds(5), 10);
    MisfireDecision decision =
        MisfirePlan.decide(
            hour,
            cron("* * * * *", "UTC"),
            Instant.parse("2026-06-01T10:01:00Z"),
            Instant.parse("2026-06-01T10:45:30Z"));
    assertThat(decision.run()).containsExactly(Instant.parse("2026-06-01T10:45:00Z"));
    assertThat(decision.skipped())
        .containsExactly(
            new SkippedStretch(
                SkippedStretch.Kind.COALESCED,
                SkippedStretch.Reason.DOWNTIME,
                Instant.parse("2026-06-01T10:01:00Z"),
                Instant.parse("2026-06-01T10:44:00Z"),
                44));
    assertThat(decision.nextFireAt()).contains(Instant.parse("2026-06-01T10:46:00Z"));
  }
}
