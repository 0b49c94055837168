package io.oasis.cli.importing.fires;

import io.oasis.cli.importing.fires.FieldSyntax.Option;
import io.oasis.cli.importing.fires.WallClock.ClockChange;
import io.oasis.cli.importing.fires.WallClock.TimesOfDay;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Quartz's cron, of which XXL-JOB has a copy: six or seven fields, seconds first, Sunday is 1, one
 * of the day fields is {@code ?}, with {@code L}, {@code W} and {@code #}. Local times become
 * instants by a lenient calendar.
 */
public final class QuartzCron {
  private static final FieldSyntax SECOND = FieldSyntax.plain("second", 0, 59);
  private static final FieldSyntax MINUTE = FieldSyntax.plain("minute", 0, 59);
  private static final FieldSyntax HOUR = FieldSyntax.plain("hour", 0, 23);
  private static final FieldSyntax DATE = FieldSyntax.plain("day of month", 1, 31);
  private static final FieldSyntax MONTH = new FieldSyntax("month", 1, 12, FieldSyntax.MONTHS, 1);
  private static final FieldSyntax WEEKDAY =
      new FieldSyntax("day of week", 1, 7, FieldSyntax.WEEKDAYS, 1);
  private static final FieldSyntax YEAR = FieldSyntax.plain("year", 1970, 2199);
  private static final Set<Option> OPTIONS = Set.of(Option.OPEN_STEP, Option.WRAP);

  private QuartzCron() {}

  /**
   * The times of an expression.
   *
   * @throws UnreadableSchedule when Quartz would not take it
   */
  public static SourceSchedule of(String expression, ZoneId zone) {
    String[] fields = expression.strip().toUpperCase(Locale.ROOT).split("\\s+", -1);
    if (fields.length < 6 || fields.length > 7) {
      throw new UnreadableSchedule("`" + expression + "` has not six or seven fields");
    }
    boolean openDate = fields[3].equals("?");
    boolean openWeekday = fields[5].equals("?");
    if (openDate == openWeekday) {
      throw new UnreadableSchedule("`" + expression + "` needs ? in one of its day fields");
    }
    Predicate<LocalDate> days = openDate ? weekdays(fields[5]) : dates(fields[3]);
    BitSet months = bits(MONTH, fields[4]);
    BitSet years = fields.length == 7 ? bits(YEAR, fields[6]) : bits(YEAR, "*");
    return new WallClock(
        new TimesOfDay(bits(SECOND, fields[0]), bits(MINUTE, fields[1]), bits(HOUR, fields[2])),
        day -> months.get(day.getMonthValue()) && years.get(day.getYear()) && days.test(day),
        zone,
        ClockChange.LENIENT);
  }

  private static BitSet bits(FieldSyntax field, String text) {
    return field.bits(text.startsWith("/") ? "*" + text : text, OPTIONS);
  }

  private static Predicate<LocalDate> dates(String text) {
    List<Predicate<LocalDate>> parts = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (part.equals("LW")) {
        parts.add(day -> day.getDayOfMonth() == nearestWeekday(day, day.lengthOfMonth()));
      } else if (part.matches("L(-\\d{1,2})?")) {
        int before = part.length() > 1 ? Integer.parseInt(part.substring(2)) : 0;
        parts.add(day -> day.getDayOfMonth() == day.lengthOfMonth() - before);
      } else if (part.matches("\\d{1,2}W")) {
        int wanted = Integer.parseInt(part.substring(0, part.length() - 1));
        parts.add(
            day ->
                wanted <= day.lengthOfMonth()
                    && day.getDayOfMonth() == nearestWeekday(day, wanted));
      } else {
        BitSet plain = bits(DATE, part);
        parts.add(day -> plain.get(day.getDayOfMonth()));
      }
    }
    return any(parts);
  }

  private static int nearestWeekday(LocalDate month, int wanted) {
    LocalDate day = month.withDayOfMonth(wanted);
    if (day.getDayOfWeek() == DayOfWeek.SATURDAY) {
      return wanted == 1 ? 3 : wanted - 1;
    }
    if (day.getDayOfWeek() == DayOfWeek.SUNDAY) {
      return wanted == day.lengthOfMonth() ? wanted - 2 : wanted + 1;
    }
    return wanted;
  }

  private static Predicate<LocalDate> weekdays(String text) {
    List<Predicate<LocalDate>> parts = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (part.matches("\\w+L") && part.length() > 1) {
        DayOfWeek wanted = weekday(part.substring(0, part.length() - 1));
        parts.add(day -> day.equals(day.with(TemporalAdjusters.lastInMonth(wanted))));
      } else if (part.equals("L")) {
        parts.add(day -> day.getDayOfWeek() == DayOfWeek.SATURDAY);
      } else if (part.matches("\\w+#[1-5]")) {
        DayOfWeek wanted = weekday(part.substring(0, part.indexOf('#')));
        int nth = part.charAt(part.length() - 1) - '0';
        parts.add(day -> day.getDayOfWeek() == wanted && (day.getDayOfMonth() - 1) / 7 + 1 == nth);
      } else {
        BitSet plain = bits(WEEKDAY, part);
        parts.add(day -> plain.get(day.getDayOfWeek().getValue() % 7 + 1));
      }
    }
    return any(parts);
  }

  private static DayOfWeek weekday(String text) {
    return DayOfWeek.SUNDAY.plus(WEEKDAY.bits(text, Set.of()).nextSetBit(0) - 1L);
  }

  private static Predicate<LocalDate> any(List<Predicate<LocalDate>> parts) {
    return day -> parts.stream().anyMatch(part -> part.test(day));
  }
}
