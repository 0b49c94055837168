package io.oasis.executor;

import io.oasis.executor.v1.ExecutorMessage;
import io.oasis.executor.v1.Finished;
import io.oasis.executor.v1.LogBatch;
import io.oasis.executor.v1.LogLine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A fake server and the executors that a test has started; both end with the test. */
class ExecutorHarness {
  FakeServer server;
  private final List<Executor> executors = new ArrayList<>();

  @BeforeEach
  void startServer() throws IOException {
    server = new FakeServer();
  }

  @AfterEach
  void stopAll() {
    server.confirmEverything();
    executors.forEach(Executor::close);
    server.close();
  }

  ExecutorBuilder executor() {
    return Executor.builder()
        .server(server.address())
        .app("orders")
        .token("oet_secret")
        .slots(2)
        .drainTimeout(Duration.ofMillis(100))
        .drainOnShutdown(false);
  }

  /** Starts and waits until the server has heard its Hello. */
  Executor connect(ExecutorBuilder builder) {
    Executor executor = start(builder);
    server.await(ExecutorMessage::hasHello);
    return executor;
  }

  Executor start(ExecutorBuilder builder) {
    Executor executor = builder.start();
    executors.add(executor);
    return executor;
  }

  Finished awaitFinished(long runId) {
    return server
        .await(m -> m.hasFinished() && m.getFinished().getRun().getRunId() == runId)
        .getFinished();
  }

  /** Takes batches until a line with this text has come. */
  List<LogLine> awaitLines(String lastText) {
    List<LogLine> lines = new ArrayList<>();
    while (lines.stream().noneMatch(line -> line.getText().equals(lastText))) {
      LogBatch batch = server.await(ExecutorMessage::hasLogBatch).getLogBatch();
      lines.addAll(batch.getLinesList());
    }
    return lines;
  }

  /** Waits inside of a handler; a test that never opens the latch fails by its own limit. */
  static void waitFor(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the latch was never opened");
    }
  }
}
