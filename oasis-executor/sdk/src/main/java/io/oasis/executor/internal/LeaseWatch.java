package io.oasis.executor.internal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Knows for how long the server still takes this process for alive (FN7). Loop thread only.
 *
 * <p>The lease counts from the sending of the last heartbeat that the server has answered, not from
 * the answer, so the server's own count can never end earlier than ours. It ends a margin (a fifth,
 * at most 5 s) before the server's, in which the work has to stop. With a server that never answers
 * heartbeats it counts from the last heartbeat that went out on an open stream, and a cut network
 * is noticed only by the transport's pings.
 */
final class LeaseWatch {
  private static final Duration LONGEST_MARGIN = Duration.ofSeconds(5);
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(1);

  private final EventLoop loop;
  private final LongSupplier nanoTime;
  private final Consumer<Duration> onLost;
  private final ArrayDeque<Long> unanswered = new ArrayDeque<>();
  private boolean answers;
  private long contact;
  private Duration lease = Duration.ofSeconds(15);
  private EventLoop.Timer timer;

  /**
   * Makes a watch that does not run yet.
   *
   * @param onLost told when the lease is over, with the time that the work may take to stop
   */
  LeaseWatch(EventLoop loop, LongSupplier nanoTime, Consumer<Duration> onLost) {
    this.loop = loop;
    this.nanoTime = nanoTime;
    this.onLost = onLost;
  }

  /** A server has welcomed us: it counts from our Hello. */
  void welcomed(long helloSentNanos, Duration newLease) {
    unanswered.clear();
    answers = false;
    lease = newLease;
    renew(helloSentNanos);
  }

  void heartbeatSent() {
    long now = nanoTime.getAsLong();
    if (!answers) {
      unanswered.clear();
      renew(now);
    }
    unanswered.add(now);
  }

  void heartbeatAnswered() {
    answers = true;
    Long sent = unanswered.poll();
    if (sent != null) {
      renew(sent);
    }
  }

  /**
   * Whether heartbeats stay unanswered for so long that the stream must be taken for dead. A third
   * of the lease leaves time to reach another server before our work has to stop.
   */
  boolean isSilent() {
    Long oldest = unanswered.peek();
    Duration patience = lease.dividedBy(3);
    if (patience.compareTo(LEAST_PATIENCE) < 0) {
      patience = LEAST_PATIENCE;
    }
    return answers && oldest != null && nanoTime.getAsLong() - oldest > patience.toNanos();
  }

  /**
   * Whether the lease is over, be it noticed or not. After a suspension of the process, what came
   * meanwhile is read before any timer rings.
   */
  boolean isOver() {
    return nanoTime.getAsLong() - contact >= lease.minus(margin()).toNanos();
  }

  void stop() {
    if (timer != null) {
      timer.cancel();
    }
  }

  private void renew(long newContact) {
    contact = newContact;
    stop();
    Duration margin = margin();
    long left = contact + lease.minus(margin).toNanos() - nanoTime.getAsLong();
    timer =
        loop.after(Duration.ofNanos(Math.max(0, left)), () -> onLost.accept(margin.dividedBy(2)));
  }

  private Duration margin() {
    Duration fifth = lease.dividedBy(5);
    return fifth.compareTo(LONGEST_MARGIN) > 0 ? LONGEST_MARGIN : fifth;
  }
}
