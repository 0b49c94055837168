package io.oasis.executor.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.executor.v1.LogBatch;
import io.oasis.executor.v1.LogLine;
import io.oasis.executor.v1.LogStream;
import io.oasis.executor.v1.RunRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RunLogTest {
  private static final RunRef RUN = RunRef.newBuilder().setRunId(1).build();
  private static final LogStream HANDLER = LogStream.LOG_STREAM_HANDLER;

  private final AtomicLong nanos = new AtomicLong();

  /** A clock that runs 3 s with each look, so that waiting for room ends at once. */
  private RunLog log(long linesPerRun, int lineBytes) {
    Limits limits =
        new Limits(
            Duration.ofSeconds(5), Duration.ofSeconds(15), 100, lineBytes, 1000, linesPerRun);
    return new RunLog(
        InstantSource.fixed(Instant.EPOCH),
        () -> nanos.addAndGet(3_000_000_000L),
        limits,
        () -> {});
  }

  /** Takes batches and acks them, as a server would. */
  private static List<LogLine> drain(RunLog log) {
    List<LogLine> lines = new ArrayList<>();
    LogBatch batch;
    while ((batch = log.nextBatch(RUN)) != null) {
      assertThat(batch.getFirstSeq()).isEqualTo(lines.size() + 1);
      lines.addAll(batch.getLinesList());
      log.ack(lines.size());
    }
    return lines;
  }

  private static List<String> texts(List<LogLine> lines) {
    return lines.stream().map(LogLine::getText).toList();
  }

  @Test
  @DisplayName("Batches have at most the server's number of lines and count from 1 without holes")
  void batchesCountWithoutHoles() {
    RunLog log = log(10_000, 1000);
    for (int i = 1; i <= 250; i++) {
      log.append(HANDLER, "line " + i);
    }

    LogBatch first = log.nextBatch(RUN);
    LogBatch second = log.nextBatch(RUN);

    assertThat(first.getFirstSeq()).isEqualTo(1);
    assertThat(first.getLinesCount()).isEqualTo(100);
    assertThat(second.getFirstSeq()).isEqualTo(101);
    assertThat(second.getLines(0).getText()).isEqualTo("line 101");
  }

  @Test
  @DisplayName("After a rewind the lines from the first unacked one come again, in their order")
  void rewindSaysUnackedLinesAgain() {
    RunLog log = log(10_000, 1000);
    log.append(HANDLER, "one\ntwo\r\nthree");
    log.nextBatch(RUN);
    log.ack(1);

    log.rewind();

    LogBatch again = log.nextBatch(RUN);
    assertThat(again.getFirstSeq()).isEqualTo(2);
    assertThat(texts(again.getLinesList())).containsExactly("two", "three");
    assertThat(log.nextBatch(RUN)).isNull();
  }

  @Test
  @DisplayName(
      "An ack for lines that were rewound meanwhile counts, and one from beyond the end does no harm")
  void lateAckCounts() {
    RunLog log = log(10_000, 1000);
    log.append(HANDLER, "one\ntwo");
    log.nextBatch(RUN);
    log.rewind();

    log.ack(99);

    assertThat(log.isAllAcked()).isTrue();
    assertThat(log.nextBatch(RUN)).isNull();
  }

  @Test
  @DisplayName("LG4: of a log beyond the quota head and tail are kept, and the cut is counted")
  void logBeyondTheQuotaIsCut() {
    RunLog log = log(100, 1000);
    for (int i = 1; i <= 5_000; i++) {
      log.append(HANDLER, "line " + i);
    }
    log.close();

    List<String> lines = texts(drain(log));

    assertThat(lines).hasSizeLessThanOrEqualTo(100).first().isEqualTo("line 1");
    assertThat(lines).last().isEqualTo("line 5000");
    assertThat(lines)
        .anyMatch(line -> line.startsWith("the log has reached its 100 lines"))
        .anyMatch(line -> line.matches("4903 lines \\(\\d+ bytes\\) are cut away here"));
    assertThat(log.last()).isEqualTo(lines.size());
  }

  @Test
  @DisplayName("A log within the quota is not cut")
  void logWithinTheQuotaIsWhole() {
    RunLog log = log(100, 1000);
    for (int i = 1; i <= 72; i++) {
      log.append(HANDLER, "line " + i);
    }
    log.close();

    assertThat(drain(log)).hasSize(72);
  }

  @Test
  @DisplayName("FN9: while nobody takes lines they are kept up to a cap, then counted")
  void linesBeyondTheCapAreCounted() {
    RunLog log = log(1_000_000, 1000);
    for (int i = 1; i <= 20_050; i++) {
      log.append(HANDLER, "line " + i);
    }
    List<LogLine> kept = drain(log);
    log.append(HANDLER, "after");
    log.close();

    List<LogLine> rest = new ArrayList<>();
    for (LogBatch batch = log.nextBatch(RUN); batch != null; batch = log.nextBatch(RUN)) {
      rest.addAll(batch.getLinesList());
    }

    assertThat(kept).hasSize(20_000);
    assertThat(texts(rest))
        .containsExactly("50 lines are lost here: no server took them in time", "after");
  }

  @Test
  @DisplayName("LG5: a line is cut to the server's bytes, inside of no character")
  void longLineIsCut() {
    RunLog log = log(100, 50);
    log.append(HANDLER, "清算".repeat(1_000));

    String text = drain(log).get(0).getText();

    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(50);
    assertThat(text).matches("(清算)+清? … \\[cut]");
  }

  @Test
  @DisplayName("A NUL never leaves the executor, since the database has no text with one")
  void nulIsReplaced() {
    RunLog log = log(100, 50);
    log.append(HANDLER, "a\0b");

    assertThat(texts(drain(log))).containsExactly("a\uFFFDb");
  }

  @Test
  @DisplayName("Nothing is added after the end")
  void nothingIsAddedAfterTheEnd() {
    RunLog log = log(100, 50);
    log.append(HANDLER, "one");
    log.close();
    log.append(HANDLER, "two");
    log.appendSystem("three");

    assertThat(texts(drain(log))).containsExactly("one");
  }
}
