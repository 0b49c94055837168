package io.oasis.server.trigger;

import io.oasis.server.database.Tx;
import io.oasis.server.job.DueTimes;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Decides what is due of a job before somebody changes it. Its runs are handed over by whoever sees
 * them first: the change is not committed yet, so no server may be told now.
 */
@ApplicationScoped
public class OverdueTimes implements DueTimes {
  private final TriggerStore store;
  private final DueJobs jobs;

  public OverdueTimes(TriggerStore store, DueJobs jobs) {
    this.store = store;
    this.jobs = jobs;
  }

  @Override
  public void settle(Tx tx, Collection<Long> jobUids) {
    if (jobUids.isEmpty()) {
      return;
    }
    List<TriggerStore.DueJob> held = store.hold(tx, jobUids);
    Instant now = store.now(tx);
    Map<Boolean, List<TriggerStore.DueJob>> byDue =
        held.stream().collect(Collectors.partitioningBy(job -> !job.dueAt().isAfter(now)));
    jobs.settle(tx, byDue.get(true), now);
    jobs.passGaps(tx, byDue.get(false), now);
  }
}
