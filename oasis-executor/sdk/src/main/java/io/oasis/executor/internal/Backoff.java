package io.oasis.executor.internal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next dial: doubles from 100 ms to 5 s, each time between half and the
 * whole of it, so that many executors do not come back at one instant.
 */
final class Backoff {
  private static final long FIRST_MILLIS = 100;
  private static final long CAP_MILLIS = 5_000;

  private final RandomGenerator random;
  private long nextMillis = FIRST_MILLIS;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  Duration next() {
    long whole = nextMillis;
    nextMillis = Math.min(CAP_MILLIS, nextMillis * 2);
    return jittered(Duration.ofMillis(whole));
  }

  /** Somewhere between half and the whole of a time. */
  Duration jittered(Duration whole) {
    long half = whole.toMillis() / 2;
    return Duration.ofMillis(half + random.nextLong(half + 1));
  }

  void reset() {
    nextMillis = FIRST_MILLIS;
  }
}
