package io.oasis.server.dispatch;

import io.oasis.manifest.JobSpec;
import io.oasis.server.app.OnlineNode;
import io.oasis.server.database.Tx;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.run.Member;
import io.oasis.server.run.MemberStore;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.Rules;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.RunMachine;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.RunState;
import io.oasis.server.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Starts broadcasts. The set of members is fixed by node identity at the first hand-over; a
 * repeated attempt goes only to members that did not succeed, on the same nodes.
 */
@ApplicationScoped
public class Broadcasts {
  private final MemberStore store;
  private final RunMachine machine;
  private final ServerMembership membership;

  public Broadcasts(MemberStore store, Rules rules, ServerMembership membership) {
    this.store = store;
    this.machine = rules.machine();
    this.membership = membership;
  }

  /** A broadcast that is handed over, and its parts. */
  record Start(Step step, List<Member> members) {}

  Start start(
      Tx tx,
      RunRow run,
      JobSpec spec,
      List<OnlineNode> online,
      Instant now,
      RunMachine.Limits limits) {
    List<Part> parts = run.standing().attempt() == 1 ? all(online) : toRepeat(tx, run);
    int total = run.standing().attempt() == 1 ? parts.size() : run.standing().memberCount();
    Step step = machine.broadcast(run, now, total, membership.serverId(), limits);
    RunHandle handle = step.after().handle();
    Set<String> there = online.stream().map(OnlineNode::id).collect(Collectors.toSet());
    List<Member> members = new ArrayList<>();
    for (Part part : parts) {
      Member member =
          Member.handedOver(
              new RunHandle(
                  handle.runId(),
                  handle.nominalAt(),
                  handle.attempt(),
                  handle.epoch(),
                  part.number()),
              part.nodeId(),
              now);
      members.add(
          there.contains(part.nodeId())
              ? member
              : member.ended(
                  RunState.LOST, Optional.of(ReasonCode.NODE_LOST), "the node is not online"));
    }
    return new Start(step, members);
  }

  /** Writes the parts of broadcasts whose hand-over was written. */
  void save(Tx tx, List<Member> members) {
    store.insert(tx, members);
    store.save(tx, members.stream().filter(m -> m.state().isFinal() || m.waits()).toList());
  }

  private static List<Part> all(List<OnlineNode> online) {
    List<Part> parts = new ArrayList<>();
    for (OnlineNode node : online) {
      parts.add(new Part(parts.size() + 1, node.id()));
    }
    return parts;
  }

  private List<Part> toRepeat(Tx tx, RunRow run) {
    Map<Integer, Member> newest = new HashMap<>();
    store.ofRuns(tx, List.of(run)).forEach(m -> newest.put(m.handle().member(), m));
    return newest.values().stream()
        .filter(m -> m.state() != RunState.SUCCEEDED)
        .map(m -> new Part(m.handle().member(), m.nodeId()))
        .toList();
  }

  private record Part(int number, String nodeId) {}
}
