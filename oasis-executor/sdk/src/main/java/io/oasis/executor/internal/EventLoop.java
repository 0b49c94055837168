package io.oasis.executor.internal;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns all protocol state. Nothing that runs on it may block. A task that
 * throws is logged and does not stop the others; after {@link #stop()} tasks are dropped.
 *
 * <p>Tasks that wait together run in one turn, and what they have to say can be gathered until its
 * end ({@link #afterTurn}).
 */
final class EventLoop implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

  /** After so many tasks the timers get their turn. */
  private static final int TASKS_A_TURN = 500;

  private final ScheduledThreadPoolExecutor thread;
  private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private volatile Runnable afterTurn = () -> {};

  /** A task for later. What becomes of it is logged here, so nobody has to wait for it. */
  interface Timer {
    /** The task does not start any more; one that has begun goes on. */
    void cancel();
  }

  EventLoop(String name) {
    thread = new ScheduledThreadPoolExecutor(1, task -> new Thread(task, name));
    thread.setRemoveOnCancelPolicy(true);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    thread.setRejectedExecutionHandler((task, pool) -> LOG.trace("the loop has ended"));
  }

  /** Has a task run at the end of each turn; set before the first one. */
  void afterTurn(Runnable task) {
    afterTurn = task;
  }

  @Override
  public void execute(Runnable task) {
    asked.add(task);
    schedule();
  }

  /** Runs a task once, later. */
  Timer after(Duration delay, Runnable task) {
    return timer(thread.schedule(() -> turn(task), delay.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** Runs a task again and again, first after one period. */
  Timer every(Duration period, Runnable task) {
    long nanos = period.toNanos();
    return timer(thread.scheduleAtFixedRate(() -> turn(task), nanos, nanos, TimeUnit.NANOSECONDS));
  }

  void stop() {
    thread.shutdown();
  }

  private void schedule() {
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      thread.execute(() -> turn(this::runAsked));
    }
  }

  private void runAsked() {
    Runnable task;
    for (int n = 0; n < TASKS_A_TURN && (task = asked.poll()) != null; n++) {
      guarded(task);
    }
    scheduled.set(false);
    if (!asked.isEmpty()) {
      schedule();
    }
  }

  private void turn(Runnable task) {
    guarded(task);
    guarded(afterTurn);
  }

  private static Timer timer(ScheduledFuture<?> task) {
    return () -> task.cancel(false);
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.error("a task of the executor failed; the executor goes on", e);
    }
  }
}
