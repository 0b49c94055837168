package io.oasis.server.time;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.InstantSource;

/** Gives out the machine's clock. */
public final class TimeModule {

  /** The machine's clock; tests put another one in its place. */
  @Produces
  @ApplicationScoped
  InstantSource instantSource() {
    return InstantSource.system();
  }
}
