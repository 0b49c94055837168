package io.oasis.server.job;

import io.oasis.server.database.Tx;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What this feature asks of the run ledger, which stands above it: jobs do not know runs, runs know
 * jobs.
 */
public interface JobRuns {
  /** Why a job's waiting runs end. */
  enum Why {
    DISABLED,
    DELETED
  }

  /**
   * Cancels what waits of a job, also for its next attempt. Runs that are under way go on.
   *
   * @return how many were cancelled
   */
  default int cancelQueued(Tx tx, long jobUid, Why why, String by) {
    return cancelQueued(tx, List.of(jobUid), why, by).getOrDefault(jobUid, 0);
  }

  /**
   * The same of many jobs at once.
   *
   * @return how many were cancelled, by the job's uid
   */
  Map<Long, Integer> cancelQueued(Tx tx, Collection<Long> jobUids, Why why, String by);

  /** The runs of these jobs that are on a node, by the job's uid; at most {@code 1000}. */
  Map<Long, List<Long>> underWay(Tx tx, Collection<Long> jobUids);

  /**
   * How long runs of these jobs take: half of the last ones that succeeded took as long or longer.
   * Jobs without any are missing.
   */
  Map<Long, Duration> typical(Tx tx, Collection<Long> jobUids);

  /** Asks a run to stop, in a transaction of its own; one that is over stays as it is. */
  void kill(long runId, String by, String reason);
}
