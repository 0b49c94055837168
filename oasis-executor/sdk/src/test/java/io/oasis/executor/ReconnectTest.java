package io.oasis.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.oasis.executor.v1.ExecutorMessage;
import io.oasis.executor.v1.Finished;
import io.oasis.executor.v1.Hello;
import io.oasis.executor.v1.LogBatch;
import io.oasis.executor.v1.Outcome;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReconnectTest extends ExecutorHarness {

  @Test
  @DisplayName(
      "LG3: after a reconnect the lines from the first unacked one are said again, no others")
  void unackedLinesAreSaidAgain() {
    server.acking(false);
    CountDownLatch second = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    connect(
        executor()
            .action(
                "settle",
                run -> {
                  run.log("one");
                  waitFor(second);
                  run.log("two\nthree");
                  waitFor(release);
                }));
    server.assign(FakeServer.assign(1, 1, "settle").build());
    awaitLines("one");
    server.ackLogs(FakeServer.ref(1, 1), 1);
    second.countDown();
    awaitLines("three");

    server.breakStream();

    server.await(ExecutorMessage::hasHello);
    LogBatch again = server.await(ExecutorMessage::hasLogBatch).getLogBatch();
    assertThat(again.getFirstSeq()).isEqualTo(2);
    assertThat(again.getLinesList())
        .extracting(line -> line.getText())
        .containsExactly("two", "three");
    server.acking(true);
    release.countDown();
    assertThat(awaitFinished(1).getLastLogSeq()).isEqualTo(3);
  }

  @Test
  @DisplayName("A result is said again after a reconnect until it is acked, and then never again")
  void resultIsSaidAgainUntilAcked() {
    server.acking(false);
    connect(executor().handler("settle", run -> "done"));
    server.assign(FakeServer.assign(1, 1, "settle").build());
    Finished first = awaitFinished(1);

    server.breakStream();

    Hello hello = server.await(ExecutorMessage::hasHello).getHello();
    assertThat(hello.getInFlightList()).containsExactly(FakeServer.ref(1, 1));
    assertThat(awaitFinished(1)).isEqualTo(first);
    server.ackFinished(FakeServer.ref(1, 1));
    server.breakStream();
    Hello third = server.await(ExecutorMessage::hasHello).getHello();
    assertThat(third.getInFlightList()).isEmpty();
    server.assign(FakeServer.assign(2, 1, "settle").build());
    server.await(ExecutorMessage::hasAccepted);
    assertThat(server.heard())
        .noneMatch(m -> m.hasFinished() && m.getFinished().getRun().getRunId() == 1);
  }

  @Test
  @DisplayName("A result that is not acked is said again on the same stream")
  void unackedResultIsSaidAgainOnTheSameStream() {
    server.acking(false);
    connect(executor().handler("settle", run -> "done"));

    server.assign(FakeServer.assign(1, 1, "settle").build());

    Finished first = awaitFinished(1);
    assertThat(awaitFinished(1)).isEqualTo(first);
    assertThat(server.streams()).isEqualTo(1);
  }

  @Test
  @DisplayName(
      "FN8: when its server dies the executor goes on at another one, same epoch, no second start")
  void otherServerTakesOver() throws IOException {
    AtomicInteger starts = new AtomicInteger();
    CountDownLatch release = new CountDownLatch(1);
    try (FakeServer first = new FakeServer()) {
      server.refuse(Status.UNAVAILABLE);
      start(
          executor()
              .server(first.address() + ", http://" + server.address())
              .handler(
                  "settle",
                  run -> {
                    starts.incrementAndGet();
                    waitFor(release);
                    return "epoch " + run.epoch();
                  }));
      first.await(ExecutorMessage::hasHello);
      first.assign(FakeServer.assign(1, 4, "settle").build());
      first.await(ExecutorMessage::hasAccepted);
      server.refuse(null);
    }

    Hello hello = server.await(ExecutorMessage::hasHello).getHello();

    assertThat(hello.getInFlightList()).containsExactly(FakeServer.ref(1, 4));
    release.countDown();
    assertThat(awaitFinished(1).getResult()).isEqualTo("epoch 4");
    assertThat(starts).hasValue(1);
  }

  @Test
  @DisplayName("A server that drains is left, and the work goes on")
  void drainingServerIsLeft() {
    CountDownLatch release = new CountDownLatch(1);
    connect(executor().action("settle", run -> waitFor(release)));
    server.assign(FakeServer.assign(1, 1, "settle").build());
    server.await(ExecutorMessage::hasAccepted);

    server.drain();

    Hello hello = server.await(ExecutorMessage::hasHello).getHello();
    assertThat(hello.getInFlightList()).containsExactly(FakeServer.ref(1, 1));
    release.countDown();
    assertThat(awaitFinished(1).getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
  }

  @Test
  @DisplayName(
      "FN7: without a server for the lease, only runs that may start elsewhere are stopped")
  void partitionStopsOnlyRunsThatMayStartElsewhere() throws InterruptedException {
    // Long enough that a busy machine is not taken for a cut network before there is one.
    server.welcome(
        server.welcome().setLease(com.google.protobuf.Duration.newBuilder().setSeconds(10)));
    CountDownLatch stopped = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    connect(
        executor()
            .action(
                "stops",
                run -> {
                  try {
                    waitFor(new CountDownLatch(1));
                  } finally {
                    stopped.countDown();
                  }
                })
            .handler(
                "goes-on",
                run -> {
                  waitFor(release);
                  return "went on";
                }));
    server.assign(FakeServer.assign(1, 1, "stops").setStopWhenPartitioned(true).build());
    server.await(ExecutorMessage::hasAccepted);
    server.assign(FakeServer.assign(2, 1, "goes-on").build());
    server.await(ExecutorMessage::hasAccepted);
    server.await(ExecutorMessage::hasHeartbeat);

    server.mute(true);

    waitFor(stopped);
    release.countDown();
    server.mute(false);
    server.await(ExecutorMessage::hasHello);
    Finished handedBack = awaitFinished(1);
    assertThat(handedBack.getOutcome()).isEqualTo(Outcome.OUTCOME_HANDED_BACK);
    assertThat(awaitFinished(2).getResult()).isEqualTo("went on");
  }

  @Test
  @DisplayName("A refused token is tried again and does not end the executor")
  void refusedTokenIsTriedAgain() {
    server.refuse(Status.UNAUTHENTICATED);
    Executor executor = start(executor().handler("settle", run -> "done"));

    assertThat(executor.isConnected()).isFalse();
    executor.close();
    assertThat(server.streams()).isZero();
  }
}
