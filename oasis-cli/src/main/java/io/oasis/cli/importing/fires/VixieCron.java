package io.oasis.cli.importing.fires;

import io.oasis.cli.importing.fires.WallClock.ClockChange;
import io.oasis.cli.importing.fires.WallClock.TimesOfDay;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Vixie cron, of which Debian's cron and cronie are forks: crontab(5) and its {@code entry.c} and
 * {@code cron.c}. When day of month and day of week are both restricted one of them suffices; a
 * field that <em>begins</em> with a star is not restricted, so {@code *}{@code /2} is not. An entry
 * whose minute and hour both begin without a star runs once, right after a clock that jumped over
 * it, and not again on one that is put back.
 */
public final class VixieCron {
  private static final FieldSyntax MINUTE = FieldSyntax.plain("minute", 0, 59);
  private static final FieldSyntax HOUR = FieldSyntax.plain("hour", 0, 23);
  private static final FieldSyntax DATE = FieldSyntax.plain("day of month", 1, 31);
  private static final FieldSyntax MONTH = new FieldSyntax("month", 1, 12, FieldSyntax.MONTHS, 1);
  private static final FieldSyntax WEEKDAY =
      new FieldSyntax("day of week", 0, 7, FieldSyntax.WEEKDAYS, 0);
  private static final Map<String, String> NICKNAMES =
      Map.of(
          "@hourly", "0 * * * *",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@weekly", "0 0 * * 0",
          "@monthly", "0 0 1 * *",
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *");

  private VixieCron() {}

  /**
   * The times of five fields or a nickname.
   *
   * @throws UnreadableSchedule when cron would not take it
   */
  public static SourceSchedule of(String expression, ZoneId zone) {
    String text = NICKNAMES.getOrDefault(expression.toLowerCase(Locale.ROOT), expression);
    String[] fields = text.strip().split("\\s+", -1);
    if (fields.length != 5) {
      throw new UnreadableSchedule("`" + expression + "` has not five fields");
    }
    BitSet dates = DATE.bits(fields[2], Set.of());
    BitSet months = MONTH.bits(fields[3], Set.of());
    BitSet weekdays = WEEKDAY.bits(fields[4], Set.of());
    if (weekdays.get(7)) {
      weekdays.set(0);
    }
    boolean both = fields[2].startsWith("*") || fields[4].startsWith("*");
    boolean often = fields[0].startsWith("*") || fields[1].startsWith("*");
    BitSet zero = new BitSet();
    zero.set(0);
    return new WallClock(
        new TimesOfDay(zero, MINUTE.bits(fields[0], Set.of()), HOUR.bits(fields[1], Set.of())),
        day -> matches(day, dates, months, weekdays, both),
        zone,
        often ? ClockChange.AS_SHOWN : ClockChange.CAUGHT_UP);
  }

  static boolean matches(
      LocalDate day, BitSet dates, BitSet months, BitSet weekdays, boolean both) {
    boolean date = dates.get(day.getDayOfMonth());
    boolean weekday = weekdays.get(day.getDayOfWeek().getValue() % 7);
    return months.get(day.getMonthValue()) && (both ? date && weekday : date || weekday);
  }
}
