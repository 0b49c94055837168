package io.oasis.executor.internal;

import io.oasis.executor.Handler;
import io.oasis.executor.v1.Assign;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** Where handlers work: the slots' threads, the threads for cancel hooks, and the clocks. */
final class Workshop {
  private final EventLoop loop;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final SlotThreads slots;
  private final ExecutorService hooks;
  private final Secrets secrets;
  private Limits limits;

  Workshop(EventLoop loop, InstantSource clock, LongSupplier nanoTime, Settings settings) {
    this.loop = loop;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.secrets = settings.secrets();
    int processors = Runtime.getRuntime().availableProcessors();
    this.slots = new SlotThreads(settings.slots(), processors, named("oasis-run-"));
    this.hooks = Executors.newCachedThreadPool(named("oasis-cancel-"));
  }

  void limits(Limits newLimits) {
    limits = newLimits;
  }

  Limits limits() {
    return limits;
  }

  Instant now() {
    return clock.instant();
  }

  long nanoTime() {
    return nanoTime.getAsLong();
  }

  long millisSince(Instant start) {
    return start == null ? 0 : Duration.between(start, clock.instant()).toMillis();
  }

  /** Makes a task whose end is told to the loop. */
  RunTask task(
      Assign assign, Handler handler, LogPump pump, BiConsumer<RunTask, Completion> onEnd) {
    RunTask[] made = new RunTask[1];
    RunLog log = new RunLog(clock, nanoTime, limits, () -> pump.offer(made[0]));
    CancelSignal cancel =
        new CancelSignal(hooks, failure -> log.appendSystem("a cancel hook failed: " + failure));
    made[0] =
        new RunTask(
            assign,
            handler,
            log,
            cancel,
            secrets,
            (task, completion) -> loop.execute(() -> onEnd.accept(task, completion)));
    return made[0];
  }

  void execute(RunTask task) {
    slots.execute(task);
  }

  void interruptAfter(RunTask task, Duration grace) {
    if (grace.isZero()) {
      task.interrupt();
    } else {
      loop.after(grace, task::interrupt);
    }
  }

  void close() {
    slots.stop();
    hooks.shutdown();
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + count.incrementAndGet());
      // A handler that does not stop must not keep the process from ending.
      thread.setDaemon(true);
      return thread;
    };
  }
}
