package io.oasis.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The nominal times of a job. Pure functions: no clock is read, and the same arguments always give
 * the same answer. Every next time is strictly after the instant that was asked about, so that a
 * loop over them always ends.
 *
 * <p>A schedule that was not validated by the manifest reader can make these methods throw {@link
 * IllegalArgumentException} (a cron expression that cannot be read).
 */
public final class FireTimes {
  private FireTimes() {}

  /**
   * The smallest nominal time strictly after an instant; empty when there is none. A fixed delay
   * has none by itself: see {@link #nextAfterFinish}.
   */
  public static Optional<Instant> next(JobTiming timing, Instant after) {
    Optional<Instant> start = timing.window().start();
    Instant from =
        start.isPresent() && start.get().isAfter(after) ? start.get().minusNanos(1) : after;
    Duration offset = timing.jitterOffset();
    return plain(timing, from.minus(offset))
        .map(found -> found.plus(offset))
        .filter(found -> inTime(timing, found));
  }

  /**
   * The first nominal time of a job that is created, or whose schedule is changed, at {@code from}.
   * As {@link #next}, but a fixed delay counts from now, and a one-time schedule that is past and
   * says {@code ifPast: run} gives {@code from} itself.
   */
  public static Optional<Instant> first(JobTiming timing, Instant from) {
    if (timing.schedule() instanceof Schedule.OneTime once
        && once.ifPast() == Schedule.IfPast.RUN
        && !once.at().isAfter(from)) {
      return Optional.of(from);
    }
    return afterEnable(timing, from);
  }

  /**
   * The next nominal time of a job that is enabled again. Enabling is not a trigger: nothing at or
   * before {@code enabledAt} is caught up, and a fixed delay counts from now.
   */
  public static Optional<Instant> afterEnable(JobTiming timing, Instant enabledAt) {
    return timing.schedule() instanceof Schedule.FixedDelay
        ? nextAfterFinish(timing, enabledAt)
        : next(timing, enabledAt);
  }

  /**
   * The next nominal time of a fixed delay after its run has ended, in any final state. Empty for
   * every other schedule, whose next time does not depend on its runs, and when the window is over.
   */
  public static Optional<Instant> nextAfterFinish(JobTiming timing, Instant finishedAt) {
    if (!(timing.schedule() instanceof Schedule.FixedDelay fixed)) {
      return Optional.empty();
    }
    Instant due = finishedAt.plus(fixed.delay());
    Instant start = timing.window().start().orElse(due);
    return Optional.of(due.isBefore(start) ? start : due).filter(found -> inTime(timing, found));
  }

  /** Up to {@code count} nominal times strictly after {@code from}, in order. */
  public static List<Instant> preview(JobTiming timing, Instant from, int count) {
    List<Instant> times = new ArrayList<>();
    Optional<Instant> found = next(timing, from);
    while (found.isPresent() && times.size() < count) {
      times.add(found.get());
      found = next(timing, found.get());
    }
    return times;
  }

  /**
   * The nominal times in {@code (after, until]}; empty when there is none. The count is exact and
   * is computed, not walked: the cost grows with the months that are asked about, not with the
   * times.
   */
  public static Optional<Stretch> missed(JobTiming timing, Instant after, Instant until) {
    Optional<Instant> first = next(timing, after);
    if (first.isEmpty() || first.get().isAfter(until)) {
      return Optional.empty();
    }
    Instant end = timing.window().end().map(e -> e.minusNanos(1)).orElse(until);
    Instant last = end.isBefore(until) ? end : until;
    Duration offset = timing.jitterOffset();
    Instant plainFirst = first.get().minus(offset);
    Instant plainLast = last.minus(offset);
    return Optional.of(stretch(timing, plainFirst, plainLast))
        .map(s -> new Stretch(s.first().plus(offset), s.last().plus(offset), s.count()));
  }

  /**
   * The local times in {@code (after, until]} that a schedule with {@code gap: skip} did not fire
   * because the clock jumped over them: the ledger records them.
   */
  public static List<GapSkip> skippedByGap(JobTiming timing, Instant after, Instant until) {
    if (!(timing.schedule() instanceof Schedule.Cron cron)) {
      return List.of();
    }
    Duration offset = timing.jitterOffset();
    return CronCache.of(cron).skips(after.minus(offset), until.minus(offset)).stream()
        .filter(skip -> !skip.at().isBefore(timing.window().start().orElse(Instant.MIN)))
        .filter(skip -> inTime(timing, skip.at()))
        .toList();
  }

  private static boolean inTime(JobTiming timing, Instant time) {
    return timing.window().end().isEmpty() || time.isBefore(timing.window().end().get());
  }

  /** The next time without window and jitter. */
  private static Optional<Instant> plain(JobTiming timing, Instant after) {
    Schedule schedule = timing.schedule();
    if (schedule instanceof Schedule.Cron cron) {
      return CronCache.of(cron).next(after);
    }
    if (schedule instanceof Schedule.FixedRate rate) {
      return Optional.of(atStep(timing, rate, steps(timing, rate, after) + 1));
    }
    if (schedule instanceof Schedule.OneTime once) {
      return once.at().isAfter(after) ? Optional.of(once.at()) : Optional.empty();
    }
    return Optional.empty();
  }

  /** From a known first time to the last one that is not after {@code until}. */
  private static Stretch stretch(JobTiming timing, Instant first, Instant until) {
    if (timing.schedule() instanceof Schedule.FixedRate rate) {
      long last = steps(timing, rate, until);
      return new Stretch(first, atStep(timing, rate, last), last - steps(timing, rate, first) + 1);
    }
    if (timing.schedule() instanceof Schedule.Cron cron) {
      CronFires fires = CronCache.of(cron);
      return new Stretch(first, last(fires, first, until), fires.count(first, until) + 1);
    }
    return new Stretch(first, first, 1);
  }

  /** Halves the time between: the answer is the next time after the latest second that has one. */
  private static Instant last(CronFires fires, Instant first, Instant until) {
    Instant best = first;
    long low = first.getEpochSecond();
    long high = until.truncatedTo(ChronoUnit.SECONDS).getEpochSecond();
    while (low < high) {
      long middle = Math.floorDiv(low + high, 2);
      Optional<Instant> found = fires.next(Instant.ofEpochSecond(middle));
      if (found.isPresent() && !found.get().isAfter(until)) {
        best = found.get();
        low = best.getEpochSecond();
      } else {
        high = middle;
      }
    }
    return best;
  }

  /** How many whole intervals lie between the anchor and an instant; −1 before the anchor. */
  private static long steps(JobTiming timing, Schedule.FixedRate rate, Instant at) {
    Instant anchor = anchor(timing, rate);
    if (at.isBefore(anchor)) {
      return -1;
    }
    Duration since = Duration.between(anchor, at);
    // A division of durations is one of big decimals; nearly all intervals are whole seconds.
    return rate.interval().toNanosPart() == 0
        ? since.toSeconds() / rate.interval().toSeconds()
        : since.dividedBy(rate.interval());
  }

  private static Instant atStep(JobTiming timing, Schedule.FixedRate rate, long step) {
    return anchor(timing, rate).plus(rate.interval().multipliedBy(step));
  }

  private static Instant anchor(JobTiming timing, Schedule.FixedRate rate) {
    return rate.anchor().orElse(timing.createdAt());
  }
}
