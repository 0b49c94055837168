package io.oasis.executor.internal;

import io.oasis.executor.v1.ExecutorMessage;
import io.oasis.executor.v1.LogBatch;
import io.oasis.executor.v1.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Moves log lines and progress onto the stream: a batch of each run in turn, and only while the
 * stream takes more without buffering, so that nothing else has to stand in line behind them.
 *
 * <p>{@link #offer} may be called from any thread; the rest is the loop's.
 */
final class LogPump {
  /** Lines that come within this time go out together. */
  private static final Duration COALESCE = Duration.ofMillis(20);

  private final EventLoop loop;
  private final Outbound out;
  private final Queue<RunTask> offered = new ConcurrentLinkedQueue<>();
  private final ArrayDeque<RunTask> turn = new ArrayDeque<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  LogPump(EventLoop loop, Outbound out) {
    this.loop = loop;
    this.out = out;
  }

  /** The task may have something to say. Cheap when it is called for each line. */
  void offer(RunTask task) {
    if (!task.offered.getAndSet(true)) {
      offered.add(task);
    }
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      loop.after(COALESCE, this::pump);
    }
  }

  /** Sends what there is and what the stream takes. */
  void pump() {
    scheduled.set(false);
    RunTask task;
    while ((task = offered.poll()) != null) {
      task.offered.set(false);
      turn.add(task);
    }
    while (out.isReady() && (task = turn.poll()) != null) {
      if (sendSome(task)) {
        turn.add(task);
      }
    }
  }

  /** Sends what there is of one run, before its end is said. */
  void flush(RunTask task) {
    while (out.isReady() && sendSome(task)) {
      // Each turn sends one batch.
    }
    if (task.log.hasUnsent()) {
      offer(task);
    }
  }

  private boolean sendSome(RunTask task) {
    if (task.stop == RunTask.Stop.ABANDON) {
      return false;
    }
    Progress progress = task.progress.getAndSet(null);
    if (progress != null && !task.isFinished()) {
      out.send(ExecutorMessage.newBuilder().setProgress(progress).build());
    }
    LogBatch batch = task.log.nextBatch(task.assign.getRun());
    if (batch == null) {
      return false;
    }
    out.send(ExecutorMessage.newBuilder().setLogBatch(batch).build());
    return true;
  }
}
