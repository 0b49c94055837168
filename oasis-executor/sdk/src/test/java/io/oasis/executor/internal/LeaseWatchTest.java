package io.oasis.executor.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LeaseWatchTest {
  private static final Duration LEASE = Duration.ofSeconds(15);

  private final AtomicLong nanos = new AtomicLong();
  private final EventLoop loop = new EventLoop("lease-watch-test");
  private final LeaseWatch watch = new LeaseWatch(loop, nanos::get, grace -> {});

  @AfterEach
  void stop() {
    loop.stop();
  }

  @Test
  @DisplayName("FN7: the lease is over a margin before the server's, counted from our Hello")
  void leaseEndsBeforeTheServers() {
    watch.welcomed(0, LEASE);

    pass(Duration.ofMillis(11_999));
    assertThat(watch.isOver()).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(watch.isOver()).isTrue();
  }

  @Test
  @DisplayName(
      "FN7: an answer that is read after a suspension prolongs the lease only from when its"
          + " heartbeat was sent")
  void lateAnswerDoesNotMakeTheLeaseLonger() {
    watch.welcomed(0, LEASE);
    watch.heartbeatSent();
    watch.heartbeatAnswered();
    pass(Duration.ofSeconds(3));
    watch.heartbeatSent();

    pass(Duration.ofSeconds(20));
    watch.heartbeatAnswered();

    assertThat(watch.isOver()).isTrue();
  }

  @Test
  @DisplayName("an answered heartbeat prolongs the lease")
  void answerProlongs() {
    watch.welcomed(0, LEASE);
    pass(Duration.ofSeconds(10));
    watch.heartbeatSent();
    watch.heartbeatAnswered();

    pass(Duration.ofSeconds(10));

    assertThat(watch.isOver()).isFalse();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
