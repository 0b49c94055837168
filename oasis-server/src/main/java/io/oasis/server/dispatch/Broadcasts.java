package io.oasis.server.dispatch;

import io.oasis.manifest.JobSpec;
import io.oasis.manifest.Routing;
import io.oasis.server.app.OnlineNode;
import io.oasis.server.database.Tx;
import io.oasis.server.run.Member;
import io.oasis.server.run.MemberStore;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.Remark;
import io.oasis.server.run.Rules;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.RunMachine;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.RunState;
import io.oasis.server.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Starts broadcasts. The set of members is fixed by node identity at the first hand-over; a
 * repeated attempt goes only to members that did not succeed, on the same nodes.
 */
@ApplicationScoped
public class Broadcasts {
  private final MemberStore store;
  private final RunMachine machine;
  private final ServerNodes nodes;

  public Broadcasts(MemberStore store, Rules rules, ServerNodes nodes) {
    this.store = store;
    this.machine = rules.machine();
    this.nodes = nodes;
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
    List<Part> parts =
        run.standing().attempt() == 1
            ? all(online)
            : toRepeat(tx, run, online, spec.routing().memberLost());
    int total = run.standing().attempt() == 1 ? parts.size() : run.standing().memberCount();
    Step step = machine.broadcast(run, now, total, nodes.serverId(), limits);
    RunHandle handle = step.after().handle();
    Map<String, OnlineNode> there =
        online.stream().collect(Collectors.toMap(OnlineNode::id, Function.identity()));
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
      members.add(at(member, there.get(part.nodeId())));
    }
    return new Start(step, members);
  }

  /** How a member begins: sent, waiting for a slot of its node, or lost with it. */
  private Member at(Member member, OnlineNode node) {
    if (node == null) {
      return member.ended(
          RunState.LOST, Optional.of(ReasonCode.NODE_LOST), Remark.NODE_OFFLINE.text());
    }
    return nodes.free(node) > 0 ? member : member.waiting("all slots of the node are taken");
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

  private List<Part> toRepeat(Tx tx, RunRow run, List<OnlineNode> online, Routing.MemberLost lost) {
    Map<Integer, Member> newest = new TreeMap<>();
    store.ofRuns(tx, List.of(run)).forEach(m -> newest.put(m.handle().member(), m));
    Set<String> there = online.stream().map(OnlineNode::id).collect(Collectors.toSet());
    // First the nodes that have no part of this broadcast, then all of them in turn.
    Set<String> taken = newest.values().stream().map(Member::nodeId).collect(Collectors.toSet());
    List<String> others = new ArrayList<>();
    online.stream().map(OnlineNode::id).filter(id -> !taken.contains(id)).forEach(others::add);
    online.stream().map(OnlineNode::id).filter(taken::contains).forEach(others::add);
    List<Part> parts = new ArrayList<>();
    int next = 0;
    for (Member member : newest.values()) {
      if (member.state() != RunState.SUCCEEDED) {
        boolean moves = lost == Routing.MemberLost.REASSIGN && !there.contains(member.nodeId());
        String node = moves ? others.get(next++ % others.size()) : member.nodeId();
        parts.add(new Part(member.handle().member(), node));
      }
    }
    return parts;
  }

  private record Part(int number, String nodeId) {}
}
