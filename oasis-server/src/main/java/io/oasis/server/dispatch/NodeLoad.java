package io.oasis.server.dispatch;

import io.oasis.server.app.OnlineNode;
import io.oasis.server.database.Tx;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.run.LedgerListener;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.Step;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this server has sent to which node and not heard the end of: the slots that are taken before
 * the node's next heartbeat says so, and the memory that keeps a hand-over from being sent twice.
 *
 * <p>It comes before the other listeners: who looks for room after a commit finds what it made.
 */
@Singleton
@Priority(100)
public class NodeLoad implements LedgerListener {
  private final Map<String, Carried> byNode = new ConcurrentHashMap<>();

  private final ServerMembership membership;

  public NodeLoad(ServerMembership membership) {
    this.membership = membership;
  }

  /** One hand-over, or one part of a broadcast's. */
  private record Sent(long runId, long epoch, int member) {
    static Sent of(RunHandle handle) {
      return new Sent(handle.runId(), handle.epoch(), handle.member());
    }

    @Override
    public int hashCode() {
      return Long.hashCode(runId) * 31 + Long.hashCode(epoch) + member;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Sent sent
          && sent.runId == runId
          && sent.epoch == epoch
          && sent.member == member;
    }
  }

  /**
   * What one node was sent and the ledger has not ended, and whether the node still works on it.
   */
  private static final class Carried {
    private final Map<Sent, Boolean> working = new HashMap<>();
    private int busy;

    synchronized boolean add(Sent sent) {
      boolean fresh = working.putIfAbsent(sent, true) == null;
      busy += fresh ? 1 : 0;
      return fresh;
    }

    synchronized boolean has(Sent sent) {
      return working.containsKey(sent);
    }

    synchronized void done(Sent sent) {
      if (working.replace(sent, true, false)) {
        busy--;
      }
    }

    synchronized void remove(Sent sent) {
      if (Boolean.TRUE.equals(working.remove(sent))) {
        busy--;
      }
    }

    synchronized void removeRun(long runId) {
      working.keySet().stream().filter(s -> s.runId() == runId).toList().forEach(this::remove);
    }

    synchronized int busy() {
      return busy;
    }
  }

  /** Notes that the node is sent this; false when it was before. */
  public boolean add(String nodeId, RunHandle handle) {
    return byNode.computeIfAbsent(nodeId, n -> new Carried()).add(Sent.of(handle));
  }

  /** True when the node was sent this and the ledger has not ended it. */
  boolean has(String nodeId, RunHandle handle) {
    Carried carried = byNode.get(nodeId);
    return carried != null && carried.has(Sent.of(handle));
  }

  /** The node has done its work, so that it has a slot free; the ledger does not say so yet. */
  void done(String nodeId, RunHandle handle) {
    Carried carried = byNode.get(nodeId);
    if (carried != null) {
      carried.done(Sent.of(handle));
    }
  }

  /** Forgets it: it is over, or it could not be sent. */
  public void remove(String nodeId, RunHandle handle) {
    Carried carried = byNode.get(nodeId);
    if (carried != null) {
      carried.remove(Sent.of(handle));
    }
  }

  /** Forgets all of a run on every node, in whichever hand-over. */
  private void removeRun(long runId) {
    byNode.values().forEach(carried -> carried.removeRun(runId));
  }

  /**
   * Free slots of a node, as far as this server knows; never negative. A node of another server is
   * judged by its heartbeats alone; it may refuse, and then the next one is asked.
   */
  public int free(OnlineNode node) {
    // A node that went to another server is sent its runs from there, and ends them there.
    Carried sent = node.serverId().equals(membership.serverId()) ? byNode.get(node.id()) : null;
    // Heartbeats are seconds old: of a node that we send to, what we sent is the better number.
    int busy = sent == null ? node.busySlots() : sent.busy();
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
    Carried carried = new Carried();
    kept.forEach(handle -> carried.add(Sent.of(handle)));
    byNode.put(nodeId, carried);
  }

  /** The node is gone, and what it had with it. */
  public void forget(String nodeId) {
    byNode.remove(nodeId);
  }
}
