package io.oasis.server.dispatch;

import io.oasis.server.app.NodeStore;
import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.run.Ledger;
import io.oasis.server.run.LedgerStore;
import io.oasis.server.run.MemberStore;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.Rules;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.RunState;
import io.oasis.server.run.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Ends the runs of nodes that have not been heard of for their whole lease. It acts only when this
 * server itself has renewed its lease without a break for longer than that: right after a start or
 * an outage of the database every node looks silent, and none of them is to blame.
 */
final class LostNodeReaper {
  private static final Logger LOG = Logger.getLogger(LostNodeReaper.class);
  private static final int BATCH = 100;
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final Database database;
  private final RunWatcher.Now now;
  private final NodeStore nodes;
  private final LedgerStore store;
  private final MemberStore members;
  private final Ending ending;
  private final Duration nodeLease;

  /** How runs are ended. */
  record Ending(Ledger ledger, Rules rules, NodeLoad load) {}

  LostNodeReaper(
      Database database,
      RunWatcher.Now now,
      NodeStore nodes,
      LedgerStore store,
      MemberStore members,
      Ending ending,
      Duration nodeLease) {
    this.database = database;
    this.now = now;
    this.nodes = nodes;
    this.store = store;
    this.members = members;
    this.ending = ending;
    this.nodeLease = nodeLease;
  }

  /** One look. */
  Duration runOnce() {
    if (now.membership().continuouslyRenewedFor().compareTo(nodeLease) < 0) {
      return EVERY;
    }
    Reaped reaped = database.call(this::reap);
    reaped.nodeIds().forEach(ending.load()::forget);
    reaped.afterCommit().run();
    return reaped.nodeIds().size() == BATCH ? Duration.ZERO : EVERY;
  }

  private record Reaped(List<String> nodeIds, Runnable afterCommit) {}

  private Reaped reap(Tx tx) {
    List<String> lost = nodes.endExpired(tx, BATCH);
    if (lost.isEmpty()) {
      return new Reaped(lost, () -> {});
    }
    Instant at = now.clock().instant();
    List<RunRow> runs = store.lockOfNodes(tx, lost);
    Map<JobVersion.Id, JobVersion> versions =
        now.versions().get(tx, runs.stream().map(RunRow::version).toList());
    List<Step> steps = new ArrayList<>();
    for (RunRow run : runs) {
      steps.add(
          ending
              .rules()
              .reports()
              .lost(run, at, versions.get(run.version()).spec(), said(run.standing().nodeId())));
    }
    steps.addAll(lostMembers(tx, new HashSet<>(lost), at));
    LOG.infof("%d nodes are lost with %d runs: %s", lost.size(), steps.size(), lost);
    return new Reaped(lost, ending.ledger().write(tx, steps).afterCommit());
  }

  private List<Step> lostMembers(Tx tx, Set<String> lost, Instant at) {
    Set<RunHandle> handles =
        members.activeOn(tx, lost).stream().map(m -> m.handle()).collect(Collectors.toSet());
    List<RunRow> broadcasts = handles.isEmpty() ? List.of() : store.lock(tx, handles);
    return ending
        .rules()
        .members()
        .end(
            tx,
            broadcasts,
            at,
            (run, member) ->
                lost.contains(member.nodeId())
                    ? Optional.of(
                        member.ended(
                            RunState.LOST,
                            Optional.of(ReasonCode.NODE_LOST),
                            said(Optional.of(member.nodeId()))))
                    : Optional.empty());
  }

  private static String said(Optional<String> node) {
    return "no heartbeat of node " + node.orElse("?") + " within its lease";
  }
}
