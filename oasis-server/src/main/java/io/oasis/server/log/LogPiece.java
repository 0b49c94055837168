package io.oasis.server.log;

import io.oasis.server.run.RunHandle;
import java.util.List;

/**
 * Consecutive lines of one hand-over.
 *
 * @param run the hand-over
 * @param firstSeq number of the first line, from 1 within the hand-over
 * @param entries at least one
 */
public record LogPiece(RunHandle run, long firstSeq, List<LogEntry> entries) {

  long lastSeq() {
    return firstSeq + entries.size() - 1;
  }

  /** About how much memory it takes. */
  long weight() {
    long weight = 0;
    for (LogEntry entry : entries) {
      weight += 64 + 2L * entry.text().length();
    }
    return weight;
  }
}
