package io.oasis.server.run;

import io.oasis.server.database.Tx;
import io.oasis.server.job.JobRuns;
import jakarta.enterprise.context.ApplicationScoped;

/** Cancels a job's waiting runs in the transaction that disables or deletes the job. */
@ApplicationScoped
public class WaitingRunsOfJobs implements JobRuns {
  private final Runs runs;

  public WaitingRunsOfJobs(Runs runs) {
    this.runs = runs;
  }

  @Override
  public int cancelQueued(Tx tx, long jobUid, Why why, String by) {
    ReasonCode reason =
        switch (why) {
          case DISABLED -> ReasonCode.JOB_DISABLED;
          case DELETED -> ReasonCode.JOB_DELETED;
        };
    return runs.cancelQueued(tx, jobUid, reason, by);
  }
}
