package io.oasis.schedule;

import java.time.Instant;

/**
 * Nominal times that do not run, as one row of the ledger.
 *
 * @param kind what became of them
 * @param reason why
 * @param from the first of them
 * @param to the last of them
 * @param count how many, at least one
 */
public record SkippedStretch(Kind kind, Reason reason, Instant from, Instant to, long count) {

  /** What became of the times. */
  public enum Kind {
    /** The first run of the decision stands for them. */
    COALESCED,
    /** Nothing runs for them. */
    MISSED
  }

  /** Why the times do not run. */
  public enum Reason {
    /** Nobody was there to fire them. */
    DOWNTIME,
    /** They are older than the misfire window. */
    WINDOW,
    /** There are more of them than the policy runs. */
    CAP;

    /** {@code downtime}, {@code window} or {@code cap}. */
    public String code() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  static SkippedStretch of(Kind kind, Reason reason, Stretch stretch) {
    return new SkippedStretch(kind, reason, stretch.first(), stretch.last(), stretch.count());
  }
}
