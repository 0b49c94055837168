package io.oasis.server.dispatch;

import io.oasis.server.app.NodeRegistry;
import io.oasis.server.app.OnlineNode;
import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.database.Wakeups;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.loop.Loop;
import io.oasis.server.run.ReadyRuns;
import io.oasis.server.run.RunRow;
import io.oasis.server.time.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Takes runs when their time comes and has them handed over; keeps those that no node can take. */
@ApplicationScoped
public class DispatchLoop implements WaitingRuns {
  private static final int BATCH = 500;
  private static final int REMEMBERED = 10_000;
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final Database database;
  private final DatabaseClock clock;
  private final ReadyRuns ready;
  private final DispatchParts parts;
  private final RunDispatcher dispatcher;
  private final NodeSender sender;
  private final NodeRegistry nodes;
  private final Signals signals;
  private final Map<Long, Deque<RunRow>> waiting = new ConcurrentHashMap<>();
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
    List<RunRow> due = ready.takeDue(clock.instant(), BATCH);
    if (due.isEmpty()) {
      return untilNext();
    }
    Done done;
    try {
      done = database.call(tx -> dispatch(tx, due));
    } catch (RuntimeException e) {
      // Their hand-over leases bring them back as well; this is only sooner.
      Instant later = clock.instant().plus(IDLE);
      due.forEach(run -> ready.add(run, later));
      throw e;
    }
    done.batch().afterCommit().run();
    sender.sendOwn(done.parcels(), done.ownNodes());
    done.batch().waiting().forEach(this::remember);
    return untilNext();
  }

  private record Done(
      RunDispatcher.Batch batch, List<NodeSender.Parcel> parcels, Set<String> ownNodes) {}

  private Done dispatch(Tx tx, List<RunRow> due) {
    RunDispatcher.Batch batch = dispatcher.dispatch(tx, due, clock.instant());
    List<NodeSender.Parcel> parcels = sender.pack(tx, batch.handedOver(), batch.members());
    Set<String> own = new HashSet<>();
    Set<String> others = new HashSet<>();
    for (NodeSender.Parcel parcel : parcels) {
      boolean ours =
          nodes
              .find(parcel.nodeId())
              .map(OnlineNode::serverId)
              .filter(signals.membership().serverId()::equals)
              .isPresent();
      (ours ? own : others).add(parcel.nodeId());
    }
    if (!others.isEmpty()) {
      signals.wakeups().send(tx, Wakeups.RUNS);
    }
    return new Done(batch, parcels, own);
  }

  private Duration untilNext() {
    Duration next = ready.nextAt().map(at -> Duration.between(clock.instant(), at)).orElse(IDLE);
    return next.isNegative() ? Duration.ZERO : next.compareTo(IDLE) > 0 ? IDLE : next;
  }

  /** Forgetting one costs a few seconds: its {@code wake_at} brings it back. */
  private void remember(RunRow run) {
    Deque<RunRow> queue = waiting.computeIfAbsent(run.origin().appId(), app -> new ArrayDeque<>());
    synchronized (queue) {
      if (queue.size() < REMEMBERED) {
        queue.add(run);
      }
    }
  }

  @Override
  public void nodeAvailable(long appId) {
    Deque<RunRow> queue = waiting.get(appId);
    if (queue == null) {
      return;
    }
    int room = parts.freeSlots(appId);
    List<RunRow> again = new ArrayList<>();
    synchronized (queue) {
      while (!queue.isEmpty() && again.size() < Math.max(1, room)) {
        again.add(queue.poll());
      }
    }
    if (!again.isEmpty()) {
      ready.add(again);
    }
  }
}
