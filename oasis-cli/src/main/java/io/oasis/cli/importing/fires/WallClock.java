package io.oasis.cli.importing.fires;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Times of day on certain dates, on the clock of a zone. It is walked day by day, for at most
 * thirty years.
 *
 * @param times which times of day
 * @param days which dates
 * @param zone whose clock
 * @param change what happens where the clock is changed
 */
record WallClock(TimesOfDay times, Predicate<LocalDate> days, ZoneId zone, ClockChange change)
    implements SourceSchedule {
  private static final int YEARS = 30;

  /** Which seconds, minutes and hours: bit n is value n. */
  record TimesOfDay(BitSet seconds, BitSet minutes, BitSet hours) {}

  /** What a scheduler does with a local time that does not exist, or exists twice. */
  enum ClockChange {
    /** It fires whenever the clock shows the time: never in a gap, twice in an overlap. */
    AS_SHOWN,
    /** What a gap skips fires right after it; what an overlap shows again does not fire again. */
    CAUGHT_UP,
    /** Java's lenient calendar: a gap moves the time, an overlap fires the second time. */
    LENIENT
  }

  @Override
  public List<Instant> next(Instant after, int count) {
    TreeSet<Instant> found = new TreeSet<>();
    LocalDate day = after.atZone(zone).toLocalDate().minusDays(1);
    LocalDate end = day.plusYears(YEARS);
    while (day.isBefore(end) && found.size() < count) {
      if (days.test(day)) {
        addTimes(day, after, found);
      }
      day = day.plusDays(1);
    }
    return new ArrayList<>(found).subList(0, Math.min(count, found.size()));
  }

  private void addTimes(LocalDate day, Instant after, TreeSet<Instant> found) {
    times.hours().stream()
        .forEach(
            hour ->
                times.minutes().stream()
                    .forEach(
                        minute ->
                            times.seconds().stream()
                                .mapToObj(second -> day.atTime(hour, minute, second))
                                .flatMap(local -> instants(local).stream())
                                .filter(instant -> instant.isAfter(after))
                                .forEach(found::add)));
  }

  private List<Instant> instants(LocalDateTime local) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (offsets.size() == 1) {
      return List.of(local.toInstant(offsets.get(0)));
    }
    if (offsets.isEmpty()) {
      ZoneOffsetTransition gap = zone.getRules().getTransition(local);
      return switch (change) {
        case AS_SHOWN -> List.of();
        case CAUGHT_UP -> List.of(gap.getInstant());
        case LENIENT -> List.of(local.toInstant(gap.getOffsetBefore()));
      };
    }
    return switch (change) {
      case AS_SHOWN -> offsets.stream().map(local::toInstant).toList();
      case CAUGHT_UP -> List.of(local.toInstant(offsets.get(0)));
      case LENIENT -> List.of(local.toInstant(offsets.get(1)));
    };
  }
}
