package io.oasis.server.channel;

import io.oasis.server.app.NodeSession;
import io.oasis.server.run.RunHandle;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** One welcomed stream of one node, from Welcome to its end. */
final class Session {
  private final NodeSession node;
  private final long tokenId;
  private final Outbox outbox;
  private final Set<RunHandle> inFlight = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile long heardAt;
  private volatile int busySlots;
  private volatile boolean draining;
  private volatile boolean movedOn;

  Session(
      NodeSession node,
      long tokenId,
      Outbox outbox,
      Collection<RunHandle> inFlight,
      boolean draining) {
    this.node = node;
    this.tokenId = tokenId;
    this.outbox = outbox;
    this.inFlight.addAll(inFlight);
    this.busySlots = inFlight.size();
    this.draining = draining;
    this.heardAt = System.nanoTime();
  }

  NodeSession node() {
    return node;
  }

  /** The token that opened it; without it the session has to end. */
  long tokenId() {
    return tokenId;
  }

  Outbox outbox() {
    return outbox;
  }

  void heard(int busy) {
    heardAt = System.nanoTime();
    busySlots = Math.max(0, busy);
  }

  /** Time since the last heartbeat. */
  Duration silentFor() {
    return Duration.ofNanos(System.nanoTime() - heardAt);
  }

  int busySlots() {
    return busySlots;
  }

  void began(RunHandle run) {
    inFlight.add(run);
  }

  void done(RunHandle run) {
    inFlight.remove(run);
  }

  /** Has the node stop everything that it does. */
  void fenceAll(String why) {
    inFlight.forEach(run -> outbox.send(ChannelMapping.fenced(ChannelMapping.ref(run), why)));
  }

  void startDraining() {
    draining = true;
  }

  boolean isDraining() {
    return draining;
  }

  /** The server asked the node to go elsewhere: its end of the stream is no end of the node. */
  void sentElsewhere() {
    movedOn = true;
  }

  /** True for the first caller only: who ends the session settles it. */
  boolean endOnce() {
    return over.compareAndSet(false, true);
  }

  /**
   * Whether the node has ended, and not only its stream: it has nothing to do any more, and said
   * that it goes.
   *
   * @param clean true when the node ended the stream in good order
   */
  boolean nodeHasEnded(boolean clean) {
    return inFlight.isEmpty() && (draining || (clean && !movedOn));
  }
}
