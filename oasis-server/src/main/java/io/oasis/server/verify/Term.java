package io.oasis.server.verify;

import java.time.Instant;
import java.util.Optional;

/**
 * What governed a job's nominal times from one change on until the next.
 *
 * @param revision in force
 * @param state whether the job was on
 * @param askedAt when the change was begun
 * @param since when it was written, not before {@code askedAt}
 * @param withdrawn the next nominal time as the change found it: everything before it had its row
 * @param first the next nominal time as the change left it
 */
public record Term(
    int revision,
    State state,
    Instant askedAt,
    Instant since,
    Optional<Instant> withdrawn,
    Optional<Instant> first) {

  /** What a job is in a term. */
  public enum State {
    ON,
    OFF,
    DELETED
  }

  /** True when the change left the next time alone: title, params and the like. */
  boolean carriesOn() {
    return first.isPresent() && first.equals(withdrawn);
  }
}
