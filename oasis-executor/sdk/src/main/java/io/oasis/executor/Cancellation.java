package io.oasis.executor;

import java.time.Duration;
import java.util.Optional;

/**
 * Tells a handler that its run is to stop. Stopping is cooperative first: a handler has {@link
 * #grace()} to end by itself, then its thread is interrupted. However it ends after that, the run
 * is over as cancelled.
 */
public interface Cancellation {

  /** Whether the run is to stop. Once true it stays true. */
  boolean isCancelled();

  /** Why the run is to stop ("killed by wang", "timeout after 10m"), or empty while it is not. */
  Optional<String> reason();

  /**
   * How long the handler may still take; zero when it has to stop at once, and zero while the run
   * is not cancelled.
   */
  Duration grace();

  /**
   * Calls {@code hook} once when the run is to stop, or at once if it already is. Hooks run on a
   * thread of their own; an exception of a hook goes into the run's log.
   *
   * @param hook for example the closing of a connection that the handler waits on
   */
  void onCancel(Runnable hook);

  /**
   * Throws when the run is to stop, for the head of a loop.
   *
   * @throws RunCancelledException when the run is to stop
   */
  default void throwIfCancelled() {
    if (isCancelled()) {
      throw new RunCancelledException(reason().orElse("cancelled"));
    }
  }
}
