package io.oasis.server.log;

import io.oasis.server.run.RunHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one turn of the collector does for one hand-over: puts its pieces behind the lines that are
 * stored, trims what is there already, and knows what to answer. Touches no database.
 */
final class LogBatch {
  private final long quota;
  private final LogTail.Open before;
  private final List<LogEntry> entries = new ArrayList<>();
  private final List<LogQueue.Offer> answered = new ArrayList<>();
  private long seq;

  /**
   * Nothing to write yet.
   *
   * @param before where the stored lines end
   * @param quota how many lines of an attempt are stored; of more, executors keep head and tail
   *     themselves, so that nothing is lost of one that keeps the contract
   */
  LogBatch(LogTail.Open before, long quota) {
    this.before = before;
    this.quota = quota;
    this.seq = before.seq();
  }

  /** Adds a piece. One that would leave a hole is dropped: the executor says it again. */
  void add(LogQueue.Offer offer) {
    LogPiece piece = offer.piece();
    if (piece.firstSeq() > seq + 1 && !isFull()) {
      return;
    }
    if (piece.lastSeq() > seq) {
      int known = Math.toIntExact(Math.max(0, seq + 1 - piece.firstSeq()));
      List<LogEntry> fresh = piece.entries().subList(known, piece.entries().size());
      long room = Math.max(0, quota - before.base() - before.seq() - entries.size());
      entries.addAll(fresh.subList(0, (int) Math.min(room, fresh.size())));
      seq = piece.lastSeq();
    }
    answered.add(offer);
  }

  /** The lines to write; empty when all of them are there already. */
  Optional<LogStore.NewRow> row(RunHandle run) {
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    long first = before.base() + before.seq() + 1;
    return Optional.of(
        new LogStore.NewRow(run, first, first + entries.size() - 1, LogText.write(entries)));
  }

  /** True when there is nothing to write. */
  boolean isUnchanged() {
    return entries.isEmpty();
  }

  /** How many lines there are to write. */
  int size() {
    return entries.size();
  }

  /** Where the lines end once the row is written. */
  LogTail.Open after() {
    return before.upTo(seq);
  }

  /** Whom to tell {@link #after()} when it is committed. */
  List<LogQueue.Offer> answered() {
    return answered;
  }

  private boolean isFull() {
    return before.base() + before.seq() + entries.size() >= quota;
  }
}
