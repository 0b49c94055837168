package io.oasis.server.log;

/** What became of lines that were offered. */
public sealed interface LogAnswer {
  /**
   * Every line of the hand-over up to this number is committed.
   *
   * @param seq as the executor counts
   */
  record Committed(long seq) implements LogAnswer {}

  /** No line of this hand-over is taken any more. */
  record Fenced() implements LogAnswer {}
}
