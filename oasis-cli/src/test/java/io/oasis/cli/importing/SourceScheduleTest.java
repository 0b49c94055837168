package io.oasis.cli.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oasis.cli.importing.fires.FireComparison;
import io.oasis.cli.importing.fires.QuartzCron;
import io.oasis.cli.importing.fires.RobfigCron;
import io.oasis.cli.importing.fires.SourceSchedule;
import io.oasis.cli.importing.fires.UnreadableSchedule;
import io.oasis.cli.importing.fires.VixieCron;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceScheduleTest {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private static List<String> local(SourceSchedule schedule, String after, ZoneId zone, int count) {
    return schedule.next(Instant.parse(after), count).stream()
        .map(t -> t.atZone(zone).toLocalDateTime() + t.atZone(zone).getOffset().getId())
        .toList();
  }

  private static List<String> kubernetes(String cron, String after, ZoneId zone, int count) {
    return local(RobfigCron.of(RobfigCron.parts(cron, zone)), after, zone, count);
  }

  @Test
  @DisplayName("cron: both day fields set means either, and a field that begins with * is not set")
  void vixieDays() {
    String from = "2026-01-01T00:00:00Z";

    assertThat(local(VixieCron.of("0 0 13 * 5", UTC), from, UTC, 4))
        .containsExactly(
            "2026-01-02T00:00Z", "2026-01-09T00:00Z", "2026-01-13T00:00Z", "2026-01-16T00:00Z");
    assertThat(local(VixieCron.of("0 0 */2 * 1", UTC), from, UTC, 3))
        .containsExactly("2026-01-05T00:00Z", "2026-01-19T00:00Z", "2026-02-09T00:00Z");
    assertThat(local(VixieCron.of("0 0 * * 7", UTC), from, UTC, 1))
        .containsExactly("2026-01-04T00:00Z");
  }

  @Test
  @DisplayName("Kubernetes: */2 in a day field restricts, so either field suffices")
  void robfigDays() {
    assertThat(kubernetes("0 0 */10 * 1", "2026-01-01T00:00:00Z", UTC, 4))
        .containsExactly(
            "2026-01-05T00:00Z", "2026-01-11T00:00Z", "2026-01-12T00:00Z", "2026-01-19T00:00Z");
    assertThatThrownBy(() -> kubernetes("0 0 * * 7", "2026-01-01T00:00:00Z", UTC, 1))
        .isInstanceOf(UnreadableSchedule.class)
        .hasMessageContaining("0 to 6");
  }

  @Test
  @DisplayName("at a gap cron catches up, Kubernetes skips, Quartz moves by the gap")
  void gap() {
    String before = "2026-03-07T12:00:00Z";

    assertThat(local(VixieCron.of("30 2 * * *", NEW_YORK), before, NEW_YORK, 2))
        .containsExactly("2026-03-08T03:00-04:00", "2026-03-09T02:30-04:00");
    assertThat(kubernetes("30 2 * * *", before, NEW_YORK, 1))
        .containsExactly("2026-03-09T02:30-04:00");
    assertThat(local(QuartzCron.of("0 30 2 * * ?", NEW_YORK), before, NEW_YORK, 1))
        .containsExactly("2026-03-08T03:30-04:00");
  }

  @Test
  @DisplayName("at an overlap cron fires once, and twice by a star; Kubernetes twice, Quartz late")
  void overlap() {
    String before = "2026-10-31T12:00:00Z";

    assertThat(local(VixieCron.of("30 1 * * *", NEW_YORK), before, NEW_YORK, 2))
        .containsExactly("2026-11-01T01:30-04:00", "2026-11-02T01:30-05:00");
    assertThat(local(VixieCron.of("30 * * * *", NEW_YORK), before, NEW_YORK, 20))
        .contains("2026-11-01T01:30-04:00", "2026-11-01T01:30-05:00");
    assertThat(kubernetes("30 1 * * *", before, NEW_YORK, 2))
        .containsExactly("2026-11-01T01:30-04:00", "2026-11-01T01:30-05:00");
    assertThat(local(QuartzCron.of("0 30 1 * * ?", NEW_YORK), before, NEW_YORK, 1))
        .containsExactly("2026-11-01T01:30-05:00");
  }

  @Test
  @DisplayName("Quartz: L, W and # choose days of the month, ranges wrap, years end")
  void quartz() {
    String from = "2026-01-01T00:00:00Z";

    assertThat(local(QuartzCron.of("0 0 0 L * ?", UTC), from, UTC, 2))
        .containsExactly("2026-01-31T00:00Z", "2026-02-28T00:00Z");
    assertThat(local(QuartzCron.of("0 0 0 15W * ?", UTC), from, UTC, 2))
        .containsExactly("2026-01-15T00:00Z", "2026-02-16T00:00Z");
    assertThat(local(QuartzCron.of("0 0 0 LW * ?", UTC), from, UTC, 1))
        .containsExactly("2026-01-30T00:00Z");
    assertThat(local(QuartzCron.of("0 0 0 ? * 6#3", UTC), from, UTC, 1))
        .containsExactly("2026-01-16T00:00Z");
    assertThat(local(QuartzCron.of("0 0 0 ? * 6L", UTC), from, UTC, 1))
        .containsExactly("2026-01-30T00:00Z");
    assertThat(local(QuartzCron.of("0 0 22-1 1 1 ? 2027", UTC), from, UTC, 9)).hasSize(4);
  }

  @ParameterizedTest(name = "cron refuses {0}")
  @ValueSource(
      strings = {
        "60 * * * *",
        "* * * *",
        "5/10 * * * *",
        "5-1 * * * *",
        "*/0 * * * *",
        "x * * * *",
        "* * 0 * *"
      })
  void refused(String cron) {
    assertThatThrownBy(() -> VixieCron.of(cron, UTC)).isInstanceOf(UnreadableSchedule.class);
  }

  @Test
  @DisplayName("lists of different length are compared as far as both reach")
  void comparison() {
    List<Instant> three =
        List.of(Instant.ofEpochSecond(1), Instant.ofEpochSecond(2), Instant.ofEpochSecond(3));
    List<Instant> other =
        List.of(Instant.ofEpochSecond(1), Instant.ofEpochSecond(3), Instant.ofEpochSecond(9));

    FireComparison found = FireComparison.of(three, other, 3);

    assertThat(found.onlySource()).containsExactly(Instant.ofEpochSecond(2));
    assertThat(found.onlyOasis()).isEmpty();
    assertThat(FireComparison.of(three, three, 3).agrees()).isTrue();
    assertThat(FireComparison.of(three, List.of(), 3).onlySource()).hasSize(3);
  }
}
