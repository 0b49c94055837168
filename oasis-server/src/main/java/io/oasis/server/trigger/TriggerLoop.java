package io.oasis.server.trigger;

import io.oasis.server.database.Listener;
import io.oasis.server.database.Wakeups;
import io.oasis.server.loop.Loop;
import io.oasis.server.loop.Shutdown;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Runs the poller for due jobs. */
@ApplicationScoped
public class TriggerLoop {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Loop loop;
  private final Listener listener;

  public TriggerLoop(DueJobPoller poller, Listener listener) {
    this.loop = new Loop("trigger", poller::runOnce);
    this.listener = listener;
  }

  void start(@Observes @Priority(110) StartupEvent event, Shutdown shutdown) {
    loop.start();
    listener.onWord(Wakeups.JOBS, loop::wake);
    shutdown.register(Shutdown.Phase.STOP_CLAIMING, "trigger", () -> loop.stop(PATIENCE));
  }
}
