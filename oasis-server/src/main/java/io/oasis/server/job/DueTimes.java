package io.oasis.server.job;

import io.oasis.server.database.Tx;
import java.util.Collection;

/**
 * What is due of jobs that are about to change; the trigger, which stands above. A change withdraws
 * times that lie ahead, never one that is past: what nobody has claimed yet is decided first, by
 * the revision that it belongs to.
 */
public interface DueTimes {

  /**
   * Decides everything that is due of these jobs until now, as the poller would, and holds the jobs
   * until the transaction ends. A fixed delay has nothing to decide: its times come from its runs.
   */
  void settle(Tx tx, Collection<Long> jobUids);
}
