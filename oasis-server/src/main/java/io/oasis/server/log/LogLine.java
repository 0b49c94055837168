package io.oasis.server.log;

import java.time.Instant;

/**
 * One line of a run's log.
 *
 * @param attempt from 1
 * @param member 0, or the number of a broadcast's member from 1
 * @param seq from 1 within attempt and member, without holes
 * @param at by the executor's clock
 * @param stream where it came from
 * @param text without its line end
 */
public record LogLine(int attempt, int member, long seq, Instant at, Stream stream, String text) {

  /** Where a line came from. */
  public enum Stream {
    HANDLER,
    STDOUT,
    STDERR,
    SYSTEM
  }
}
