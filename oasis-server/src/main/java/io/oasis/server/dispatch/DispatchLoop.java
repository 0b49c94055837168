package io.oasis.server.dispatch;

import io.oasis.server.database.Database;
import io.oasis.server.database.Isolation;
import io.oasis.server.database.Tx;
import io.oasis.server.database.Wakeups;
import io.oasis.server.loop.Loop;
import io.oasis.server.run.ReadyRuns;
import io.oasis.server.run.RunRow;
import io.oasis.server.time.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Takes runs when their time comes and has them handed over; keeps those that no node can take. */
@ApplicationScoped
public class DispatchLoop {
  private static final Logger LOG = Logger.getLogger(DispatchLoop.class);
  private static final int BATCH = 500;
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration A_MOMENT = Duration.ofMillis(2);

  private final Database database;
  private final DatabaseClock clock;
  private final ReadyRuns ready;
  private final RunDispatcher dispatcher;
  private final NodeSender sender;
  private final ServerNodes nodes;
  private final Wakeups wakeups;
  private final NodeQueue waiting = new NodeQueue();
  private final AtomicLong freed = new AtomicLong();
  private final Loop loop = new Loop("dispatch", this::runOnce);

  public DispatchLoop(
      Database database,
      DatabaseClock clock,
      ReadyRuns ready,
      RunDispatcher dispatcher,
      NodeSender sender,
      ServerNodes nodes,
      Wakeups wakeups) {
    this.database = database;
    this.clock = clock;
    this.ready = ready;
    this.dispatcher = dispatcher;
    this.sender = sender;
    this.nodes = nodes;
    this.wakeups = wakeups;
  }

  void start() {
    ready.onAdded(loop::wake);
    loop.start();
  }

  void stop(Duration patience) {
    loop.stop(patience);
  }

  /** What this server has claimed and not handed over; it is not its any more. */
  List<RunRow> drain() {
    List<RunRow> left = new ArrayList<>(ready.drain());
    left.addAll(waiting.drain());
    return left;
  }

  /** One batch of runs whose time has come. */
  Duration runOnce() {
    Instant taken = clock.instant();
    List<RunRow> due = ready.takeDue(taken, BATCH);
    if (due.isEmpty()) {
      return untilNext();
    }
    try {
      handOver(due, taken);
    } catch (RuntimeException e) {
      if (!Isolation.mayBeAnItems(e)) {
        lookLater(due);
        throw e;
      }
      apart(due, taken);
    }
    return untilNext();
  }

  /** The same for each part of a batch that failed; a run that fails alone is over. */
  private void apart(List<RunRow> due, Instant taken) {
    try {
      Isolation.halve(due, part -> handOver(part, taken), this::giveUp);
    } catch (RuntimeException e) {
      lookLater(due);
      throw e;
    }
  }

  private void giveUp(RunRow run, RuntimeException cause) {
    LOG.errorf(cause, "run=%d cannot be handed over", run.id());
    String message = "it cannot be handed over: " + Isolation.line(cause);
    try {
      database.call(tx -> dispatcher.giveUp(tx, run, message, clock.instant())).run();
    } catch (RuntimeException e) {
      if (!Isolation.mayBeAnItems(e)) {
        throw e;
      }
      // Its wake_at brings it back in a few seconds; the others go on.
      LOG.errorf(e, "run=%d cannot be ended either", run.id());
    }
  }

  /** Their hand-over leases bring them back as well; this is only sooner. */
  private void lookLater(List<RunRow> due) {
    Instant later = clock.instant().plus(IDLE);
    due.forEach(run -> ready.add(run, later));
  }

  private void handOver(List<RunRow> due, Instant taken) {
    long freedBefore = freed.get();
    List<NodeSender.Parcel> reserved = new ArrayList<>();
    RunDispatcher.Batch batch;
    try {
      batch = database.call(tx -> dispatch(tx, due, taken, reserved));
    } catch (RuntimeException e) {
      sender.release(reserved);
      throw e;
    }
    batch.afterCommit().run();
    // Before anything is sent: a node may be done with it, and say that it is free, at once.
    Set<Long> stillWaiting = batch.waiting().stream().map(RunRow::id).collect(Collectors.toSet());
    due.stream().filter(run -> !stillWaiting.contains(run.id())).forEach(waiting::remove);
    batch.waiting().forEach(waiting::add);
    sender.sendReserved(reserved);
    // A slot that was freed while this batch was decided found nobody that waits.
    if (freed.get() != freedBefore) {
      batch.waiting().stream().map(run -> run.origin().appId()).distinct().forEach(this::offer);
    }
    Instant soon = clock.instant().plus(A_MOMENT);
    batch.again().forEach(run -> ready.add(run, soon));
  }

  private RunDispatcher.Batch dispatch(
      Tx tx, List<RunRow> due, Instant taken, List<NodeSender.Parcel> reserved) {
    // A measurement meanwhile may have set our idea of the database's time back a little: no
    // hand-over is written with a time before the one that made its run due.
    Instant now = clock.instant();
    RunDispatcher.Batch batch = dispatcher.dispatch(tx, due, now.isBefore(taken) ? taken : now);
    boolean others = false;
    for (NodeSender.Parcel parcel : sender.pack(tx, batch.handedOver(), batch.members())) {
      if (nodes.isOwn(parcel.nodeId())) {
        reserved.add(parcel);
      } else {
        others = true;
      }
    }
    if (others) {
      wakeups.send(tx, Wakeups.RUNS);
    }
    if (batch.told()) {
      wakeups.send(tx, Wakeups.WAITING);
    }
    sender.reserve(reserved);
    return batch;
  }

  private Duration untilNext() {
    Duration next = ready.nextAt().map(at -> Duration.between(clock.instant(), at)).orElse(IDLE);
    return next.isNegative() ? Duration.ZERO : next.compareTo(IDLE) > 0 ? IDLE : next;
  }

  /** A node of the app has room: the oldest runs that wait here for one are tried again. */
  void offerRoom(long appId) {
    freed.incrementAndGet();
    offer(appId);
  }

  /** How many runs of the app wait in this server's memory. */
  int waiting(long appId) {
    return waiting.size(appId);
  }

  private void offer(long appId) {
    List<RunRow> again = waiting.take(appId, Math.max(1, nodes.freeSlots(appId)));
    if (!again.isEmpty()) {
      ready.add(again);
    }
  }
}
