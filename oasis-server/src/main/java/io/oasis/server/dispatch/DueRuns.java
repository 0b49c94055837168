package io.oasis.server.dispatch;

import io.oasis.manifest.JobSpec;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.run.LedgerStore;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.RunState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what the ledger says now of runs whose time has come, and what their jobs say. */
@ApplicationScoped
public class DueRuns {
  private final LedgerStore store;
  private final JobVersions versions;

  public DueRuns(LedgerStore store, JobVersions versions) {
    this.store = store;
    this.versions = versions;
  }

  /**
   * Runs that are still to be handed over, locked until the transaction ends.
   *
   * @param specs of each run, in the order in which they are to be decided
   * @param unreadable runs whose job's revision cannot be read
   * @param busy runs that another transaction holds just now: they are to come again
   */
  record Due(Map<RunRow, JobSpec> specs, List<RunRow> unreadable, List<RunRow> busy) {}

  Due read(Tx tx, List<RunRow> candidates) {
    List<RunRow> busy = new ArrayList<>();
    List<RunRow> runs = stillQueued(tx, candidates, busy);
    Map<JobVersion.Id, JobVersion> known =
        versions.get(tx, runs.stream().map(RunRow::version).toList());
    Map<RunRow, JobSpec> specs = new LinkedHashMap<>();
    List<RunRow> unreadable = new ArrayList<>();
    for (RunRow run : runs) {
      JobVersion version = known.get(run.version());
      if (version == null || !version.isReadable()) {
        unreadable.add(run);
      } else {
        specs.put(run, version.spec());
      }
    }
    return new Due(specs, unreadable, busy);
  }

  /**
   * What is in memory may be old: a run may have come up twice, been cancelled, or been handed over
   * and be back in the queue for a later attempt. Locked, the rows cannot move until this is
   * written; those that another transaction holds just now are not waited for.
   */
  private List<RunRow> stillQueued(Tx tx, List<RunRow> due, List<RunRow> busy) {
    Map<Long, RunHandle> known = new HashMap<>();
    due.forEach(
        run -> known.merge(run.id(), run.handle(), (a, b) -> a.attempt() >= b.attempt() ? a : b));
    List<RunRow> locked = store.lockFree(tx, known.values());
    Set<Long> seen = locked.stream().map(RunRow::id).collect(Collectors.toSet());
    due.stream().filter(run -> !seen.contains(run.id())).forEach(busy::add);
    return locked.stream()
        .filter(run -> run.state() == RunState.QUEUED && !run.isHeld())
        .filter(run -> run.handle().equals(known.get(run.id())))
        .sorted(Comparator.comparing(RunRow::nominalAt).thenComparingLong(RunRow::id))
        .toList();
  }
}
