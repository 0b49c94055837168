package io.oasis.server.stats;

import io.oasis.server.run.RunState;
import java.time.Instant;
import java.util.Map;

/**
 * Runs that ended within an hour of the viewer's clock.
 *
 * @param from start of the hour
 * @param to start of the next one
 * @param runs by the state that they ended in; states without a run are not in it
 */
public record HourCount(Instant from, Instant to, Map<RunState, Long> runs) {

  /** Runs that ended well. */
  public long succeeded() {
    return runs.getOrDefault(RunState.SUCCEEDED, 0L);
  }

  /** Runs that a person should look at. */
  public long troubled() {
    return sum(true);
  }

  /** All others: killed, cancelled, skipped, merged. */
  public long other() {
    return sum(false) - succeeded();
  }

  private long sum(boolean trouble) {
    return runs.entrySet().stream()
        .filter(entry -> entry.getKey().isTrouble() == trouble)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
