package io.oasis.server.dispatch;

import io.oasis.server.app.OnlineNode;
import io.oasis.server.database.Tx;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.run.LedgerListener;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this server has sent to which node and not heard the end of: the slots that are taken before
 * the node's next heartbeat says so, and the memory that keeps a hand-over from being sent twice.
 */
@ApplicationScoped
public class NodeLoad implements LedgerListener {
  private final Map<String, Set<Sent>> byNode = new ConcurrentHashMap<>();

  private final ServerMembership membership;

  public NodeLoad(ServerMembership membership) {
    this.membership = membership;
  }

  /** One hand-over, or one part of a broadcast's. */
  private record Sent(long runId, long epoch, int member) {
    static Sent of(RunHandle handle) {
      return new Sent(handle.runId(), handle.epoch(), handle.member());
    }
  }

  /** Notes that the node is sent this; false when it was before. */
  public boolean add(String nodeId, RunHandle handle) {
    return byNode.computeIfAbsent(nodeId, n -> ConcurrentHashMap.newKeySet()).add(Sent.of(handle));
  }

  /** True when the node was sent this and has not ended it. */
  boolean has(String nodeId, RunHandle handle) {
    return byNode.getOrDefault(nodeId, Set.of()).contains(Sent.of(handle));
  }

  /** Forgets it: it is over, or it could not be sent. */
  public void remove(String nodeId, RunHandle handle) {
    Set<Sent> sent = byNode.get(nodeId);
    if (sent != null) {
      sent.remove(Sent.of(handle));
    }
  }

  /** Forgets all of a run on every node, in whichever hand-over. */
  private void removeRun(long runId) {
    byNode.values().forEach(sent -> sent.removeIf(s -> s.runId() == runId));
  }

  /**
   * Free slots of a node, as far as this server knows; never negative. A node of another server is
   * judged by its heartbeats alone; it may refuse, and then the next one is asked.
   */
  public int free(OnlineNode node) {
    // A node that went to another server is sent its runs from there, and ends them there.
    Set<Sent> sent = node.serverId().equals(membership.serverId()) ? byNode.get(node.id()) : null;
    // Heartbeats are seconds old: of a node that we send to, what we sent is the better number.
    int busy = sent == null ? node.busySlots() : sent.size();
    return Math.max(0, node.slots() - busy);
  }

  @Override
  public Runnable written(Tx tx, List<Step> steps) {
    return () ->
        steps.forEach(
            step -> {
              if (step.leavesNode()) {
                remove(step.before().standing().nodeId().orElseThrow(), step.before().handle());
              }
              if (step.before().standing().memberCount() > 0 && !step.after().state().isOnNode()) {
                removeRun(step.before().id());
              }
            });
  }

  /** The node has a new stream to this server: this is what it has, and nothing else. */
  void connected(String nodeId, Collection<RunHandle> kept) {
    Set<Sent> sent = ConcurrentHashMap.newKeySet();
    kept.forEach(handle -> sent.add(Sent.of(handle)));
    byNode.put(nodeId, sent);
  }

  /** The node is gone, and what it had with it. */
  public void forget(String nodeId) {
    byNode.remove(nodeId);
  }
}
