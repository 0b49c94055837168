package io.oasis.server.lease;

import java.time.Instant;

/**
 * A long time during which no server was there: a downtime, or the time between a backup and its
 * restoration. The two cannot be told apart.
 *
 * @param from when a server was last there
 * @param until when one was there again
 */
public record Absence(Instant from, Instant until) {

  /** Whether something that was planned for this instant fell into it, or lies even before. */
  public boolean swallowed(Instant at) {
    return !at.isAfter(until);
  }
}
