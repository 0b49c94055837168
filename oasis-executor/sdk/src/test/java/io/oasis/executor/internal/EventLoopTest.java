package io.oasis.executor.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventLoopTest {
  private final EventLoop loop = new EventLoop("event-loop-test");
  private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() {
    loop.stop();
  }

  @Test
  @DisplayName("tasks that wait together are one turn, in their order")
  void oneTurn() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch all = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    loop.afterTurn(() -> said.add("|"));
    loop.execute(
        () -> {
          begun.countDown();
          await(all);
        });
    await(begun);
    for (String task : List.of("a", "b", "c")) {
      loop.execute(() -> said.add(task));
    }
    all.countDown();
    loop.after(Duration.ofMillis(1), end::countDown);

    await(end);

    // Whoever asks may already see the end of the timer's own turn.
    assertThat(String.join("", said)).startsWith("abc|");
  }

  @Test
  @DisplayName("a task that fails stops neither the others of its turn nor the end of the turn")
  void failure() {
    CountDownLatch end = new CountDownLatch(1);
    loop.afterTurn(end::countDown);
    loop.execute(
        () -> {
          throw new IllegalStateException("meant to fail");
        });

    await(end);

    CountDownLatch next = new CountDownLatch(1);
    loop.execute(next::countDown);
    await(next);
    assertThat(next.getCount()).isZero();
  }

  @Test
  @DisplayName("timers ring while tasks keep asking for more")
  void timersRing() {
    CountDownLatch rung = new CountDownLatch(1);
    Runnable[] again = new Runnable[1];
    again[0] =
        () -> {
          if (rung.getCount() > 0) {
            loop.execute(again[0]);
          }
        };
    loop.execute(again[0]);

    loop.after(Duration.ofMillis(5), rung::countDown);

    await(rung);
    assertThat(rung.getCount()).isZero();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).as("in time").isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
