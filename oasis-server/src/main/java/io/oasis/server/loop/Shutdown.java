package io.oasis.server.loop;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/**
 * The order in which the server ends. Features register their steps when they start; on shutdown
 * the phases run one after the other, and the steps of a phase in the order of registration. A step
 * that fails is logged and does not keep the others from running.
 */
@ApplicationScoped
public class Shutdown {
  private static final Logger LOG = Logger.getLogger(Shutdown.class);

  private final List<Step> steps = new CopyOnWriteArrayList<>();

  /** What ends when. The order of the constants is the order of the shutdown. */
  public enum Phase {
    /** No job is claimed and no run handed over any more. */
    STOP_CLAIMING,
    /** Executors are told to go elsewhere; what they said last is written. */
    DRAIN,
    /** What this server holds is given up, so that others take it at once. */
    RELEASE_LEASES,
    /** Only now the server itself counts as gone. */
    END_HEARTBEATS
  }

  private record Step(Phase phase, String name, Runnable work) {}

  /**
   * Adds a step.
   *
   * @param phase when it runs
   * @param name for logs
   * @param work returns within a few seconds
   */
  public void register(Phase phase, String name, Runnable work) {
    steps.add(new Step(phase, name, work));
  }

  // Before every other observer: whoever ends by itself must not do so under these steps.
  void onShutdown(@Observes @Priority(1) ShutdownEvent event) {
    LOG.info("Oasis is stopping");
    runAll();
  }

  /** Runs all steps in order, once. */
  void runAll() {
    for (Phase phase : Phase.values()) {
      for (Step step : steps) {
        if (step.phase() == phase) {
          run(step);
        }
      }
    }
    steps.clear();
  }

  private static void run(Step step) {
    try {
      step.work().run();
    } catch (RuntimeException e) {
      LOG.warnf("shutdown: %s failed: %s", step.name(), e.getMessage());
    }
  }
}
