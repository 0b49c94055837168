package io.oasis.manifest;

import java.time.Duration;
import java.util.Optional;

/**
 * The limits of a run.
 *
 * @param run of one attempt, from its start; empty: none
 * @param queue of waiting for a slot or a node, from the nominal time
 * @param total of the run with all its attempts; empty: none
 * @param killGrace between asking an attempt to stop and forcing it
 */
public record Timeouts(
    Optional<Duration> run, Duration queue, Optional<Duration> total, Duration killGrace) {
  public static final Timeouts DEFAULT =
      new Timeouts(Optional.empty(), Duration.ofHours(1), Optional.empty(), Duration.ofSeconds(10));
}
