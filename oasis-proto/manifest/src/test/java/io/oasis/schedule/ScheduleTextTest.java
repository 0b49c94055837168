package io.oasis.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleTextTest {

  @Test
  void everyKindOfScheduleHasItsWords() {
    assertThat(ScheduleText.of(FireTimesTest.cron("0 30 2 * * ?", "Asia/Shanghai").schedule()))
        .isEqualTo(new ScheduleText("cron", "0 30 2 * * ?", "Asia/Shanghai"));
    assertThat(ScheduleText.of(new Schedule.FixedRate(Duration.ofSeconds(90), Optional.empty())))
        .isEqualTo(new ScheduleText("fixedRate", "every 1m30s", null));
    assertThat(ScheduleText.of(new Schedule.FixedDelay(Duration.ofSeconds(30), false)))
        .isEqualTo(new ScheduleText("fixedDelay", "30s after it ends", null));
    assertThat(ScheduleText.of(once("2026-12-01T01:00:00Z")))
        .isEqualTo(new ScheduleText("at", "at 2026-12-01 09:00", "Asia/Shanghai"));
    assertThat(ScheduleText.of(once("2026-12-01T01:00:07Z")).text())
        .isEqualTo("at 2026-12-01 09:00:07");
    assertThat(ScheduleText.of(new Schedule.None()))
        .isEqualTo(new ScheduleText("none", "by hand", null));
  }

  private static Schedule once(String at) {
    return new Schedule.OneTime(
        Instant.parse(at), ZoneId.of("Asia/Shanghai"), Schedule.IfPast.REFUSE);
  }
}
