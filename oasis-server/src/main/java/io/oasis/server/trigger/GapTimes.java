package io.oasis.server.trigger;

import io.oasis.schedule.FireTimes;
import io.oasis.schedule.GapSkip;
import io.oasis.schedule.JobTiming;
import io.oasis.schedule.Schedule;
import io.oasis.schedule.Stretch;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.run.NewStretch;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Local times that a schedule with {@code gap: skip} did not fire because the clock jumped over
 * them. They become rows when the time after them is decided, one row for each jump, so that a job
 * that is changed or switched off before the jump has none.
 */
final class GapTimes {
  /** A fire of at least every month bounds the search; a rarer one may lie over a year away. */
  private static final Duration OFTEN = Duration.ofDays(32);

  private static final Duration RARELY = Duration.ofDays(400);

  private final TriggerStore store;

  GapTimes(TriggerStore store) {
    this.store = store;
  }

  /**
   * A job whose times are decided.
   *
   * @param job by which revision
   * @param dueAt the first of them
   * @param until the last of them, or now when it is not due
   */
  record Decided(JobVersion job, Instant dueAt, Instant until) {
    boolean skips() {
      return job.spec().schedule() instanceof Schedule.Cron cron && cron.gap() == Schedule.Gap.SKIP;
    }
  }

  /** Those that lie after the fire before, or the last change of the job. */
  List<NewStretch> among(Tx tx, Collection<Decided> decided) {
    List<Decided> skipping = decided.stream().filter(Decided::skips).toList();
    if (skipping.isEmpty()) {
      return List.of();
    }
    Map<Long, Instant> since =
        store.lastChanged(tx, skipping.stream().map(d -> d.job().id().jobUid()).toList());
    List<NewStretch> found = new ArrayList<>();
    for (Decided d : skipping) {
      Instant from = latest(since.get(d.job().id().jobUid()), before(d.job(), d.dueAt()));
      if (from.isBefore(d.until())) {
        found.addAll(rows(d.job(), from, d.until()));
      }
    }
    return found;
  }

  private static Instant latest(Instant changed, Instant fired) {
    return changed != null && changed.isAfter(fired) ? changed : fired;
  }

  /** The nominal time before one, or a moment that is certainly before it. */
  private static Instant before(JobVersion version, Instant dueAt) {
    JobTiming timing = version.timing();
    return FireTimes.missed(timing, dueAt.minus(OFTEN), dueAt.minusNanos(1))
        .or(() -> FireTimes.missed(timing, dueAt.minus(RARELY), dueAt.minusNanos(1)))
        .map(Stretch::last)
        .orElse(dueAt.minus(RARELY));
  }

  private static List<NewStretch> rows(JobVersion version, Instant after, Instant until) {
    Map<Instant, Long> perJump =
        FireTimes.skippedByGap(version.timing(), after, until).stream()
            .collect(Collectors.groupingBy(GapSkip::at, TreeMap::new, Collectors.counting()));
    return perJump.entrySet().stream()
        .map(
            jump ->
                new NewStretch(
                    version,
                    RunState.SKIPPED,
                    ReasonCode.DST_GAP,
                    jump.getKey(),
                    jump.getKey(),
                    jump.getValue()))
        .toList();
  }
}
