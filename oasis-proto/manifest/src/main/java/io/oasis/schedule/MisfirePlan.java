package io.oasis.schedule;

import io.oasis.schedule.SkippedStretch.Kind;
import io.oasis.schedule.SkippedStretch.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what becomes of the nominal times that a job has let pass.
 *
 * <p>A time that is late by less than the grace is not missed: it runs, whatever the policy. The
 * others are missed. Those older than the window never run. Of the rest, {@code NONE} runs none,
 * {@code ALL} the newest {@code max}, and {@code LAST} the newest one; under {@code LAST} a time
 * within the grace is newer still, so the missed ones are coalesced into it.
 */
public final class MisfirePlan {
  private final Misfire misfire;
  private final JobTiming timing;
  private final Instant dueAt;
  private final Instant now;

  private MisfirePlan(Misfire misfire, JobTiming timing, Instant dueAt, Instant now) {
    this.misfire = misfire;
    this.timing = timing;
    this.dueAt = dueAt;
    this.now = now;
  }

  /**
   * Decides about a job that is due.
   *
   * @param dueAt its next nominal time as it was planned; may lie a little after {@code now} when
   *     it is claimed ahead, and is then run as any other
   * @param now the database's clock
   */
  public static MisfireDecision decide(
      Misfire misfire, JobTiming timing, Instant dueAt, Instant now) {
    Instant graceStart = now.minus(misfire.grace());
    if (dueAt.isAfter(graceStart)) {
      return onTime(timing, dueAt, now);
    }
    return new MisfirePlan(misfire, timing, dueAt, now).late(graceStart);
  }

  private static MisfireDecision onTime(JobTiming timing, Instant dueAt, Instant now) {
    Optional<Instant> next = FireTimes.next(timing, dueAt);
    if (next.isEmpty() || next.get().isAfter(now)) {
      return new MisfireDecision(List.of(dueAt), List.of(), next);
    }
    List<Instant> run = new ArrayList<>();
    run.add(dueAt);
    while (next.isPresent() && !next.get().isAfter(now)) {
      run.add(next.get());
      next = FireTimes.next(timing, next.get());
    }
    return new MisfireDecision(List.copyOf(run), List.of(), next);
  }

  private MisfireDecision late(Instant graceStart) {
    List<Instant> fresh = new ArrayList<>();
    Optional<Instant> next = FireTimes.next(timing, graceStart);
    while (next.isPresent() && !next.get().isAfter(now)) {
      fresh.add(next.get());
      next = FireTimes.next(timing, next.get());
    }
    Stretch missed = from(dueAt, graceStart);
    List<Instant> run = new ArrayList<>();
    List<SkippedStretch> skipped = new ArrayList<>();
    if (misfire.policy() == Misfire.Policy.NONE) {
      skipped.add(SkippedStretch.of(Kind.MISSED, Reason.DOWNTIME, missed));
    } else {
      catchUp(missed, fresh.isEmpty(), run, skipped);
    }
    run.addAll(fresh);
    if (run.isEmpty() && timing.schedule() instanceof Schedule.FixedDelay) {
      // No run will end and give the next time, so the delay begins anew.
      next = FireTimes.nextAfterFinish(timing, now);
    }
    return new MisfireDecision(List.copyOf(run), List.copyOf(skipped), next);
  }

  private void catchUp(
      Stretch missed, boolean nothingFresh, List<Instant> run, List<SkippedStretch> skipped) {
    Instant windowStart = now.minus(misfire.window());
    Optional<Stretch> inWindow = Optional.of(missed);
    if (missed.first().isBefore(windowStart)) {
      inWindow = FireTimes.missed(timing, windowStart.minusNanos(1), missed.last());
      Stretch old =
          inWindow.isEmpty() ? missed : from(missed.first(), inWindow.get().first().minusNanos(1));
      skipped.add(SkippedStretch.of(Kind.MISSED, Reason.WINDOW, old));
    }
    if (inWindow.isEmpty()) {
      return;
    }
    boolean last = misfire.policy() == Misfire.Policy.LAST;
    long wanted = last ? (nothingFresh ? 1 : 0) : misfire.max();
    List<Instant> newest = newest(inWindow.get(), wanted);
    run.addAll(newest);
    if (newest.size() < inWindow.get().count()) {
      Instant end = newest.isEmpty() ? missed.last() : newest.get(0).minusNanos(1);
      skipped.add(
          SkippedStretch.of(
              last ? Kind.COALESCED : Kind.MISSED,
              last ? Reason.DOWNTIME : Reason.CAP,
              from(inWindow.get().first(), end)));
    }
  }

  /** The newest of the times of a stretch, oldest first. */
  private List<Instant> newest(Stretch stretch, long wanted) {
    List<Instant> times = new ArrayList<>();
    if (wanted <= 0) {
      return times;
    }
    Instant time = stretch.last();
    times.add(time);
    while (times.size() < wanted && time.isAfter(stretch.first())) {
      time = from(stretch.first(), time.minusNanos(1)).last();
      times.add(0, time);
    }
    return times;
  }

  /** The times from a known nominal time on. */
  private Stretch from(Instant first, Instant until) {
    long further = FireTimes.missed(timing, first, until).map(Stretch::count).orElse(0L);
    Instant last = FireTimes.missed(timing, first, until).map(Stretch::last).orElse(first);
    return new Stretch(first, last, further + 1);
  }
}
