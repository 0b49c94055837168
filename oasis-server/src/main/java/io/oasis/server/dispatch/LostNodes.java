package io.oasis.server.dispatch;

import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.run.Ending;
import io.oasis.server.run.Ledger;
import io.oasis.server.run.LedgerStore;
import io.oasis.server.run.Member;
import io.oasis.server.run.MemberStore;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.Rules;
import io.oasis.server.run.RunEvent;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.RunState;
import io.oasis.server.run.Step;
import io.oasis.server.time.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What becomes of the runs of nodes that are gone. */
@ApplicationScoped
public class LostNodes {
  private final LedgerStore store;
  private final MemberStore members;
  private final JobVersions versions;
  private final Rules rules;
  private final Ledger ledger;
  private final DatabaseClock clock;

  public LostNodes(
      LedgerStore store,
      MemberStore members,
      JobVersions versions,
      Rules rules,
      Ledger ledger,
      DatabaseClock clock) {
    this.store = store;
    this.members = members;
    this.versions = versions;
    this.rules = rules;
    this.ledger = ledger;
    this.clock = clock;
  }

  /** The runs that the nodes have, broadcasts with a member on one of them included; locked. */
  List<RunRow> runsOf(Tx tx, Collection<String> nodes) {
    List<RunRow> runs = new ArrayList<>(store.lockOfNodes(tx, nodes));
    Set<RunHandle> broadcasts =
        members.activeOn(tx, nodes).stream().map(Member::handle).collect(Collectors.toSet());
    if (!broadcasts.isEmpty()) {
      runs.addAll(store.lock(tx, broadcasts));
    }
    return runs;
  }

  /** Ends what the nodes have of these runs; the answer is for after the commit. */
  Runnable end(Tx tx, Collection<String> nodes, List<RunRow> runs, Departure how) {
    Instant at = clock.instant();
    Map<JobVersion.Id, JobVersion> known =
        versions.get(tx, runs.stream().map(RunRow::version).toList());
    List<Step> steps = new ArrayList<>();
    List<RunRow> broadcasts = new ArrayList<>();
    for (RunRow run : runs) {
      if (run.standing().memberCount() > 0) {
        broadcasts.add(run);
      } else {
        steps.add(
            rules
                .reports()
                .lost(
                    run,
                    at,
                    JobVersion.specOf(known.get(run.version())),
                    how.said(run.standing().nodeId().orElse("?"))));
      }
    }
    steps.addAll(endMembers(tx, new HashSet<>(nodes), broadcasts, at, how));
    return ledger.write(tx, steps).afterCommit();
  }

  /** Ends a run of a lost node whose step failed; the answer is for after the commit. */
  Runnable giveUp(Tx tx, RunRow run, String message) {
    Instant at = clock.instant();
    List<Step> steps =
        store.lock(tx, List.of(run.handle())).stream()
            .filter(r -> r.state().isOnNode() && r.handle().equals(run.handle()))
            .map(
                r ->
                    rules
                        .machine()
                        .over(r, at, RunEvent.FAILED, Ending.of(ReasonCode.INTERNAL, message)))
            .toList();
    return ledger.write(tx, steps).afterCommit();
  }

  private List<Step> endMembers(
      Tx tx, Set<String> lost, List<RunRow> broadcasts, Instant at, Departure how) {
    return rules
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
                            how.said(member.nodeId())))
                    : Optional.empty());
  }
}
