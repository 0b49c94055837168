package io.oasis.bench.peer;

import java.sql.SQLException;

/**
 * A scheduler that the benchmark compares with Oasis. Its handler notes the call and nothing else.
 */
public interface Peer {
  /** Starts it on empty tables; it may have nothing to do yet. */
  void start() throws Exception;

  /** It takes nothing up any more. */
  void pause() throws Exception;

  /** It takes up what is due. */
  void resume() throws Exception;

  /** Writes one-time jobs into its tables, all of them in one transaction where it can. */
  void seed(DueTimes due) throws Exception;

  /** Whether nothing of all that was seeded waits or runs: it is removed, or stored as finished. */
  boolean isDone() throws SQLException;
}
