package io.oasis.schedule;

import io.oasis.schedule.Schedule.Gap;
import io.oasis.schedule.Schedule.Overlap;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * UNIX cron by brute force: it looks at every single minute. It shares no code with what it checks,
 * not even the text of the expression: it is given the sets of values and writes the text itself.
 *
 * @param minutes empty: {@code *}
 * @param hours empty: {@code *}
 * @param dates days of the month; empty: {@code *}
 * @param weekdays 0 to 6, Sunday is 0; empty: {@code *}
 */
record CronOracle(
    Set<Integer> minutes, Set<Integer> hours, Set<Integer> dates, Set<Integer> weekdays) {

  String expression() {
    return text(minutes) + " " + text(hours) + " " + text(dates) + " * " + text(weekdays);
  }

  private static String text(Set<Integer> values) {
    return values.isEmpty()
        ? "*"
        : values.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** Every fire in {@code (after, until]}; both are whole minutes. */
  List<Instant> fires(ZoneId zone, Gap gap, Overlap overlap, Instant after, Instant until) {
    boolean interval = full(minutes, 60) || full(hours, 24);
    TreeSet<Instant> fires = interval ? asTheClockShows(zone, after, until) : new TreeSet<>();
    if (!interval) {
      LocalDateTime end = LocalDateTime.ofInstant(until, zone).plusHours(25);
      LocalDateTime local =
          LocalDateTime.ofInstant(after, zone).truncatedTo(ChronoUnit.MINUTES).minusHours(25);
      for (; !local.isAfter(end); local = local.plusMinutes(1)) {
        if (matches(local)) {
          place(local, zone, gap, overlap, fires);
        }
      }
    }
    return fires.stream().filter(t -> t.isAfter(after) && !t.isAfter(until)).toList();
  }

  private TreeSet<Instant> asTheClockShows(ZoneId zone, Instant after, Instant until) {
    TreeSet<Instant> fires = new TreeSet<>();
    for (Instant t = after; !t.isAfter(until); t = t.plusSeconds(60)) {
      LocalDateTime local = LocalDateTime.ofInstant(t, zone);
      if (local.getSecond() == 0 && matches(local)) {
        fires.add(t);
      }
    }
    return fires;
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

  private boolean matches(LocalDateTime local) {
    boolean time =
        (minutes.isEmpty() || minutes.contains(local.getMinute()))
            && (hours.isEmpty() || hours.contains(local.getHour()));
    boolean date = dates.contains(local.getDayOfMonth());
    boolean weekday = weekdays.contains(local.getDayOfWeek().getValue() % 7);
    boolean day = dates.isEmpty() ? weekdays.isEmpty() || weekday : date || weekday;
    return time && (dates.isEmpty() && weekdays.isEmpty() || day);
  }

  private static boolean full(Set<Integer> values, int all) {
    return values.isEmpty() || values.size() == all;
  }
}
