package io.oasis.server.run;

import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.run.RunReports.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Applies what nodes say of their parts of broadcasts. */
public final class MemberReports {
  private final BroadcastRules rules;
  private final MemberStore store;
  private final LedgerStore ledger;
  private final JobVersions versions;

  MemberReports(RunMachine machine, MemberStore store, LedgerStore ledger, JobVersions versions) {
    this.rules = new BroadcastRules(machine);
    this.store = store;
    this.ledger = ledger;
    this.versions = versions;
  }

  /** Writes the members and gives the steps of their broadcasts. */
  List<Step> judge(Tx tx, List<Report> reports, Instant now, Map<Report, Answer> answers) {
    if (reports.isEmpty()) {
      return List.of();
    }
    Map<Long, RunRow> runs = new HashMap<>();
    ledger
        .lock(tx, reports.stream().map(Report::run).toList())
        .forEach(run -> runs.put(run.id(), run));
    Map<RunHandle, Member> members = load(tx, runs.values());
    Map<RunHandle, Member> changed = new LinkedHashMap<>();
    for (Report report : reports) {
      RunRow run = runs.get(report.run().runId());
      Member member = members.get(report.run());
      if (run == null || member == null || run.standing().epoch() != report.run().epoch()) {
        answers.put(report, Answer.FENCED);
        continue;
      }
      answers.put(report, Answer.COMMITTED);
      BroadcastRules.after(member, report, now)
          .filter(m -> !run.state().isFinal())
          .ifPresent(
              m -> {
                members.put(m.handle(), m);
                changed.put(m.handle(), m);
              });
    }
    store.save(tx, List.copyOf(changed.values()));
    Set<Long> moved = changed.keySet().stream().map(RunHandle::runId).collect(Collectors.toSet());
    return settle(tx, runs, members, moved, now);
  }

  /**
   * Ends members that nobody will hear of again.
   *
   * @param ending gives the ended member, or empty when it goes on
   */
  public List<Step> end(
      Tx tx,
      Collection<RunRow> broadcasts,
      Instant now,
      BiFunction<RunRow, Member, Optional<Member>> ending) {
    Map<Long, RunRow> runs = new HashMap<>();
    broadcasts.forEach(run -> runs.put(run.id(), run));
    if (runs.isEmpty()) {
      return List.of();
    }
    Map<RunHandle, Member> members = load(tx, runs.values());
    Map<RunHandle, Member> changed = new LinkedHashMap<>();
    for (Member member : List.copyOf(members.values())) {
      RunRow run = runs.get(member.handle().runId());
      if (!member.state().isFinal() && member.handle().epoch() == run.standing().epoch()) {
        ending
            .apply(run, member)
            .ifPresent(
                m -> {
                  members.put(m.handle(), m);
                  changed.put(m.handle(), m);
                });
      }
    }
    store.save(tx, List.copyOf(changed.values()));
    return settle(tx, runs, members, runs.keySet(), now);
  }

  /** Ends the members that wait for a slot, of broadcasts that are asked to stop. */
  List<Step> endWaiting(Tx tx, Collection<RunRow> stopped, Instant now) {
    return end(
        tx,
        stopped,
        now,
        (run, member) ->
            member.waits()
                ? Optional.of(
                    member.ended(
                        RunState.KILLED, run.standing().stopReason(), "it was not sent yet"))
                : Optional.empty());
  }

  /** The members that the node still has; their server changes with the node's. */
  Set<NodeReturn.Hold> stillHeld(Tx tx, String nodeId) {
    return store.activeOn(tx, List.of(nodeId)).stream()
        .map(m -> NodeReturn.Hold.of(m.handle()))
        .collect(Collectors.toSet());
  }

  /**
   * Ends what the node had begun and does not name any more. A part that it never answered is not
   * among them: it is sent again.
   */
  List<Step> lostBy(Tx tx, String nodeId, Set<NodeReturn.Hold> named, Instant now) {
    Set<RunHandle> gone =
        store.activeOn(tx, List.of(nodeId)).stream()
            .filter(m -> m.state() != RunState.DISPATCHED)
            .map(Member::handle)
            .filter(handle -> !named.contains(NodeReturn.Hold.of(handle)))
            .collect(Collectors.toSet());
    if (gone.isEmpty()) {
      return List.of();
    }
    return end(
        tx,
        ledger.lock(tx, gone),
        now,
        (run, member) ->
            gone.contains(member.handle())
                ? Optional.of(
                    member.ended(
                        RunState.LOST,
                        Optional.of(ReasonCode.NODE_LOST),
                        "node " + nodeId + " came back without it"))
                : Optional.empty());
  }

  private Map<RunHandle, Member> load(Tx tx, Collection<RunRow> runs) {
    Map<RunHandle, Member> members = new LinkedHashMap<>();
    store.ofRuns(tx, runs).forEach(m -> members.put(m.handle(), m));
    return members;
  }

  private List<Step> settle(
      Tx tx, Map<Long, RunRow> runs, Map<RunHandle, Member> members, Set<Long> moved, Instant now) {
    Map<JobVersion.Id, JobVersion> specs =
        versions.get(tx, runs.values().stream().map(RunRow::version).toList());
    List<Step> steps = new ArrayList<>();
    for (Long id : moved) {
      RunRow run = runs.get(id);
      List<Member> own = members.values().stream().filter(m -> m.handle().runId() == id).toList();
      if (!run.state().isOnNode()) {
        continue;
      }
      rules.whole(run, own, JobVersion.specOf(specs.get(run.version())), now).ifPresent(steps::add);
    }
    return steps;
  }
}
