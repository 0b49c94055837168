package io.oasis.schedule;

import io.oasis.schedule.Schedule.Gap;
import io.oasis.schedule.Schedule.Overlap;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Quartz cron by brute force: it looks at every single minute of local time and at every second of
 * those that match. It writes the text of the expression itself and shares no code with what it
 * checks.
 *
 * @param seconds never empty
 * @param minutes empty: {@code *}
 * @param hours empty: {@code *}
 * @param day the two day fields together
 * @param year 0: every year
 */
record QuartzOracle(
    Set<Integer> seconds, Set<Integer> minutes, Set<Integer> hours, Day day, int year) {

  /** The day of the month and the day of the week; one of the two is {@code ?}. */
  sealed interface Day {
    String dates();

    String weekdays();

    boolean matches(LocalDate date);

    /** Every day. */
    record Every() implements Day {
      @Override
      public String dates() {
        return "*";
      }

      @Override
      public String weekdays() {
        return "?";
      }

      @Override
      public boolean matches(LocalDate date) {
        return true;
      }
    }

    /** Days of the month. */
    record Dates(Set<Integer> days) implements Day {
      @Override
      public String dates() {
        return text(days);
      }

      @Override
      public String weekdays() {
        return "?";
      }

      @Override
      public boolean matches(LocalDate date) {
        return days.contains(date.getDayOfMonth());
      }
    }

    /** So many days before the last of the month. */
    record BeforeLast(int days) implements Day {
      @Override
      public String dates() {
        return days == 0 ? "L" : "L-" + days;
      }

      @Override
      public String weekdays() {
        return "?";
      }

      @Override
      public boolean matches(LocalDate date) {
        LocalDate last = date;
        while (last.plusDays(1).getMonth() == date.getMonth()) {
          last = last.plusDays(1);
        }
        return ChronoUnit.DAYS.between(date, last) == days;
      }
    }

    /** Days of the week: 1 is Sunday. */
    record Weekdays(Set<Integer> days) implements Day {
      @Override
      public String dates() {
        return "?";
      }

      @Override
      public String weekdays() {
        return text(days);
      }

      @Override
      public boolean matches(LocalDate date) {
        return days.contains(date.getDayOfWeek().getValue() % 7 + 1);
      }
    }

    /** The n-th such day of the week in the month; 0 is the last. */
    record Nth(DayOfWeek weekday, int nth) implements Day {
      @Override
      public String dates() {
        return "?";
      }

      @Override
      public String weekdays() {
        int number = weekday.getValue() % 7 + 1;
        return nth == 0 ? number + "L" : number + "#" + nth;
      }

      @Override
      public boolean matches(LocalDate date) {
        if (date.getDayOfWeek() != weekday) {
          return false;
        }
        return nth == 0
            ? date.plusDays(7).getMonth() != date.getMonth()
            : (date.getDayOfMonth() + 6) / 7 == nth;
      }
    }
  }

  String expression() {
    String text =
        String.join(
            " ",
            text(seconds),
            minutes.isEmpty() ? "*" : text(minutes),
            hours.isEmpty() ? "*" : text(hours),
            day.dates(),
            "*",
            day.weekdays());
    return year == 0 ? text : text + " " + year;
  }

  private static String text(Set<Integer> values) {
    return values.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** Every fire in {@code (after, until]}; both are whole minutes. */
  List<Instant> fires(ZoneId zone, Gap gap, Overlap overlap, Instant after, Instant until) {
    boolean interval = minutes.isEmpty() || hours.isEmpty();
    TreeSet<Instant> fires = new TreeSet<>();
    if (interval) {
      for (Instant t = after; !t.isAfter(until); t = t.plusSeconds(60)) {
        LocalDateTime local = LocalDateTime.ofInstant(t, zone);
        if (matches(local)) {
          Instant minute = t;
          seconds.forEach(second -> fires.add(minute.plusSeconds(second)));
        }
      }
    } else {
      LocalDateTime end = LocalDateTime.ofInstant(until, zone).plusHours(25);
      LocalDateTime local =
          LocalDateTime.ofInstant(after, zone).truncatedTo(ChronoUnit.MINUTES).minusHours(25);
      for (; !local.isAfter(end); local = local.plusMinutes(1)) {
        if (matches(local)) {
          LocalDateTime minute = local;
          seconds.forEach(second -> place(minute.plusSeconds(second), zone, gap, overlap, fires));
        }
      }
    }
    return fires.stream().filter(t -> t.isAfter(after) && !t.isAfter(until)).toList();
  }

  private boolean matches(LocalDateTime local) {
    return (minutes.isEmpty() || minutes.contains(local.getMinute()))
        && (hours.isEmpty() || hours.contains(local.getHour()))
        && (year == 0 || year == local.getYear())
        && day.matches(local.toLocalDate());
  }

  private static void place(
      LocalDateTime local, ZoneId zone, Gap gap, Overlap overlap, Set<Instant> fires) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (offsets.isEmpty()) {
      if (gap == Gap.SHIFT) {
        fires.add(zone.getRules().getTransition(local).getInstant());
      }
      return;
    }
    fires.add(local.toInstant(offsets.get(0)));
    if (overlap == Overlap.BOTH) {
      fires.add(local.toInstant(offsets.get(offsets.size() - 1)));
    }
  }
}
