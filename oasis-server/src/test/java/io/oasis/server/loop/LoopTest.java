package io.oasis.server.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.database.DatabaseException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LoopTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private final Semaphore turns = new Semaphore(0);
  private Loop loop;

  @AfterEach
  void stop() {
    if (loop != null) {
      loop.stop(Duration.ofSeconds(5));
    }
  }

  @Test
  @DisplayName("a step that asks for no wait runs again at once")
  void fullBatchRunsAgain() throws InterruptedException {
    AtomicInteger batches = new AtomicInteger();
    loop =
        started(
            () -> {
              // Counted before it is told: the test looks as soon as it has been told.
              int batch = batches.incrementAndGet();
              turns.release();
              return batch < 3 ? Duration.ZERO : LONG;
            });

    assertThat(turned(3)).isTrue();
    assertThat(batches).hasValue(3);
  }

  @Test
  @DisplayName("a wake ends the wait")
  void wakeEndsTheWait() throws InterruptedException {
    loop = started(this::countedLongWait);
    assertThat(turned(1)).isTrue();

    loop.wake();

    assertThat(turned(1)).isTrue();
  }

  @Test
  @DisplayName("a wake during a turn makes another whole turn")
  void wakeDuringATurn() throws InterruptedException {
    CountDownLatch inTurn = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    loop =
        started(
            () -> {
              inTurn.countDown();
              await(go);
              return countedLongWait();
            });
    inTurn.await();

    loop.wake();
    go.countDown();

    assertThat(turned(2)).isTrue();
  }

  @Test
  @DisplayName("a wake before the start is not lost and costs at most one more turn")
  void wakeBeforeStart() throws InterruptedException {
    loop = new Loop("test", this::countedLongWait);

    loop.wake();
    loop.start();

    assertThat(turned(2)).isTrue();
  }

  @Test
  @DisplayName("the loop outlives a failing step, an Error and a null wait, and counts them")
  void outlivesFailures() throws InterruptedException {
    AtomicInteger turn = new AtomicInteger();
    loop =
        started(
            () -> {
              int n = turn.incrementAndGet();
              turns.release();
              return switch (n) {
                case 1 -> throw new DatabaseException(new SQLException("gone", "08006"));
                case 2 -> throw new StackOverflowError("test");
                case 3 -> null;
                default -> LONG;
              };
            });

    for (int i = 0; i < 3; i++) {
      assertThat(turned(1)).isTrue();
      loop.wake();
    }

    assertThat(turned(1)).isTrue();
    assertThat(loop.failures()).isEqualTo(3);
  }

  @Test
  @DisplayName("stop waits for the turn that is under way")
  void stopWaits() throws InterruptedException {
    CountDownLatch inTurn = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger done = new AtomicInteger();
    loop =
        started(
            () -> {
              inTurn.countDown();
              await(go);
              done.incrementAndGet();
              return LONG;
            });
    inTurn.await();
    Thread.ofPlatform().start(go::countDown);

    boolean ended = loop.stop(Duration.ofSeconds(90));

    assertThat(ended).isTrue();
    assertThat(done).hasValue(1);
  }

  @Test
  @DisplayName("stop interrupts a turn that takes longer than its patience")
  void stopInterrupts() throws InterruptedException {
    CountDownLatch inTurn = new CountDownLatch(1);
    loop =
        started(
            () -> {
              inTurn.countDown();
              await(new CountDownLatch(1));
              return LONG;
            });
    inTurn.await();

    // It leaves an interrupted turn a second to end, which a busy machine may not give to it. The
    // second call only waits for what the first has done.
    boolean ended = loop.stop(Duration.ofMillis(1)) || loop.stop(Duration.ofSeconds(60));

    assertThat(ended).isTrue();
  }

  private Loop started(LoopStep step) {
    Loop started = new Loop("test", step);
    started.start();
    return started;
  }

  private Duration countedLongWait() {
    turns.release();
    return LONG;
  }

  private boolean turned(int times) throws InterruptedException {
    return turns.tryAcquire(times, 90, TimeUnit.SECONDS);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
