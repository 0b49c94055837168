package io.oasis.worker;

import io.oasis.executor.Executor;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Drains the executor before Quarkus stops, so that what it says on its way is still logged. */
@Singleton
class Shutdown {
  private volatile Executor executor;

  void drainAtTheEnd(Executor started) {
    executor = started;
  }

  void stop(@Observes ShutdownEvent event) {
    Executor running = executor;
    if (running != null) {
      running.close();
    }
  }
}
