package io.oasis.server.verify;

import io.oasis.manifest.JobKey;
import java.time.Instant;
import java.util.Optional;

/**
 * Something in the ledger that is not as it must be.
 *
 * @param kind of what is wrong
 * @param job whose
 * @param revision that answers for the times
 * @param from the first time
 * @param to the last time, the same for a single one
 * @param count of times
 * @param runId the row that it is about, when it is about one
 * @param text one line that says it to people
 */
public record Finding(
    Kind kind,
    JobKey job,
    int revision,
    Instant from,
    Instant to,
    long count,
    Optional<Long> runId,
    String text) {

  /** What can be wrong. */
  public enum Kind {
    /** Nominal times without a row. */
    GAP,
    /** A nominal time with two rows. */
    DOUBLE,
    /** A stretch that says another number of times than there are between its ends. */
    WRONG_COUNT,
    /** A row of the schedule at a time that is none of its revision's. */
    STRAY,
    /** Due for long, and nobody has decided it. */
    OVERDUE,
    /** Two runs of a job that runs one at a time, at once. */
    OVERLAP,
    /** A run that is past its own limits and not final. */
    UNFINISHED
  }
}
