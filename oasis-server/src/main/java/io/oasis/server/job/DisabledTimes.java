package io.oasis.server.job;

import io.oasis.schedule.Stretch;
import io.oasis.server.database.Tx;

/**
 * Where the times go that passed while a job was switched off; the run ledger, which stands above.
 */
public interface DisabledTimes {

  /** Keeps them as one row; they are never caught up. */
  void skipped(Tx tx, ManagedJob job, Stretch times);
}
