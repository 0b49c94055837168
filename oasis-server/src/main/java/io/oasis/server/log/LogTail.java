package io.oasis.server.log;

/** Where the stored lines of one hand-over end. */
sealed interface LogTail {
  /**
   * More lines are taken.
   *
   * @param base lines that earlier hand-overs of the same attempt left
   * @param seq last line of this hand-over, as the executor counts
   */
  record Open(long base, long seq) implements LogTail {
    Open upTo(long newSeq) {
      return new Open(base, newSeq);
    }
  }

  /** The hand-over is nobody's, or a later one has begun to log. */
  record Fenced() implements LogTail {}
}
