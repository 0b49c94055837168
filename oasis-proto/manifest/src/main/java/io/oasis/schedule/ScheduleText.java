package io.oasis.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * A schedule in a few English words, for lists and tables.
 *
 * @param kind {@code cron}, {@code fixedRate}, {@code fixedDelay}, {@code at} or {@code none}
 * @param text for example {@code 0 30 2 * * ?}, {@code every 1m}, {@code 30s after it ends}, {@code
 *     at 2026-12-01 09:00}, {@code by hand}
 * @param zone the time zone that the text speaks of; null when it speaks of none
 */
public record ScheduleText(String kind, String text, String zone) {
  private static final DateTimeFormatter TO_THE_MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
  private static final DateTimeFormatter TO_THE_SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  public static ScheduleText of(Schedule schedule) {
    if (schedule instanceof Schedule.Cron cron) {
      return new ScheduleText("cron", cron.expression(), cron.zone().getId());
    }
    if (schedule instanceof Schedule.FixedRate rate) {
      return new ScheduleText("fixedRate", "every " + DurationText.of(rate.interval()), null);
    }
    if (schedule instanceof Schedule.FixedDelay fixed) {
      return new ScheduleText(
          "fixedDelay", DurationText.of(fixed.delay()) + " after it ends", null);
    }
    if (schedule instanceof Schedule.OneTime once) {
      return new ScheduleText("at", "at " + local(once.at(), once.zone()), once.zone().getId());
    }
    return new ScheduleText("none", "by hand", null);
  }

  private static String local(Instant at, ZoneId zone) {
    boolean wholeMinute = at.getEpochSecond() % 60 == 0;
    return (wholeMinute ? TO_THE_MINUTE : TO_THE_SECOND).format(at.atZone(zone));
  }
}
