package io.oasis.schedule;

import io.oasis.schedule.Schedule.Gap;
import io.oasis.schedule.Schedule.Overlap;
import io.oasis.schedule.cron.CronExpression;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Maps the local times of a cron expression to instants.
 *
 * <p>The time line is walked in segments of one offset. Within a segment local time and instants
 * run in step; all rules for a changed clock are applied where two segments meet:
 *
 * <ul>
 *   <li>an interval expression is matched against the clock as it shows, so it keeps elapsed time;
 *   <li>a fixed time in a gap fires once, at the first instant after it, or not at all;
 *   <li>a fixed time in an overlap fires the first time only, or both times.
 * </ul>
 */
record CronFires(CronExpression cron, ZoneRules rules, Gap gap, Overlap overlap) {

  /** The first fire strictly after an instant. */
  Optional<Instant> next(Instant after) {
    Instant segment = after.truncatedTo(ChronoUnit.SECONDS);
    LocalDateTime floor = floorAfter(segment);
    while (true) {
      ZoneOffset offset = rules.getOffset(segment);
      ZoneOffsetTransition change = rules.nextTransition(segment);
      Optional<LocalDateTime> local = cron.atOrAfter(floor);
      if (change == null) {
        return local.map(found -> found.toInstant(offset));
      }
      if (local.isPresent()) {
        Instant candidate = local.get().toInstant(offset);
        if (candidate.isBefore(change.getInstant())) {
          return Optional.of(candidate);
        }
        if (shifts(change) && local.get().isBefore(change.getDateTimeAfter())) {
          return Optional.of(change.getInstant());
        }
      } else if (!change.isOverlap()) {
        return Optional.empty();
      }
      segment = change.getInstant();
      floor = floorAt(change);
    }
  }

  /** How many fires lie in {@code (after, until]}. */
  long count(Instant after, Instant until) {
    Instant segment = after.truncatedTo(ChronoUnit.SECONDS);
    Instant end = until.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    LocalDateTime floor = floorAfter(segment);
    long total = 0;
    while (true) {
      ZoneOffset offset = rules.getOffset(segment);
      ZoneOffsetTransition change = rules.nextTransition(segment);
      boolean last = change == null || !change.getInstant().isBefore(end);
      Instant segmentEnd = last ? end : change.getInstant();
      total += cron.count(floor, local(segmentEnd, offset));
      if (last) {
        return total;
      }
      boolean extra =
          shifts(change) && firstIn(change).isPresent() && !cron.matches(change.getDateTimeAfter());
      total += extra ? 1 : 0;
      segment = change.getInstant();
      floor = floorAt(change);
    }
  }

  /** The local times in {@code (after, until]} that do not exist and are skipped. */
  List<GapSkip> skips(Instant after, Instant until) {
    List<GapSkip> skips = new ArrayList<>();
    if (cron.isInterval() || gap != Gap.SKIP) {
      return skips;
    }
    for (ZoneOffsetTransition change = rules.nextTransition(after);
        change != null && !change.getInstant().isAfter(until);
        change = rules.nextTransition(change.getInstant())) {
      Optional<LocalDateTime> local = change.isGap() ? firstIn(change) : Optional.empty();
      while (local.isPresent()) {
        skips.add(new GapSkip(local.get(), change.getInstant()));
        ZoneOffsetTransition within = change;
        local =
            cron.atOrAfter(local.get().plusSeconds(1))
                .filter(found -> found.isBefore(within.getDateTimeAfter()));
      }
    }
    return skips;
  }

  private Optional<LocalDateTime> firstIn(ZoneOffsetTransition gapChange) {
    return cron.atOrAfter(gapChange.getDateTimeBefore())
        .filter(found -> found.isBefore(gapChange.getDateTimeAfter()));
  }

  private boolean shifts(ZoneOffsetTransition change) {
    return change.isGap() && gap == Gap.SHIFT && !cron.isInterval();
  }

  private boolean firstOnly() {
    return overlap == Overlap.FIRST && !cron.isInterval();
  }

  /** The first local time that may fire after a whole second. */
  private LocalDateTime floorAfter(Instant second) {
    ZoneOffset offset = rules.getOffset(second);
    LocalDateTime local = local(second, offset);
    LocalDateTime floor = local.plusSeconds(1);
    if (!firstOnly()) {
      return floor;
    }
    ZoneOffsetTransition around = rules.getTransition(local);
    boolean secondPass =
        around != null && around.isOverlap() && offset.equals(around.getOffsetAfter());
    return secondPass && around.getDateTimeBefore().isAfter(floor)
        ? around.getDateTimeBefore()
        : floor;
  }

  /** The first local time that may fire in the segment that a change of the clock begins. */
  private LocalDateTime floorAt(ZoneOffsetTransition change) {
    return change.isOverlap() && firstOnly()
        ? change.getDateTimeBefore()
        : change.getDateTimeAfter();
  }

  private static LocalDateTime local(Instant second, ZoneOffset offset) {
    return LocalDateTime.ofEpochSecond(second.getEpochSecond(), 0, offset);
  }
}
