package io.oasis.server.api;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Waits between two looks of a long poll; on a virtual thread, so that it costs next to nothing.
 */
@ApplicationScoped
public class Pause {

  /** Waits; returns early when the thread is asked to end, and leaves its mark set. */
  public void sleep(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
