package io.oasis.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.run.RunHandle;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LogQueueTest {
  private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  @DisplayName("FN9 the queue is bounded by weight, and takes more once something was taken out")
  void bounded() {
    LogQueue queue = new LogQueue(1_000);

    assertThat(queue.add(piece(1, 200), a -> {})).isTrue();
    assertThat(queue.add(piece(2, 200), a -> {})).isTrue();
    assertThat(queue.add(piece(3, 200), a -> {})).isFalse();
    queue.take(1, Long.MAX_VALUE);
    assertThat(queue.add(piece(3, 200), a -> {})).isTrue();
  }

  @Test
  @DisplayName("a piece that is larger than the bound is taken when nothing else waits")
  void largePiece() {
    assertThat(new LogQueue(10).add(piece(1, 10_000), a -> {})).isTrue();
  }

  @Test
  @DisplayName("what is put back comes before everything that came later")
  void putBack() {
    LogQueue queue = new LogQueue(1_000_000);
    for (int i = 1; i <= 4; i++) {
      queue.add(piece(i, 1), a -> {});
    }
    List<LogQueue.Offer> taken = queue.take(2, Long.MAX_VALUE);

    queue.putBack(taken);

    assertThat(queue.take(10, Long.MAX_VALUE))
        .extracting(o -> o.piece().firstSeq())
        .containsExactly(1L, 2L, 3L, 4L);
    assertThat(queue.weight()).isZero();
  }

  private static LogPiece piece(long seq, int characters) {
    return new LogPiece(
        new RunHandle(1, AT, 1, 1, 0),
        seq,
        List.of(new LogEntry(AT, LogLine.Stream.HANDLER, "x".repeat(characters))));
  }
}
