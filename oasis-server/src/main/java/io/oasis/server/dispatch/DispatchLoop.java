package io.oasis.server.dispatch;

import io.oasis.server.app.NodeRegistry;
import io.oasis.server.app.OnlineNode;
import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.database.Wakeups;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.loop.Loop;
import io.oasis.server.run.ReadyRuns;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.RunRow;
import io.oasis.server.time.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Takes runs when their time comes and has them handed over; keeps those that no node can take. */
@ApplicationScoped
public class DispatchLoop implements WaitingRuns {
  private static final int BATCH = 500;
  private static final int REMEMBERED = 10_000;
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration A_MOMENT = Duration.ofMillis(2);

  private final Database database;
  private final DatabaseClock clock;
  private final ReadyRuns ready;
  private final DispatchParts parts;
  private final RunDispatcher dispatcher;
  private final NodeSender sender;
  private final NodeRegistry nodes;
  private final Signals signals;
  private final Map<Long, Map<Long, RunRow>> waiting = new ConcurrentHashMap<>();
  private final AtomicLong freed = new AtomicLong();
  private final Loop loop = new Loop("dispatch", this::runOnce);

  /** How servers tell each other. */
  record Signals(Wakeups wakeups, ServerMembership membership) {}

  public DispatchLoop(
      Database database,
      DatabaseClock clock,
      ReadyRuns ready,
      DispatchParts parts,
      NodeSender sender,
      NodeRegistry nodes,
      Wakeups wakeups) {
    this.database = database;
    this.clock = clock;
    this.ready = ready;
    this.parts = parts;
    this.dispatcher = parts.dispatcher();
    this.sender = sender;
    this.nodes = nodes;
    this.signals = new Signals(wakeups, parts.membership());
  }

  void start() {
    ready.onAdded(loop::wake);
    loop.start();
  }

  void stop(Duration patience) {
    loop.stop(patience);
  }

  /** One batch of runs whose time has come. */
  Duration runOnce() {
    long freedBefore = freed.get();
    List<RunRow> due = ready.takeDue(clock.instant(), BATCH);
    if (due.isEmpty()) {
      return untilNext();
    }
    List<NodeSender.Parcel> reserved = new ArrayList<>();
    RunDispatcher.Batch batch;
    try {
      batch = database.call(tx -> dispatch(tx, due, reserved));
    } catch (RuntimeException e) {
      sender.release(reserved);
      // Their hand-over leases bring them back as well; this is only sooner.
      Instant later = clock.instant().plus(IDLE);
      due.forEach(run -> ready.add(run, later));
      throw e;
    }
    batch.afterCommit().run();
    // Before anything is sent: a node may be done with it, and say that it is free, at once.
    Set<Long> stillWaiting = batch.waiting().stream().map(RunRow::id).collect(Collectors.toSet());
    due.stream().filter(run -> !stillWaiting.contains(run.id())).forEach(this::forget);
    batch.waiting().forEach(this::remember);
    sender.sendReserved(reserved);
    // A slot that was freed while this batch was decided found nobody that waits.
    if (freed.get() != freedBefore) {
      batch.waiting().stream().map(run -> run.origin().appId()).distinct().forEach(this::offer);
    }
    Instant soon = clock.instant().plus(A_MOMENT);
    batch.again().forEach(run -> ready.add(run, soon));
    return untilNext();
  }

  private RunDispatcher.Batch dispatch(Tx tx, List<RunRow> due, List<NodeSender.Parcel> reserved) {
    RunDispatcher.Batch batch = dispatcher.dispatch(tx, due, clock.instant());
    boolean others = false;
    for (NodeSender.Parcel parcel : sender.pack(tx, batch.handedOver(), batch.members())) {
      boolean ours =
          nodes
              .find(parcel.nodeId())
              .map(OnlineNode::serverId)
              .filter(signals.membership().serverId()::equals)
              .isPresent();
      if (ours) {
        reserved.add(parcel);
      } else {
        others = true;
      }
    }
    if (others) {
      signals.wakeups().send(tx, Wakeups.RUNS);
    }
    sender.reserve(reserved);
    return batch;
  }

  private Duration untilNext() {
    Duration next = ready.nextAt().map(at -> Duration.between(clock.instant(), at)).orElse(IDLE);
    return next.isNegative() ? Duration.ZERO : next.compareTo(IDLE) > 0 ? IDLE : next;
  }

  /** Forgetting one costs a few seconds: its {@code wake_at} brings it back. */
  private void remember(RunRow run) {
    Map<Long, RunRow> queue =
        waiting.computeIfAbsent(run.origin().appId(), app -> new LinkedHashMap<>());
    synchronized (queue) {
      if (queue.size() < REMEMBERED) {
        queue.put(run.id(), run);
      }
    }
  }

  /** It went another way meanwhile; offering it a slot would waste that slot. */
  private void forget(RunRow run) {
    Map<Long, RunRow> queue = waiting.get(run.origin().appId());
    if (queue != null) {
      synchronized (queue) {
        queue.remove(run.id());
      }
    }
  }

  @Override
  public void nodeConnected(String nodeId, Collection<RunHandle> kept) {
    parts.load().connected(nodeId, kept);
  }

  @Override
  public void over(String nodeId, RunHandle run) {
    parts.load().remove(nodeId, run);
  }

  @Override
  public void nodeAvailable(long appId) {
    freed.incrementAndGet();
    offer(appId);
  }

  private void offer(long appId) {
    Map<Long, RunRow> queue = waiting.get(appId);
    if (queue == null) {
      return;
    }
    int room = Math.max(1, parts.freeSlots(appId));
    List<RunRow> again = new ArrayList<>();
    synchronized (queue) {
      Iterator<RunRow> oldest = queue.values().iterator();
      while (oldest.hasNext() && again.size() < room) {
        again.add(oldest.next());
        oldest.remove();
      }
    }
    if (!again.isEmpty()) {
      ready.add(again);
    }
  }
}
