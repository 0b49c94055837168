package io.oasis.server.job;

import io.oasis.schedule.Stretch;
import io.oasis.server.database.Tx;
import java.util.Map;

/**
 * Where the times go that passed while a job was switched off; the run ledger, which stands above.
 */
public interface DisabledTimes {

  /** Keeps them as one row; they are never caught up. */
  default void skipped(Tx tx, ManagedJob job, Stretch times) {
    skippedAll(tx, Map.of(job, times));
  }

  /** The same of many jobs, in one round trip. */
  void skippedAll(Tx tx, Map<ManagedJob, Stretch> times);
}
