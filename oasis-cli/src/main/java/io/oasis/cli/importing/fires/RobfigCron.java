package io.oasis.cli.importing.fires;

import io.oasis.cli.importing.fires.FieldSyntax.Option;
import io.oasis.cli.importing.fires.WallClock.ClockChange;
import io.oasis.cli.importing.fires.WallClock.TimesOfDay;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The parser of Kubernetes: robfig/cron v3, {@code ParseStandard}. Only a bare {@code *} or {@code
 * ?} leaves a day field unrestricted, a {@code *}{@code /2} restricts it; Sunday is 0 and not 7; a
 * time fires whenever the clock shows it, which is never in a gap and twice in an overlap.
 */
public final class RobfigCron {
  private static final FieldSyntax MINUTE = FieldSyntax.plain("minute", 0, 59);
  private static final FieldSyntax HOUR = FieldSyntax.plain("hour", 0, 23);
  private static final FieldSyntax DATE = FieldSyntax.plain("day of month", 1, 31);
  private static final FieldSyntax MONTH = new FieldSyntax("month", 1, 12, FieldSyntax.MONTHS, 1);
  private static final FieldSyntax WEEKDAY =
      new FieldSyntax("day of week", 0, 6, FieldSyntax.WEEKDAYS, 0);
  private static final Set<Option> OPTIONS = Set.of(Option.OPEN_STEP);
  private static final Map<String, String> DESCRIPTORS =
      Map.of(
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *");

  private RobfigCron() {}

  /**
   * An expression without what stood around it.
   *
   * @param fields five fields, with nicknames written out
   * @param zone of {@code CRON_TZ=} or {@code TZ=} before them, else the one given
   */
  public record Parts(String fields, ZoneId zone) {}

  /**
   * Takes an expression apart.
   *
   * @throws UnreadableSchedule when the zone before it is none
   */
  public static Parts parts(String expression, ZoneId zone) {
    String text = expression.strip();
    ZoneId in = zone;
    if (text.startsWith("CRON_TZ=") || text.startsWith("TZ=")) {
      String[] halves = text.split("\\s+", 2);
      String name = halves[0].substring(halves[0].indexOf('=') + 1);
      try {
        in = ZoneId.of(name);
      } catch (DateTimeException e) {
        throw new UnreadableSchedule("unknown time zone `" + name + "`");
      }
      text = halves.length == 2 ? halves[1].strip() : "";
    }
    return new Parts(DESCRIPTORS.getOrDefault(text.toLowerCase(Locale.ROOT), text), in);
  }

  /** A fixed interval that begins at a moment, as {@code @every} does. */
  public static SourceSchedule every(Duration interval, Instant anchor) {
    return (after, count) -> {
      long steps =
          Math.max(
              0, Math.floorDiv(Duration.between(anchor, after).toMillis(), interval.toMillis()));
      List<Instant> times = new ArrayList<>();
      for (long i = steps; times.size() < count; i++) {
        Instant time = anchor.plus(interval.multipliedBy(i));
        if (time.isAfter(after)) {
          times.add(time);
        }
      }
      return times;
    };
  }

  /**
   * The times of five fields.
   *
   * @throws UnreadableSchedule when Kubernetes would not take them
   */
  public static SourceSchedule of(Parts parts) {
    String[] fields = parts.fields().split("\\s+", -1);
    if (fields.length != 5) {
      throw new UnreadableSchedule("`" + parts.fields() + "` has not five fields");
    }
    for (int i = 0; i < fields.length; i++) {
      fields[i] = fields[i].replace('?', '*');
    }
    BitSet dates = DATE.bits(fields[2], OPTIONS);
    BitSet months = MONTH.bits(fields[3], OPTIONS);
    BitSet weekdays = WEEKDAY.bits(fields[4], OPTIONS);
    boolean both = isOpen(fields[2]) || isOpen(fields[4]);
    BitSet zero = new BitSet();
    zero.set(0);
    return new WallClock(
        new TimesOfDay(zero, MINUTE.bits(fields[0], OPTIONS), HOUR.bits(fields[1], OPTIONS)),
        day -> VixieCron.matches(day, dates, months, weekdays, both),
        parts.zone(),
        ClockChange.AS_SHOWN);
  }

  /** Whether a day field does not restrict: one of its parts is a star, with no step or step 1. */
  static boolean isOpen(String field) {
    return List.of(field.split(",", -1)).stream().anyMatch(p -> p.equals("*") || p.equals("*/1"));
  }
}
