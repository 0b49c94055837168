package io.oasis.server.dispatch;

import io.oasis.server.database.Isolation;
import io.oasis.server.loop.Loop;
import io.oasis.server.run.ReadyRuns;
import io.oasis.server.run.RunRow;
import io.oasis.server.time.DatabaseClock;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Takes runs when their time comes and has them handed over; keeps those that no node can take. */
@Singleton
public class DispatchLoop {
  private static final Logger LOG = Logger.getLogger(DispatchLoop.class);
  private static final int BATCH = 500;

  /** Runs that come due within this after the first of them are one batch. */
  private static final Duration GATHER = Duration.ofNanos(500_000);

  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration A_MOMENT = Duration.ofMillis(2);

  private final DatabaseClock clock;
  private final ReadyRuns ready;
  private final HandOver handOver;
  private final ServerNodes nodes;
  private final NodeQueue waiting = new NodeQueue();
  private final AtomicLong freed = new AtomicLong();
  private final Loop loop = new Loop("dispatch", this::runOnce);

  public DispatchLoop(DatabaseClock clock, ReadyRuns ready, HandOver handOver, ServerNodes nodes) {
    this.clock = clock;
    this.ready = ready;
    this.handOver = handOver;
    this.nodes = nodes;
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
    } finally {
      ready.decided();
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
    waiting.remove(run);
    String message = "it cannot be handed over: " + Isolation.line(cause);
    try {
      handOver.giveUp(run, message);
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
    List<RunRow> left = settle(due, handOver.quickly(due, taken));
    if (!left.isEmpty()) {
      settle(left, handOver.thoroughly(left, taken));
    }
    // A slot that was freed while this batch was decided found nobody that waits.
    if (freed.get() != freedBefore) {
      due.stream().map(run -> run.origin().appId()).distinct().forEach(this::offer);
    }
  }

  /**
   * Notes what became of them before anything is sent, and then sends; the answer is what is left.
   */
  private List<RunRow> settle(List<RunRow> due, HandOver.Committed committed) {
    Set<Long> open =
        Stream.concat(committed.waiting().stream(), committed.left().stream())
            .map(RunRow::id)
            .collect(Collectors.toSet());
    due.stream().filter(run -> !open.contains(run.id())).forEach(waiting::remove);
    committed.waiting().forEach(waiting::add);
    committed.send().run();
    Instant soon = clock.instant().plus(A_MOMENT);
    committed.again().forEach(run -> ready.add(run, soon));
    return committed.left();
  }

  private Duration untilNext() {
    Duration next =
        ready.nextAt(GATHER).map(at -> Duration.between(clock.instant(), at)).orElse(IDLE);
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

  /** How many runs of the app want a slot of a node and are in this server's memory. */
  int wanting(long appId) {
    return waiting.wanting(appId);
  }

  private void offer(long appId) {
    if (waiting.size(appId) == 0) {
      return;
    }
    List<RunRow> again = waiting.offer(appId, nodes.freeSlots(appId));
    if (!again.isEmpty()) {
      ready.add(again, endOfMoment(clock.instant()));
    }
  }

  /** Slots that become free within the same moment are one batch. */
  private static Instant endOfMoment(Instant now) {
    long moment = A_MOMENT.toNanos();
    return now.plusNanos(moment - now.getLong(ChronoField.NANO_OF_SECOND) % moment);
  }
}
