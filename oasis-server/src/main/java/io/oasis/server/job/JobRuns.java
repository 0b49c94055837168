package io.oasis.server.job;

import io.oasis.server.database.Tx;

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
  int cancelQueued(Tx tx, long jobUid, Why why, String by);
}
