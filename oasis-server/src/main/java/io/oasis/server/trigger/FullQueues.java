package io.oasis.server.trigger;

import io.oasis.manifest.Blocking;
import io.oasis.schedule.FireTimes;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.run.NewOccurrences;
import io.oasis.server.run.NewStretch;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Jobs whose queue is full when they are due. Their times are merged into the last run that waits,
 * and a stretch of them is one row that grows: a job without an executor does not pile up rows. The
 * queue's bound itself is kept where runs enter it; this only spares rows that would be turned away
 * there.
 */
final class FullQueues {
  private final TriggerStore store;
  private final NewOccurrences runs;

  FullQueues(TriggerStore store, NewOccurrences runs) {
    this.store = store;
    this.runs = runs;
  }

  /** Times of one job that are merged, in order, never empty. */
  record Merged(JobVersion job, List<Instant> times) {
    Instant first() {
      return times.get(0);
    }

    Instant last() {
      return times.get(times.size() - 1);
    }
  }

  /** Those of the jobs whose queue is full. */
  Set<Long> among(Tx tx, Collection<JobVersion> jobs) {
    Map<Long, Integer> bounds =
        jobs.stream()
            .filter(job -> queues(job.spec().blocking()))
            .collect(
                Collectors.toMap(
                    job -> job.id().jobUid(), job -> job.spec().blocking().queue(), Math::min));
    if (bounds.isEmpty()) {
      return Set.of();
    }
    return store.waiting(tx, bounds.keySet()).entrySet().stream()
        .filter(job -> job.getValue() >= bounds.get(job.getKey()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static boolean queues(Blocking blocking) {
    return switch (blocking.strategy()) {
      case SERIAL, PARALLEL -> blocking.queue() > 0;
      case DISCARD, PARALLEL_DISCARD, REPLACE -> false;
    };
  }

  /** Writes them: into the job's last row where that is such a stretch, else as a new one. */
  void write(Tx tx, List<Merged> merged) {
    if (merged.isEmpty()) {
      return;
    }
    Map<Long, TriggerStore.Tail> tails =
        store.tails(tx, merged.stream().map(m -> m.job().id().jobUid()).toList());
    List<TriggerStore.Longer> longer = new ArrayList<>();
    List<NewStretch> fresh = new ArrayList<>();
    for (Merged m : merged) {
      TriggerStore.Tail tail = tails.get(m.job().id().jobUid());
      if (tail != null && continues(tail, m)) {
        longer.add(new TriggerStore.Longer(tail, m.last(), m.times().size()));
      } else {
        fresh.add(
            new NewStretch(
                m.job(),
                RunState.COALESCED,
                ReasonCode.QUEUE_FULL,
                m.first(),
                m.last(),
                m.times().size()));
      }
    }
    store.lengthen(tx, longer);
    runs.insertStretches(tx, fresh);
  }

  private static boolean continues(TriggerStore.Tail tail, Merged merged) {
    return tail.merged()
        && tail.revision() == merged.job().id().revision()
        && FireTimes.next(merged.job().timing(), tail.to())
            .filter(merged.first()::equals)
            .isPresent();
  }
}
