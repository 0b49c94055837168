package io.oasis.it.harness;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for something that another process does. */
public final class Await {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private Await() {}

  /**
   * Returns as soon as the condition holds.
   *
   * @param what completes "waited for …"
   * @throws AssertionError when it does not hold within the time
   */
  public static void until(String what, Duration atMost, BooleanSupplier condition) {
    value(what, atMost, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /**
   * Returns the first value that there is.
   *
   * @param what completes "waited for …"
   * @throws AssertionError when there is none within the time
   */
  public static <T> T value(String what, Duration atMost, Supplier<Optional<T>> source) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      var value = source.get();
      if (value.isPresent()) {
        return value.get();
      }
      if (System.nanoTime() - deadline >= 0) {
        throw new AssertionError("waited " + atMost.toSeconds() + " s in vain for " + what);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
