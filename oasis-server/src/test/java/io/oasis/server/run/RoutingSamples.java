package io.oasis.server.run;

import io.oasis.manifest.JobSpec;
import io.oasis.manifest.Routing;
import io.oasis.manifest.SpecForm;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs and specs for tests of routing. */
public final class RoutingSamples {
  private RoutingSamples() {}

  /** A spec with the handler {@code settle}. */
  public static JobSpec spec(Routing.Strategy strategy) {
    String word = strategy.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return SpecForm.fromMap(Map.of("schedule", "none", "handler", "settle", "routing", word));
  }

  /** A run in the queue that these nodes refused. */
  public static RunRow refusedBy(List<String> nodes) {
    RunRow run = Samples.run(RunState.QUEUED, 1, 0);
    Standing.Edit edit = run.standing().edit();
    for (String node : nodes) {
      edit = edit.handedTo(node, "", Samples.NOW).refused();
    }
    return run.with(edit.done());
  }
}
