package io.oasis.server.log;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The door of the feature: reading logs. */
@ApplicationScoped
public class RunLogs {

  /**
   * The lines after a position.
   *
   * @param attempt only this attempt; empty: all of them
   * @param limit at most so many lines, 1–5,000
   * @return empty when there is no such run
   */
  public Optional<LogPage> read(
      long runId, LogPosition after, Optional<Integer> attempt, int limit) {
    throw new UnsupportedOperationException("landing soon");
  }
}
