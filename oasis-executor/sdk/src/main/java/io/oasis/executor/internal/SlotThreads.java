package io.oasis.executor.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads on which handlers run: as many as are needed at one time, at most one for each slot.
 *
 * <p>To wake a thread costs more than a handler that does little. So a task wakes nobody while
 * others are just waking up: whoever gets a task wakes the next thread when more tasks wait, and a
 * thread that is done takes the next task itself. Tasks that are short end up on few threads; tasks
 * that block get a thread each. The thread that has worked last is woken first.
 */
final class SlotThreads implements Executor {
  private final int most;
  private final int mostWaking;
  private final ThreadFactory threads;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final Deque<Worker> idle = new ArrayDeque<>();
  private final List<Worker> workers = new ArrayList<>();
  private int waking;
  private boolean stopped;

  /**
   * Makes a pool without a thread.
   *
   * @param most threads at one time
   * @param processors of the machine; as many threads may be on their way up at once
   */
  SlotThreads(int most, int processors, ThreadFactory threads) {
    this.most = most;
    this.mostWaking = Math.max(1, processors);
    this.threads = threads;
  }

  /** Runs a task as soon as there is a thread; after {@link #stop()} it is dropped. */
  @Override
  public void execute(Runnable task) {
    Worker next;
    synchronized (this) {
      if (stopped) {
        return;
      }
      waiting.add(task);
      next = nextToWake();
    }
    wake(next);
  }

  /** Interrupts what runs and drops what waits. */
  synchronized void stop() {
    stopped = true;
    waiting.clear();
    workers.forEach(worker -> worker.thread.interrupt());
  }

  /** How many threads there are. */
  synchronized int size() {
    return workers.size();
  }

  private Worker nextToWake() {
    if (waiting.size() <= waking || waking == mostWaking) {
      return null;
    }
    Worker next = idle.poll();
    if (next == null) {
      if (workers.size() == most) {
        return null;
      }
      next = new Worker();
      workers.add(next);
    }
    next.called = true;
    waking++;
    return next;
  }

  private void wake(Worker next) {
    if (next == null) {
      return;
    }
    if (next.started) {
      LockSupport.unpark(next.thread);
      return;
    }
    next.started = true;
    try {
      next.thread.start();
    } catch (OutOfMemoryError e) { // no more threads: those that are there do the work
      Worker other;
      synchronized (this) {
        workers.remove(next);
        waking--;
        if (workers.isEmpty()) {
          throw e;
        }
        // Whoever became idle meanwhile was not called for a task that this one was to take.
        other = idle.isEmpty() ? null : nextToWake();
      }
      wake(other);
    }
  }

  private final class Worker implements Runnable {
    private final Thread thread = threads.newThread(this);

    /** Set by whoever wakes it, once. */
    private boolean started;

    /** It was told to come, and has not come yet. Guarded by the pool. */
    private boolean called;

    @Override
    public void run() {
      for (Runnable task = next(); task != null; task = next()) {
        try {
          task.run();
        } catch (RuntimeException | Error e) {
          tell(e);
        }
      }
    }

    /** As a thread of its own would: said aloud, and the next task goes on. */
    private void tell(Throwable failure) {
      try {
        thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
      } catch (RuntimeException | Error e) {
        // What the application's own handler throws is ignored, as the JVM does.
      }
    }

    /** Waits for a task; null when there will be none any more. */
    private Runnable next() {
      while (true) {
        Runnable task;
        Worker other = null;
        synchronized (SlotThreads.this) {
          if (stopped) {
            return null;
          }
          if (called) {
            called = false;
            waking--;
          }
          task = waiting.poll();
          if (task == null) {
            idle.push(this);
          } else {
            other = nextToWake();
          }
        }
        wake(other);
        if (task != null) {
          return task;
        }
        awaitCall();
      }
    }

    private void awaitCall() {
      while (isIdle()) {
        LockSupport.park(SlotThreads.this);
        // An interrupt that came too late would let park return at once, again and again.
        if (Thread.interrupted() && isStopped()) {
          return;
        }
      }
    }

    private boolean isIdle() {
      synchronized (SlotThreads.this) {
        return !called && !stopped;
      }
    }

    private boolean isStopped() {
      synchronized (SlotThreads.this) {
        return stopped;
      }
    }
  }
}
