package io.oasis.server.run;

import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The door of the feature: what pages, REST and other features ask of runs. */
@ApplicationScoped
public class Runs {

  /**
   * Runs, newest first.
   *
   * @param cursor of the page before; empty: the first page
   */
  public RunPage list(RunFilter filter, int limit, Optional<String> cursor) {
    throw new UnsupportedOperationException("landing soon");
  }

  /** One run. */
  public Optional<RunView> find(long id) {
    throw new UnsupportedOperationException("landing soon");
  }

  /** One run with everything that is known of it. */
  public Optional<RunTrace> trace(long id) {
    throw new UnsupportedOperationException("landing soon");
  }

  /** Starts a run outside of the schedule. */
  public TriggerResult trigger(TriggerRequest request) {
    throw new UnsupportedOperationException("landing soon");
  }

  /** Asks one run to stop; others of its job are not touched. */
  public CancelResult cancel(long id, String by, Optional<String> reason) {
    throw new UnsupportedOperationException("landing soon");
  }

  /** Repeats a run with its params, with the job's current revision or with the run's own. */
  public RerunResult rerun(long id, String by, boolean sameRevision) {
    throw new UnsupportedOperationException("landing soon");
  }

  /**
   * Cancels what waits of a job (also for its next attempt), in the transaction that disables or
   * deletes the job. Runs that are under way go on.
   *
   * @return how many were cancelled
   */
  public int cancelQueued(Tx tx, long jobUid, ReasonCode reason, String by) {
    throw new UnsupportedOperationException("landing soon");
  }
}
