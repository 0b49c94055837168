package io.oasis.bench.machine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** Waits. */
public final class Pause {
  private Pause() {}

  /** Not at all when the number is not positive. */
  public static void millis(long millis) {
    try {
      Thread.sleep(Math.max(0, millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  /** Waits until a time; not at all when it is over. */
  public static void until(Instant time, InstantSource clock) {
    millis(Duration.between(clock.instant(), time).toMillis());
  }

  /**
   * Looks again and again until something holds.
   *
   * @param everyMillis between two looks
   * @return whether it held within the limit
   */
  public static boolean until(BooleanSupplier holds, long everyMillis, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      millis(everyMillis);
    }
    return true;
  }
}
