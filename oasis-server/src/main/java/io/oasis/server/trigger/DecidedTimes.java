package io.oasis.server.trigger;

import io.oasis.schedule.Schedule;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Times that have their row although the job's next time is not behind them. A run is written a
 * moment ahead of its time: a job that is edited, or switched off and on, within that moment may
 * get the same time as its next one. And an edit that takes long, because its server was suspended
 * in it, gives a next time since which others have fired by the old revision. A run that is there
 * already is not written again (the unique key of the ledger); but a stretch of several times would
 * cover it, or be turned away by it as a whole. So where a stretch may come of it, it begins after
 * the last time that has a row.
 */
final class DecidedTimes {
  private final TriggerStore store;

  DecidedTimes(TriggerStore store) {
    this.store = store;
  }

  /**
   * The last such time of each job, if it has one. Asks at most once, and only for jobs that are
   * late or whose queue is full.
   */
  Map<Long, Instant> beyond(
      Tx tx,
      List<TriggerStore.DueJob> due,
      Map<JobVersion.Id, JobVersion> known,
      Set<Long> full,
      Instant now) {
    List<TriggerStore.DueJob> doubtful =
        due.stream()
            .filter(job -> known.containsKey(job.version()))
            .filter(job -> mayStretch(known.get(job.version()), job.dueAt(), full, now))
            .toList();
    return doubtful.isEmpty() ? Map.of() : store.decidedBeyond(tx, doubtful);
  }

  private static boolean mayStretch(JobVersion job, Instant dueAt, Set<Long> full, Instant now) {
    Schedule schedule = job.spec().schedule();
    boolean recurs = schedule instanceof Schedule.Cron || schedule instanceof Schedule.FixedRate;
    boolean late = !dueAt.isAfter(now.minus(job.spec().misfire().grace()));
    return recurs && (late || full.contains(job.id().jobUid()));
  }
}
