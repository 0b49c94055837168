package io.oasis.server.run;

import io.oasis.manifest.Retry;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a failed attempt waits for the next one. */
final class Backoff {
  private final RandomGenerator random;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /**
   * The wait after attempt {@code k}: {@code min(cap, backoff · factor^(k−1))}, moved up or down by
   * a random part of up to {@code jitter} of it.
   */
  Duration afterAttempt(int k, Retry retry) {
    double plain =
        Math.min(
            (double) retry.cap().toMillis(),
            retry.backoff().toMillis() * Math.pow(retry.factor(), k - 1));
    double moved = plain * (1 + retry.jitter() * (2 * random.nextDouble() - 1));
    return Duration.ofMillis(Math.round(Math.max(0, moved)));
  }
}
