package io.oasis.manifest;

import java.time.Duration;

/**
 * How often and when a failed attempt is repeated.
 *
 * @param max attempts after the first; 0 means none
 * @param backoff wait after the first failed attempt
 * @param factor the wait grows by this for each further attempt
 * @param cap the wait never grows past this
 * @param jitter share of the wait that is random, 0 to 1
 * @param onLost true when an attempt whose node was lost is repeated too
 * @param onTimeout true when an attempt that timed out is repeated too
 */
public record Retry(
    int max,
    Duration backoff,
    double factor,
    Duration cap,
    double jitter,
    boolean onLost,
    boolean onTimeout) {
  public static final Retry DEFAULT =
      new Retry(0, Duration.ofSeconds(10), 2, Duration.ofMinutes(10), 0.1, true, true);
}
