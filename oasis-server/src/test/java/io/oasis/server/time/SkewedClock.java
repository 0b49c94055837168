package io.oasis.server.time;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A machine's clock that is as wrong as a test says. */
@Alternative
@ApplicationScoped
public class SkewedClock implements InstantSource {
  private volatile Duration ahead = Duration.ZERO;

  /** From now on it is ahead by this; negative: behind. */
  public void ahead(Duration by) {
    ahead = by;
  }

  @Override
  public Instant instant() {
    return InstantSource.system().instant().plus(ahead);
  }
}
