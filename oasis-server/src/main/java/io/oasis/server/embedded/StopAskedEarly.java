package io.oasis.server.embedded;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Ends a server that was asked to end while it started. */
@ApplicationScoped
public class StopAskedEarly {
  void onStart(@Observes StartupEvent event) {
    OrderedShutdown.applicationIsUp();
  }
}
