package io.oasis.bench;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Waits. */
final class Pause {
  private Pause() {}

  static void millis(long millis) {
    try {
      Thread.sleep(Math.max(0, millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  /** Waits until a time; not at all when it is over. */
  static void until(Instant time, InstantSource clock) {
    millis(Duration.between(clock.instant(), time).toMillis());
  }
}
