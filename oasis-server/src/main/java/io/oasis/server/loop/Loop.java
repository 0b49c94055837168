package io.oasis.server.loop;

import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Turns a {@link LoopStep} again and again on a daemon thread of its own, until it is stopped. It
 * waits precisely, wakes on demand, and outlives every failure of its step.
 */
public final class Loop {
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final String name;
  private final LoopStep step;
  private final FailureLog failures;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Thread thread;
  private boolean woken;
  private boolean stopping;

  /**
   * A loop that does not turn yet.
   *
   * @param name of the thread and in logs and metrics; one or two words with a hyphen
   * @param step its work
   */
  public Loop(String name, LoopStep step) {
    this.name = name;
    this.step = step;
    this.failures = new FailureLog(name);
  }

  /** Begins to turn, at once. A loop is started once in its life. */
  public void start() {
    lock.lock();
    try {
      if (thread != null || stopping) {
        throw new IllegalStateException("the loop " + name + " was started or stopped before");
      }
      thread = Thread.ofPlatform().daemon().name("oasis-" + name).unstarted(this::turnUntilStopped);
      thread.start();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the wait, or makes the next one short when the step is under way: after this call, a whole
   * turn begins. Never blocks for longer than a moment, and may be called before the start.
   */
  public void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stops after the turn that is under way; a turn that takes longer is interrupted.
   *
   * @param patience how long to wait for the turn
   * @return false when the thread still works after that
   */
  public boolean stop(Duration patience) {
    Thread running;
    lock.lock();
    try {
      stopping = true;
      changed.signal();
      running = thread;
    } finally {
      lock.unlock();
    }
    if (running == null || running.equals(Thread.currentThread())) {
      return true;
    }
    try {
      if (running.join(patience)) {
        return true;
      }
      running.interrupt();
      return running.join(AFTER_FAILURE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** How many turns have failed since the start. */
  public long failures() {
    return failures.count();
  }

  private void turnUntilStopped() {
    while (awaitTurn(turn())) {
      // The wait says whether there is another turn.
    }
  }

  /** One turn; the answer is how long to wait at most. */
  private Duration turn() {
    try {
      Duration wait = Objects.requireNonNull(step.runOnce(), "the step said no time to wait");
      failures.worked();
      return wait;
    } catch (Throwable e) {
      // A loop that dies is a silent outage, so that even an Error only costs this turn.
      if (!isStopping()) {
        failures.failed(e);
        Metrics.counter("oasis.loop.errors", "loop", name).increment();
      }
      return AFTER_FAILURE;
    }
  }

  /** Waits; false when the loop is to end. */
  private boolean awaitTurn(Duration wait) {
    // Wakes and the stop are told by fields; a late interrupt must not end the next turn's work.
    Thread.interrupted();
    lock.lock();
    try {
      long left = TimeUnit.NANOSECONDS.convert(wait);
      while (!woken && !stopping && left > 0) {
        left = changed.awaitNanos(left);
      }
      woken = false;
      return !stopping;
    } catch (InterruptedException e) {
      return !stopping;
    } finally {
      lock.unlock();
    }
  }

  private boolean isStopping() {
    lock.lock();
    try {
      return stopping;
    } finally {
      lock.unlock();
    }
  }
}
