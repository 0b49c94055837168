package io.oasis.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.run.RunHandle;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LogBatchTest {
  private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
  private static final RunHandle RUN = new RunHandle(7, AT, 1, 1, 0);
  private static final long QUOTA = 100;

  private final LogBatch batch = new LogBatch(new LogTail.Open(0, 10), QUOTA);

  @Test
  @DisplayName("what is stored already is trimmed off a piece that is said again")
  void overlap() {
    batch.add(piece(6, 10));

    assertThat(batch.row(RUN)).hasValueSatisfying(r -> range(r, 11, 15));
    assertThat(batch.after().seq()).isEqualTo(15);
  }

  @Test
  @DisplayName("a piece that is stored as a whole is answered and writes nothing")
  void stored() {
    batch.add(piece(3, 5));

    assertThat(batch.isUnchanged()).isTrue();
    assertThat(batch.answered()).hasSize(1);
    assertThat(batch.after().seq()).isEqualTo(10);
  }

  @Test
  @DisplayName("a piece that would leave a hole is neither written nor answered")
  void hole() {
    batch.add(piece(12, 3));

    assertThat(batch.isUnchanged()).isTrue();
    assertThat(batch.answered()).isEmpty();
  }

  @Test
  @DisplayName("several pieces become one row, each line once")
  void oneRow() {
    batch.add(piece(11, 5));
    batch.add(piece(14, 5));
    batch.add(piece(19, 2));

    LogStore.NewRow row = batch.row(RUN).orElseThrow();
    range(row, 11, 20);
    assertThat(LogText.read(row.lines()))
        .extracting(LogEntry::text)
        .isEqualTo(IntStream.rangeClosed(11, 20).mapToObj(i -> "line " + i).toList());
  }

  @Test
  @DisplayName("lines of a later hand-over go behind those of an earlier one")
  void behindEarlierHandOver() {
    LogBatch later = new LogBatch(new LogTail.Open(40, 0), QUOTA);

    later.add(piece(1, 3));

    assertThat(later.row(RUN)).hasValueSatisfying(r -> range(r, 41, 43));
    assertThat(later.after().seq()).as("as the executor counts").isEqualTo(3);
  }

  @Test
  @DisplayName(
      "LG4 beyond the quota lines are acknowledged and not stored, so that no executor waits forever")
  void quota() {
    LogBatch nearlyFull = new LogBatch(new LogTail.Open(0, 98), QUOTA);
    nearlyFull.add(piece(99, 10));
    assertThat(nearlyFull.row(RUN)).hasValueSatisfying(r -> range(r, 99, 100));
    assertThat(nearlyFull.after().seq()).isEqualTo(108);

    LogBatch full = new LogBatch(new LogTail.Open(0, 100), QUOTA);
    full.add(piece(109, 2));
    assertThat(full.isUnchanged()).isTrue();
    assertThat(full.after().seq()).isEqualTo(110);
  }

  private static void range(LogStore.NewRow row, long first, long last) {
    assertThat(row.firstSeq()).isEqualTo(first);
    assertThat(row.lastSeq()).isEqualTo(last);
  }

  private static LogQueue.Offer piece(long first, int lines) {
    List<LogEntry> entries =
        IntStream.range(0, lines)
            .mapToObj(i -> new LogEntry(AT, LogLine.Stream.HANDLER, "line " + (first + i)))
            .toList();
    return new LogQueue.Offer(new LogPiece(RUN, first, entries), 1, answer -> {});
  }
}
