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

/** Runs the poller for due jobs, and the look for fixed delays that lost their next time. */
@ApplicationScoped
public class TriggerLoop {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Loop loop;
  private final Loop delays;
  private final Listener listener;

  public TriggerLoop(DueJobPoller poller, StalledDelays stalled, Listener listener) {
    this.loop = new Loop("trigger", poller::runOnce);
    this.delays = new Loop("fixed-delays", stalled::runOnce);
    this.listener = listener;
  }

  void start(@Observes @Priority(110) StartupEvent event, Shutdown shutdown) {
    loop.start();
    delays.start();
    listener.onWord(Wakeups.JOBS, loop::wake);
    shutdown.register(Shutdown.Phase.STOP_CLAIMING, "trigger", () -> loop.stop(PATIENCE));
    shutdown.register(Shutdown.Phase.STOP_CLAIMING, "fixed-delays", () -> delays.stop(PATIENCE));
  }
}
