package io.oasis.server.channel;

import io.oasis.server.loop.Loop;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.RunReports;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far handlers are: only the newest word of each run counts, so that a handler that reports in
 * a tight loop costs a write a second and no more.
 */
@ApplicationScoped
public class ProgressReports {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final int MOST = 100_000;

  private final RunReports reports;
  private final Map<RunHandle, Said> newest = new ConcurrentHashMap<>();
  private final Loop loop = new Loop("progress", this::runOnce);

  public ProgressReports(RunReports reports) {
    this.reports = reports;
  }

  private record Said(int percent, String text) {}

  void start(@Observes StartupEvent event) {
    loop.start();
  }

  void stop(@Observes ShutdownEvent event) {
    loop.stop(EVERY);
  }

  /** Notes it; never blocks. */
  void offer(RunHandle run, int percent, String text) {
    if (newest.size() < MOST) {
      newest.put(run, new Said(percent, text));
    }
  }

  /** Hands on what is new; what cannot be written is dropped, because newer words follow. */
  @SuppressWarnings("ModifyCollectionInEnhancedForLoop") // A concurrent map allows it.
  Duration runOnce() {
    for (RunHandle run : newest.keySet()) {
      Said said = newest.remove(run);
      reports.progress(run, said.percent(), said.text());
    }
    return EVERY;
  }
}
