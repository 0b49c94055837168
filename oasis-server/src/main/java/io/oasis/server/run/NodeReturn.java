package io.oasis.server.run;

import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.lease.ServerMembership;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Settles which runs a node that has connected again still has. */
@ApplicationScoped
class NodeReturn {
  private final LedgerStore store;
  private final Ledger ledger;
  private final JobVersions versions;
  private final ServerMembership membership;
  private final ReportRules rules;
  private final MemberReports members;

  NodeReturn(
      LedgerStore store,
      Ledger ledger,
      JobVersions versions,
      ServerMembership membership,
      Rules rules) {
    this.store = store;
    this.ledger = ledger;
    this.versions = versions;
    this.membership = membership;
    this.rules = rules.reports();
    this.members = rules.members();
  }

  /**
   * What came of it.
   *
   * @param fenced runs that are not the node's any more
   * @param afterCommit to be called once the transaction is committed
   */
  record Reconciled(List<RunHandle> fenced, Runnable afterCommit) {}

  Reconciled reconcile(Tx tx, String nodeId, List<RunHandle> inFlight, Instant now) {
    List<RunRow> known = store.lockOfNodes(tx, List.of(nodeId));
    Set<Hold> named = inFlight.stream().map(Hold::of).collect(Collectors.toSet());
    List<RunRow> kept = known.stream().filter(r -> named.contains(Hold.of(r.handle()))).toList();
    List<RunRow> gone = known.stream().filter(r -> !named.contains(Hold.of(r.handle()))).toList();
    store.moveToServer(tx, membership.serverId(), kept);
    Set<Hold> held =
        kept.stream().map(r -> Hold.of(r.handle())).collect(Collectors.toCollection(HashSet::new));
    held.addAll(members.stillHeld(tx, nodeId));
    List<Step> steps = new ArrayList<>(members.lostBy(tx, nodeId, named, now));
    steps.addAll(lost(tx, gone, now, Remark.CAME_BACK_WITHOUT.text(nodeId)));
    Ledger.Written written = ledger.write(tx, steps);
    List<RunHandle> fenced =
        inFlight.stream().filter(handle -> !held.contains(Hold.of(handle))).toList();
    return new Reconciled(fenced, written.afterCommit());
  }

  private List<Step> lost(Tx tx, Collection<RunRow> gone, Instant now, String why) {
    Map<JobVersion.Id, JobVersion> specs =
        versions.get(tx, gone.stream().map(RunRow::version).toList());
    return gone.stream()
        .map(r -> rules.lost(r, now, JobVersion.specOf(specs.get(r.version())), why))
        .toList();
  }

  /** A hand-over without its attempt: the epoch alone tells hand-overs of a run apart. */
  record Hold(long runId, long epoch, int member) {
    static Hold of(RunHandle handle) {
      return new Hold(handle.runId(), handle.epoch(), handle.member());
    }
  }
}
