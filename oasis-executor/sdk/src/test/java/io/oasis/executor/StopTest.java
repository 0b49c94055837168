package io.oasis.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.executor.v1.ExecutorMessage;
import io.oasis.executor.v1.Finished;
import io.oasis.executor.v1.Outcome;
import io.oasis.executor.v1.RejectReason;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class StopTest extends ExecutorHarness {

  @Test
  @DisplayName("A handler that listens to its cancellation stops by itself, without an interrupt")
  void cooperativeHandlerStopsByItself() {
    connect(
        executor()
            .handler(
                "settle",
                run -> {
                  CountDownLatch asked = new CountDownLatch(1);
                  run.cancellation().onCancel(asked::countDown);
                  waitFor(asked);
                  return run.cancellation().reason().orElse("");
                }));
    server.assign(FakeServer.assign(1, 1, "settle").build());
    server.await(ExecutorMessage::hasAccepted);

    server.cancel(FakeServer.ref(1, 1), 60_000);

    Finished finished = awaitFinished(1);
    assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_CANCELLED);
    assertThat(finished.getMessage()).isEqualTo("killed by wang");
    assertThat(finished.getResult()).isEqualTo("killed by wang");
  }

  @Test
  @DisplayName("KL4: a handler that only waits is interrupted after the grace, others go on")
  void waitingHandlerIsInterruptedAfterTheGrace() {
    CountDownLatch release = new CountDownLatch(1);
    connect(executor().action("settle", run -> waitFor(release)));
    server.assign(FakeServer.assign(1, 1, "settle").build());
    server.assign(FakeServer.assign(2, 1, "settle").build());
    server.await(ExecutorMessage::hasAccepted);
    server.await(ExecutorMessage::hasAccepted);

    server.cancel(FakeServer.ref(1, 1), 50);

    assertThat(awaitFinished(1).getOutcome()).isEqualTo(Outcome.OUTCOME_CANCELLED);
    release.countDown();
    assertThat(awaitFinished(2).getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
  }

  @Test
  @DisplayName("KL7: closing rejects new work, lets work finish, and keeps the stream until then")
  void closingLetsWorkFinish() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    Executor executor =
        connect(
            executor()
                .drainTimeout(Duration.ofSeconds(60))
                .action("settle", run -> waitFor(release)));
    server.assign(FakeServer.assign(1, 1, "settle").build());
    server.await(ExecutorMessage::hasAccepted);

    Thread closing = new Thread(executor::close);
    closing.start();

    server.await(ExecutorMessage::hasDraining);
    server.assign(FakeServer.assign(2, 1, "settle").build());
    assertThat(server.await(ExecutorMessage::hasRejected).getRejected().getReason())
        .isEqualTo(RejectReason.REJECT_REASON_DRAINING);
    release.countDown();
    assertThat(awaitFinished(1).getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
    closing.join();
    assertThat(executor.isConnected()).isFalse();
  }

  @Test
  @DisplayName("KL7: what is left after the drain timeout is handed back, not failed")
  void leftWorkIsHandedBack() {
    Executor executor = connect(executor().action("settle", run -> waitFor(new CountDownLatch(1))));
    server.assign(FakeServer.assign(1, 1, "settle").build());
    server.await(ExecutorMessage::hasAccepted);

    executor.close();

    Finished finished = awaitFinished(1);
    assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_HANDED_BACK);
    assertThat(finished.getMessage()).contains("drains");
  }

  @Test
  @DisplayName("A drain that was begun is known to the next server too")
  void drainSurvivesReconnect() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    Executor executor =
        connect(
            executor()
                .drainTimeout(Duration.ofSeconds(60))
                .action("settle", run -> waitFor(release)));
    server.assign(FakeServer.assign(1, 1, "settle").build());
    server.await(ExecutorMessage::hasAccepted);
    Thread closing = new Thread(executor::close);
    closing.start();
    server.await(ExecutorMessage::hasDraining);

    server.breakStream();

    assertThat(server.await(ExecutorMessage::hasHello).getHello().getDraining()).isTrue();
    release.countDown();
    awaitFinished(1);
    closing.join();
  }
}
