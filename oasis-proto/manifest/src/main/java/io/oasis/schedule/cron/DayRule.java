package io.oasis.schedule.cron;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/**
 * Which days of a month match: the day-of-month and the day-of-week field together.
 *
 * @param dates plain days of the month: bit n is day n
 * @param dateMarks days of the month that depend on the month, such as {@code L} and {@code 15W}
 * @param weekdays plain days of the week: bit n is ISO day n, Monday is 1
 * @param weekdayMarks days of the week that depend on the month, such as {@code 6L} and {@code 2#1}
 * @param either true: a day matches when one of the two fields does; false: both must
 */
record DayRule(
    int dates, List<Mark> dateMarks, int weekdays, List<Mark> weekdayMarks, boolean either) {

  /** A day that has to be looked for in each month. */
  interface Mark {
    /** The day of the month, or 0 when this month has none. */
    int in(YearMonth month);
  }

  /** {@code L} and {@code L-n}: n days before the last day. */
  record FromLast(int daysBefore) implements Mark {
    @Override
    public int in(YearMonth month) {
      return Math.max(0, month.lengthOfMonth() - daysBefore);
    }
  }

  /** {@code nW}: the weekday nearest to day n, within the month. */
  record NearestWeekday(int day) implements Mark {
    @Override
    public int in(YearMonth month) {
      int length = month.lengthOfMonth();
      if (day > length) {
        return 0;
      }
      DayOfWeek on = month.atDay(day).getDayOfWeek();
      if (on == DayOfWeek.SATURDAY) {
        return day > 1 ? day - 1 : day + 2;
      }
      if (on == DayOfWeek.SUNDAY) {
        return day < length ? day + 1 : day - 2;
      }
      return day;
    }
  }

  /** {@code LW}: the last weekday of the month. */
  record LastWeekday() implements Mark {
    @Override
    public int in(YearMonth month) {
      return new NearestWeekday(month.lengthOfMonth()).in(month);
    }
  }

  /** {@code dL}: the last such day of the week. */
  record LastOf(DayOfWeek day) implements Mark {
    @Override
    public int in(YearMonth month) {
      return month.atEndOfMonth().with(TemporalAdjusters.previousOrSame(day)).getDayOfMonth();
    }
  }

  /** {@code d#n}: the n-th such day of the week. */
  record NthOf(DayOfWeek day, int nth) implements Mark {
    @Override
    public int in(YearMonth month) {
      LocalDate first = month.atDay(1).with(TemporalAdjusters.nextOrSame(day));
      int date = first.getDayOfMonth() + 7 * (nth - 1);
      return nth >= 1 && date <= month.lengthOfMonth() ? date : 0;
    }
  }

  /** The matching days of a month: bit n is day n. */
  int in(YearMonth month) {
    int all = (int) ((1L << (month.lengthOfMonth() + 1)) - 2);
    int byDate = (dates | marked(dateMarks, month)) & all;
    int byWeekday = (spread(month) | marked(weekdayMarks, month)) & all;
    return either ? byDate | byWeekday : byDate & byWeekday;
  }

  private int spread(YearMonth month) {
    if (weekdays == 0) {
      return 0;
    }
    int bits = 0;
    int weekday = month.atDay(1).getDayOfWeek().getValue();
    for (int day = 1; day <= 31; day++) {
      bits |= (weekdays >>> weekday & 1) << day;
      weekday = weekday == 7 ? 1 : weekday + 1;
    }
    return bits;
  }

  private static int marked(List<Mark> marks, YearMonth month) {
    int bits = 0;
    for (Mark mark : marks) {
      int day = mark.in(month);
      bits |= day == 0 ? 0 : 1 << day;
    }
    return bits;
  }
}
