package io.oasis.executor.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SlotThreadsTest {
  private static final int SLOTS = 8;
  private static final int TASKS = 20_000;
  private static final int PATIENCE_SECONDS = 60;

  private final ConcurrentLinkedQueue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
  private final SlotThreads pool =
      new SlotThreads(
          SLOTS,
          2,
          task -> {
            Thread thread = new Thread(task, "slot-threads-test");
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((t, failure) -> uncaught.add(failure));
            return thread;
          });

  @AfterEach
  void stop() {
    pool.stop();
  }

  @Test
  @DisplayName("as many tasks as there are slots run at one time, also when each waits for all")
  void allAtOnce() {
    CountDownLatch together = new CountDownLatch(SLOTS);
    CountDownLatch ended = new CountDownLatch(SLOTS);
    for (int i = 0; i < SLOTS; i++) {
      pool.execute(
          () -> {
            together.countDown();
            await(together);
            ended.countDown();
          });
    }

    await(ended);

    assertThat(pool.size()).isEqualTo(SLOTS);
  }

  @Test
  @DisplayName("more tasks than slots run one after the other, never more than the slots at once")
  void neverMoreThanSlots() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch ended = new CountDownLatch(TASKS);
    for (int i = 0; i < TASKS; i++) {
      pool.execute(
          () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            running.decrementAndGet();
            ended.countDown();
          });
    }

    await(ended);

    assertThat(most.get()).isBetween(1, SLOTS);
    assertThat(pool.size()).isLessThanOrEqualTo(SLOTS);
  }

  @Test
  @DisplayName("no task is left behind when tasks come from many threads, one by one")
  void nothingIsLeft() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(4 * TASKS);
    for (int i = 0; i < 4; i++) {
      new Thread(
              () -> {
                for (int n = 0; n < TASKS; n++) {
                  pool.execute(ended::countDown);
                }
              })
          .start();
    }

    await(ended);

    // Its thread is idle by now or soon, and has to come again for one more.
    CountDownLatch one = new CountDownLatch(1);
    pool.execute(one::countDown);
    await(one);
    assertThat(uncaught).isEmpty();
  }

  @Test
  @DisplayName("a task that throws is told to the thread's handler, and the next ones run")
  void failure() {
    CountDownLatch next = new CountDownLatch(2 * SLOTS);
    for (int i = 0; i < 2 * SLOTS; i++) {
      pool.execute(
          () -> {
            next.countDown();
            throw new IllegalStateException("meant to fail");
          });
    }

    await(next);

    CountDownLatch after = new CountDownLatch(1);
    pool.execute(after::countDown);
    await(after);
    assertThat(uncaught).isNotEmpty().allMatch(e -> e.getMessage().equals("meant to fail"));
  }

  @Test
  @DisplayName("an interrupt of an idle thread does not keep it from the next task")
  void interruptedWhileIdle() {
    CountDownLatch first = new CountDownLatch(1);
    Thread[] seen = new Thread[1];
    pool.execute(
        () -> {
          seen[0] = Thread.currentThread();
          first.countDown();
        });
    await(first);
    seen[0].interrupt();

    CountDownLatch second = new CountDownLatch(1);
    pool.execute(second::countDown);

    await(second);
    assertThat(uncaught).isEmpty();
  }

  @Test
  @DisplayName("to stop interrupts what runs, and what comes later is dropped")
  void stops() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicInteger late = new AtomicInteger();
    pool.execute(
        () -> {
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
        });
    await(begun);

    pool.stop();
    pool.execute(late::incrementAndGet);

    await(interrupted);
    assertThat(late).hasValue(0);
  }

  @Test
  @DisplayName("where the system gives no further thread, an idle one takes the task")
  void noMoreThreads() {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch last = new CountDownLatch(1);
    AtomicReference<SlotThreads> scarce = new AtomicReference<>();
    AtomicReference<Thread> only = new AtomicReference<>();
    ThreadFactory one =
        task ->
            only.get() == null
                ? remembered(only, task)
                : new Thread(task) {
                  @Override
                  public synchronized void start() {
                    // Meanwhile the other thread has taken the task, is idle, and is not called for
                    // this.
                    release.countDown();
                    awaitIdle(only.get());
                    scarce.get().execute(last::countDown);
                    throw new OutOfMemoryError("unable to create native thread");
                  }
                };
    scarce.set(new SlotThreads(2, 2, one));
    CountDownLatch begun = new CountDownLatch(1);
    scarce
        .get()
        .execute(
            () -> {
              begun.countDown();
              await(release);
            });
    await(begun);

    scarce.get().execute(() -> {});

    await(last);
    assertThat(scarce.get().size()).isEqualTo(1);
    scarce.get().stop();
  }

  @Test
  @DisplayName("without any thread the failure is told, and the task runs once there is one")
  void noThread() {
    AtomicBoolean full = new AtomicBoolean(true);
    CountDownLatch ended = new CountDownLatch(2);
    SlotThreads scarce =
        new SlotThreads(
            1,
            1,
            task ->
                new Thread(task) {
                  @Override
                  public synchronized void start() {
                    if (full.get()) {
                      throw new OutOfMemoryError("unable to create native thread");
                    }
                    super.start();
                  }
                });

    assertThatThrownBy(() -> scarce.execute(ended::countDown)).isInstanceOf(OutOfMemoryError.class);
    full.set(false);
    scarce.execute(ended::countDown);

    await(ended);
    scarce.stop();
  }

  @Test
  @DisplayName("a thread outlives an exception handler that throws itself")
  void handlerThrows() {
    SlotThreads single =
        new SlotThreads(
            1,
            1,
            task -> {
              Thread thread = new Thread(task);
              thread.setDaemon(true);
              thread.setUncaughtExceptionHandler(
                  (t, failure) -> {
                    throw new IllegalStateException("meant to fail too");
                  });
              return thread;
            });
    single.execute(
        () -> {
          throw new IllegalStateException("meant to fail");
        });

    CountDownLatch next = new CountDownLatch(1);
    single.execute(next::countDown);

    await(next);
    single.stop();
  }

  private static Thread remembered(AtomicReference<Thread> place, Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    place.set(thread);
    return thread;
  }

  /** A thread of the pool that waits, and not for a latch: its tasks are over. */
  private static void awaitIdle(Thread thread) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!(LockSupport.getBlocker(thread) instanceof SlotThreads)) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
