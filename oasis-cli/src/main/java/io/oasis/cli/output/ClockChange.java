package io.oasis.cli.output;

import io.oasis.schedule.cron.CronExpression;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;

/** What a change of the clock does to a fire, in words. */
public final class ClockChange {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

  private ClockChange() {}

  /** A remark about one fire; empty when the clock does nothing to it. */
  public static String remark(Instant fire, ZoneId zone, CronExpression expression) {
    LocalDateTime local = LocalDateTime.ofInstant(fire, zone);
    ZoneOffsetTransition begun = zone.getRules().nextTransition(fire.minusNanos(1));
    if (begun != null && begun.isGap() && begun.getInstant().equals(fire)) {
      String jump =
          "the clock jumps from %s to %s"
              .formatted(
                  CLOCK.format(begun.getDateTimeBefore()), CLOCK.format(begun.getDateTimeAfter()));
      return expression.matches(local) ? jump : jump + ": the time as written does not exist";
    }
    ZoneOffsetTransition around = zone.getRules().getTransition(local);
    if (around != null && around.isOverlap()) {
      boolean first = fire.isBefore(around.getInstant());
      return "the clock shows it twice; this is the " + (first ? "first" : "second");
    }
    return "";
  }
}
