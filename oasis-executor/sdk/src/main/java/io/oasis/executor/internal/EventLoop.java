package io.oasis.executor.internal;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that owns all protocol state. Nothing that runs on it may block. A task that
 * throws is logged and does not stop the others; after {@link #stop()} tasks are dropped.
 */
final class EventLoop implements Executor {
  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

  private final ScheduledThreadPoolExecutor thread;

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

  @Override
  public void execute(Runnable task) {
    thread.execute(guarded(task));
  }

  /** Runs a task once, later. */
  Timer after(Duration delay, Runnable task) {
    return timer(thread.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** Runs a task again and again, first after one period. */
  Timer every(Duration period, Runnable task) {
    long nanos = period.toNanos();
    return timer(thread.scheduleAtFixedRate(guarded(task), nanos, nanos, TimeUnit.NANOSECONDS));
  }

  private static Timer timer(ScheduledFuture<?> task) {
    return () -> task.cancel(false);
  }

  void stop() {
    thread.shutdown();
  }

  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        LOG.error("a task of the executor failed; the executor goes on", e);
      }
    };
  }
}
