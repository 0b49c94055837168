package io.oasis.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.executor.v1.ExecutorMessage;
import io.oasis.executor.v1.Finished;
import io.oasis.executor.v1.Hello;
import io.oasis.executor.v1.LogLine;
import io.oasis.executor.v1.Outcome;
import io.oasis.executor.v1.RejectReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HandOverTest extends ExecutorHarness {

  @Test
  @DisplayName("Hello says who the executor is, and the call carries its token")
  void helloSaysWhoTheExecutorIs() {
    start(executor().name("till").label("zone", "b").appVersion("7").action("settle", run -> {}));

    Hello hello = server.await(ExecutorMessage::hasHello).getHello();

    assertThat(hello.getApp()).isEqualTo("orders");
    assertThat(hello.getNodeId()).matches("till-[0-9]+-[0-9a-z]+");
    assertThat(hello.getLabelsMap()).containsEntry("zone", "b");
    assertThat(hello.getHandlersList()).containsExactly("settle");
    assertThat(hello.getSlots()).isEqualTo(2);
    assertThat(hello.getInFlightList()).isEmpty();
    assertThat(hello.getSdkVersion()).isEqualTo("oasis-java/" + versionOfTheBuild());
    assertThat(server.authorization()).isEqualTo("Bearer oet_secret");
  }

  @Test
  @DisplayName("A run is accepted, logged, and finished with its result")
  void runIsAcceptedLoggedAndFinished() {
    connect(
        executor()
            .handler(
                "settle",
                run -> {
                  run.log("settling " + run.param("region"));
                  run.progress(50, "half");
                  return "settled " + run.runId() + " at " + run.nominalAt();
                }));

    server.assign(FakeServer.assign(7, 1, "settle").putParams("region", "cn-east").build());

    assertThat(server.await(ExecutorMessage::hasAccepted).getAccepted().getRun())
        .isEqualTo(FakeServer.ref(7, 1));
    List<LogLine> lines = awaitLines("settling cn-east");
    Finished finished = awaitFinished(7);
    assertThat(lines).hasSize(1);
    assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_SUCCEEDED);
    assertThat(finished.getResult()).isEqualTo("settled 7 at 2026-01-01T00:00:00Z");
    assertThat(finished.getLastLogSeq()).isEqualTo(1);
  }

  @Test
  @DisplayName("FN3: an Assign that comes twice is run once and answered twice")
  void duplicateAssignRunsOnce() {
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch release = new CountDownLatch(1);
    connect(
        executor()
            .action(
                "settle",
                run -> {
                  calls.incrementAndGet();
                  waitFor(release);
                }));

    server.assign(FakeServer.assign(1, 1, "settle").build());
    server.assign(FakeServer.assign(1, 1, "settle").build());

    ExecutorMessage first = server.await(ExecutorMessage::hasAccepted);
    ExecutorMessage second = server.await(ExecutorMessage::hasAccepted);
    assertThat(second).isEqualTo(first);
    release.countDown();
    awaitFinished(1);
    server.assign(FakeServer.assign(1, 1, "settle").build());
    server.assign(FakeServer.assign(2, 1, "settle").build());
    awaitFinished(2);
    assertThat(calls).hasValue(2);
  }

  @Test
  @DisplayName("FN4: fenced work is stopped and nothing is said about it any more")
  void fencedWorkIsStopped() throws InterruptedException {
    CountDownLatch stopped = new CountDownLatch(1);
    connect(
        executor()
            .slots(1)
            .action(
                "wait",
                run -> {
                  try {
                    waitFor(new CountDownLatch(1));
                  } finally {
                    stopped.countDown();
                  }
                })
            .action("quick", run -> {}));
    server.assign(FakeServer.assign(1, 1, "wait").build());
    server.await(ExecutorMessage::hasAccepted);

    server.fence(FakeServer.ref(1, 1));

    waitFor(stopped);
    awaitSlotThenRun("quick", 2);
    assertThat(server.heard()).noneMatch(m -> m.hasFinished());
  }

  @Test
  @DisplayName("FN4: a higher epoch of a running run starts only after the older has stopped")
  void higherEpochStopsTheOlderFirst() {
    ConcurrentLinkedQueue<String> order = new ConcurrentLinkedQueue<>();
    connect(
        executor()
            .handler(
                "settle",
                run -> {
                  order.add("start " + run.epoch());
                  try {
                    if (run.epoch() == 1) {
                      waitFor(new CountDownLatch(1));
                    }
                  } finally {
                    order.add("end " + run.epoch());
                  }
                  return "";
                }));
    server.assign(FakeServer.assign(1, 1, "settle").build());
    server.await(ExecutorMessage::hasAccepted);

    server.assign(FakeServer.assign(1, 2, "settle").build());

    Finished finished = awaitFinished(1);
    assertThat(finished.getRun().getEpoch()).isEqualTo(2);
    assertThat(order).containsExactly("start 1", "end 1", "start 2", "end 2");
  }

  @Test
  @DisplayName("FN12: a handler that is not here is rejected with NO_HANDLER")
  void unknownHandlerIsRejected() {
    connect(executor().action("settle", run -> {}));

    server.assign(FakeServer.assign(1, 1, "refund").build());

    var rejected = server.await(ExecutorMessage::hasRejected).getRejected();
    assertThat(rejected.getReason()).isEqualTo(RejectReason.REJECT_REASON_NO_HANDLER);
    assertThat(rejected.getMessage()).contains("refund");
  }

  @Test
  @DisplayName(
      "KL5: a Cancel for a run that never came is answered, and the run is not started later")
  void cancelBeforeAssign() {
    AtomicInteger calls = new AtomicInteger();
    connect(executor().action("settle", run -> calls.incrementAndGet()));

    server.cancel(FakeServer.ref(1, 1), 1_000);

    var rejected = server.await(ExecutorMessage::hasRejected).getRejected();
    assertThat(rejected.getRun()).isEqualTo(FakeServer.ref(1, 1));
    server.assign(FakeServer.assign(1, 1, "settle").build());
    server.assign(FakeServer.assign(2, 1, "settle").build());
    awaitFinished(2);
    assertThat(calls).hasValue(1);
  }

  @Test
  @DisplayName("A run beyond the slots is rejected with NO_SLOT")
  void runBeyondTheSlotsIsRejected() {
    CountDownLatch release = new CountDownLatch(1);
    connect(executor().slots(1).action("settle", run -> waitFor(release)));
    server.assign(FakeServer.assign(1, 1, "settle").build());

    server.assign(FakeServer.assign(2, 1, "settle").build());

    var rejected = server.await(ExecutorMessage::hasRejected).getRejected();
    assertThat(rejected.getReason()).isEqualTo(RejectReason.REJECT_REASON_NO_SLOT);
    assertThat(rejected.getRun().getRunId()).isEqualTo(2);
    release.countDown();
    awaitFinished(1);
  }

  @Test
  @DisplayName("An exception fails the run with class and message, its trace is in the log")
  void exceptionFailsTheRun() {
    connect(
        executor()
            .action(
                "settle",
                run -> {
                  throw new IllegalStateException("no rate for EUR");
                }));

    server.assign(FakeServer.assign(1, 1, "settle").build());

    LogLine first = server.await(ExecutorMessage::hasLogBatch).getLogBatch().getLines(0);
    Finished finished = awaitFinished(1);
    assertThat(finished.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
    assertThat(finished.getMessage()).isEqualTo("IllegalStateException: no rate for EUR");
    assertThat(finished.getRetryable()).isTrue();
    assertThat(finished.getLastLogSeq()).isGreaterThan(1);
    assertThat(first.getText()).isEqualTo("java.lang.IllegalStateException: no rate for EUR");
  }

  @Test
  @DisplayName(
      "An Error fails the run, also one that cannot say what it is; its slot is free again")
  void errorFailsTheRun() {
    connect(
        executor()
            .slots(1)
            .action(
                "mute",
                run -> {
                  throw new MuteError();
                })
            .action(
                "deep",
                run -> {
                  throw new StackOverflowError();
                }));

    server.assign(FakeServer.assign(1, 1, "mute").build());

    awaitLines(MuteError.class.getName());
    Finished mute = awaitFinished(1);
    assertThat(mute.getOutcome()).isEqualTo(Outcome.OUTCOME_FAILED);
    assertThat(mute.getMessage()).isEqualTo("MuteError");
    awaitSlotThenRun("deep", 2);
  }

  /** Fails again when it is asked for its message. */
  private static final class MuteError extends Error {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }
  }

  @Test
  @DisplayName("NonRetryableException fails the run for good, in its own words")
  void nonRetryableExceptionFailsForGood() {
    connect(executor().handler("settle", run -> run.param("region")));

    server.assign(FakeServer.assign(1, 1, "settle").build());

    Finished finished = awaitFinished(1);
    assertThat(finished.getRetryable()).isFalse();
    assertThat(finished.getMessage()).isEqualTo("params.region is missing");
  }

  @Test
  @DisplayName("A member of a broadcast knows its shard")
  void memberOfBroadcastKnowsItsShard() {
    connect(executor().handler("part", run -> run.shardIndex() + " of " + run.shardTotal()));
    var member = FakeServer.ref(1, 1).toBuilder().setMember(3).build();

    server.assign(FakeServer.assign(1, 1, "part").setRun(member).setMemberCount(4).build());

    assertThat(awaitFinished(1).getResult()).isEqualTo("2 of 4");
  }

  /** The version stands in code too, since a native image has no manifest to read it from. */
  private static String versionOfTheBuild() {
    try {
      String pom = Files.readString(Path.of("pom.xml"));
      return pom.substring(pom.indexOf("<version>") + 9, pom.indexOf("</version>"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A stopped handler frees its slot a moment later; until then the answer is NO_SLOT. */
  private void awaitSlotThenRun(String handler, long runId) {
    ExecutorMessage answer;
    long epoch = 0;
    do {
      server.assign(FakeServer.assign(runId, ++epoch, handler).build());
      answer = server.await(m -> m.hasRejected() || m.hasAccepted());
    } while (answer.hasRejected());
    awaitFinished(runId);
  }
}
