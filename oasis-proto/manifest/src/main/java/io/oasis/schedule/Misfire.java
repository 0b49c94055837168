package io.oasis.schedule;

import java.time.Duration;

/**
 * What becomes of nominal times that nobody could fire because the platform was down.
 *
 * @param policy which of them run after all
 * @param window times older than this never run under any policy
 * @param grace a time that is late by less than this is not missed at all
 * @param max how many run at most under {@link Policy#ALL}
 */
public record Misfire(Policy policy, Duration window, Duration grace, int max) {
  public static final Misfire DEFAULT =
      new Misfire(Policy.LAST, Duration.ofHours(24), Duration.ofSeconds(5), 10);

  /** Which missed times run after all. */
  public enum Policy {
    /** None of them. */
    NONE,
    /** The newest one; the others are coalesced into it. */
    LAST,
    /** The newest {@code max}, oldest first. */
    ALL
  }
}
