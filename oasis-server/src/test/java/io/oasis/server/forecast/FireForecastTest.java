package io.oasis.server.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.JobSpec;
import io.oasis.manifest.SpecForm;
import io.oasis.schedule.JobTiming;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FireForecastTest {
  private static final Instant NOW = Instant.parse("2026-11-22T01:30:00Z");
  private static final Instant UNTIL = NOW.plus(Duration.ofDays(7));
  private static final JobKey KEY = new JobKey("billing", "nightly");

  private static JobSpec spec(Map<String, Object> schedule, Map<String, Object> more) {
    Map<String, Object> form = new java.util.HashMap<>(more);
    form.put("schedule", schedule);
    form.put("handler", "h");
    form.put("title", "t");
    return SpecForm.fromMap(form);
  }

  private static JobTiming timing(JobSpec spec) {
    return new JobTiming(spec.schedule(), spec.window(), spec.jitter(), KEY.toString(), NOW);
  }

  private static JobTiming cron(String expression, String zone) {
    return timing(spec(Map.of("cron", expression, "timeZone", zone), Map.of()));
  }

  private static FireChange changed(JobTiming before, JobTiming after) {
    return new FireForecast(NOW, UNTIL, 1).changed(before, after);
  }

  @Test
  @DisplayName("fires that move tell from when to when, in the job's zone")
  void moved() {
    FireChange change =
        changed(cron("0 30 2 * * ?", "Asia/Shanghai"), cron("0 0 3 * * ?", "Asia/Shanghai"));
    assertThat(change.removed()).isEqualTo(7);
    assertThat(change.added()).isEqualTo(7);
    assertThat(change.moved()).isEqualTo(7);
    assertThat(change.removedAt()).contains(LocalTime.of(2, 30));
    assertThat(change.addedAt()).contains(LocalTime.of(3, 0));
    assertThat(change.first()).contains(Instant.parse("2026-11-22T19:00:00Z"));
    assertThat(change.until()).isEmpty();
  }

  @Test
  @DisplayName("fires that both schedules have are neither removed nor added")
  void kept() {
    FireChange change = changed(cron("0 * * * *", "UTC"), cron("0 */2 * * *", "UTC"));
    assertThat(change.removed()).isEqualTo(84);
    assertThat(change.added()).isZero();
    assertThat(change.moved()).isZero();
    assertThat(change.first()).isEmpty();
    assertThat(change.removedAt()).isEmpty();
  }

  @Test
  @DisplayName("another time zone moves every fire")
  void zone() {
    FireChange change = changed(cron("0 2 * * *", "UTC"), cron("0 2 * * *", "Asia/Shanghai"));
    assertThat(change.removed()).isEqualTo(7);
    assertThat(change.added()).isEqualTo(7);
    assertThat(change.addedAt()).contains(LocalTime.of(2, 0));
    assertThat(change.removedAt()).contains(LocalTime.of(10, 0));
  }

  @Test
  @DisplayName("every-second schedules are compared up to a bound, and the answer says so")
  void bounded() {
    FireChange change = changed(cron("* * * * * ?", "UTC"), cron("*/2 * * * * ?", "UTC"));
    assertThat(change.until()).isPresent();
    assertThat(change.removed()).isBetween(5_000L, 6_001L);
    assertThat(change.added()).isZero();
    FireChange among =
        new FireForecast(NOW, UNTIL, 1_000_000)
            .changed(cron("* * * * * ?", "UTC"), cron("*/2 * * * * ?", "UTC"));
    assertThat(among.removed()).isEqualTo(100);
  }

  @Test
  @DisplayName("a new every-second job is counted exactly, without walking its fires")
  void created() {
    FireChange change = new FireForecast(NOW, UNTIL, 1).added(cron("* * * * * ?", "UTC"));
    assertThat(change.added()).isEqualTo(7 * 86_400);
    assertThat(change.first()).contains(NOW.plusSeconds(1));
    assertThat(change.addedAt()).isEmpty();
  }

  @Test
  @DisplayName("a day with a clock change is one move, whatever its length")
  void clockChange() {
    Instant before = Instant.parse("2026-03-07T12:00:00Z");
    FireChange change =
        new FireForecast(before, before.plus(Duration.ofDays(2)), 1)
            .changed(
                cron("30 1 * * *", "America/New_York"), cron("30 3 * * *", "America/New_York"));
    assertThat(change.removed()).isEqualTo(2);
    assertThat(change.added()).isEqualTo(2);
    assertThat(change.moved()).isEqualTo(2);
    assertThat(change.removedAt()).contains(LocalTime.of(1, 30));
  }

  private static Optional<Overlap> ahead(JobSpec spec, Optional<Duration> typical) {
    return OverlapForecast.ahead(
        KEY, spec, timing(spec), new OverlapForecast.Horizon(NOW, UNTIL), typical);
  }

  @Test
  @DisplayName("a serial job whose runs take longer than its fires are apart will overlap")
  void overlap() {
    JobSpec spec = spec(Map.of("cron", "0 * * * *", "timeZone", "UTC"), Map.of("timeout", "10m"));
    Overlap overlap = ahead(spec, Optional.of(Duration.ofMinutes(61))).orElseThrow();
    assertThat(overlap.apart()).isEqualTo(Duration.ofHours(1));
    assertThat(overlap.takes()).isEqualTo(Duration.ofMinutes(61));
    assertThat(overlap.basis()).isEqualTo(Overlap.Basis.TYPICAL);
    assertThat(overlap.at()).isEqualTo(Instant.parse("2026-11-22T03:00:00Z"));
    assertThat(ahead(spec, Optional.of(Duration.ofMinutes(60)))).isEmpty();
  }

  @Test
  @DisplayName(
      "without a history the timeout says how long a run may take; without both, nobody knows")
  void overlapByTimeout() {
    Map<String, Object> hourly = Map.of("cron", "0 * * * *", "timeZone", "UTC");
    assertThat(ahead(spec(hourly, Map.of("timeout", "2h")), Optional.empty()))
        .get()
        .extracting(Overlap::basis)
        .isEqualTo(Overlap.Basis.TIMEOUT);
    assertThat(ahead(spec(hourly, Map.of()), Optional.empty())).isEmpty();
    assertThat(
            ahead(
                spec(hourly, Map.of("timeout", "2h", "blocking", Map.of("strategy", "discard"))),
                Optional.empty()))
        .isEmpty();
  }
}
