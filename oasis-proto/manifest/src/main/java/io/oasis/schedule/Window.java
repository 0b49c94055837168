package io.oasis.schedule;

import java.time.Instant;
import java.util.Optional;

/**
 * The stretch of time in which a schedule is alive.
 *
 * @param start no nominal time before it; empty: no lower bound
 * @param end no nominal time at or after it; empty: no upper bound
 */
public record Window(Optional<Instant> start, Optional<Instant> end) {
  public static final Window ALWAYS = new Window(Optional.empty(), Optional.empty());
}
