package io.oasis.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.executor.v1.ExecutorMessage;
import io.oasis.executor.v1.Finished;
import io.oasis.executor.v1.LogBatch;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LogTrafficTest extends ExecutorHarness {
  private static final int LINES = 100_000;
  private static final String TEXT = "x".repeat(100);

  @Test
  @DisplayName(
      "LG4: while nobody takes a flood of lines heartbeats go on, and afterwards none is missing")
  void floodOfLinesDoesNotDelayHeartbeats() {
    server.welcome(server.welcome().setLogLinesPerRun(2 * LINES).setLogBatchLines(500));
    server.acking(false);
    connect(
        executor()
            .action(
                "flood",
                run -> {
                  for (int i = 1; i <= LINES; i++) {
                    run.log(i + " " + TEXT);
                  }
                }));
    server.assign(FakeServer.assign(1, 1, "flood").build());
    LogBatch batch = server.await(ExecutorMessage::hasLogBatch).getLogBatch();

    int beatsInARow = 0;
    while (beatsInARow < 3) {
      ExecutorMessage next = server.await(m -> m.hasHeartbeat() || m.hasLogBatch());
      beatsInARow = next.hasHeartbeat() ? beatsInARow + 1 : 0;
      batch = next.hasLogBatch() ? next.getLogBatch() : batch;
    }

    long reached = last(batch);
    assertThat(reached).isLessThan(LINES);
    server.acking(true);
    server.ackLogs(FakeServer.ref(1, 1), reached);
    Finished finished = null;
    while (reached < LINES || finished == null) {
      ExecutorMessage next = server.await(m -> m.hasLogBatch() || m.hasFinished());
      if (next.hasFinished()) {
        finished = next.getFinished();
        continue;
      }
      batch = next.getLogBatch();
      assertThat(batch.getFirstSeq()).isEqualTo(reached + 1);
      assertThat(batch.getLinesCount()).isLessThanOrEqualTo(500);
      assertThat(batch.getLines(0).getText()).startsWith(batch.getFirstSeq() + " ");
      reached = last(batch);
    }
    assertThat(reached).isEqualTo(LINES);
    assertThat(finished.getLastLogSeq()).isEqualTo(LINES);
  }

  @Test
  @DisplayName("What a handler logs after its end is dropped")
  void wordsAfterTheEndAreDropped() {
    RunContext[] kept = new RunContext[1];
    CountDownLatch release = new CountDownLatch(1);
    connect(
        executor()
            .action(
                "settle",
                run -> {
                  kept[0] = run;
                  run.log("first");
                  waitFor(release);
                }));
    server.assign(FakeServer.assign(1, 1, "settle").build());
    awaitLines("first");
    release.countDown();
    awaitFinished(1);

    kept[0].log("too late");

    server.await(ExecutorMessage::hasHeartbeat);
    assertThat(server.heard()).noneMatch(ExecutorMessage::hasLogBatch);
  }

  private static long last(LogBatch batch) {
    return batch.getFirstSeq() + batch.getLinesCount() - 1;
  }
}
