package io.oasis.server.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Starts of runs that wait a moment for the ends of the same runs, so that a short run is written
 * once and not twice. A node that is given hundreds of runs says first that it has begun them all,
 * and their ends come some milliseconds later. For one thread.
 */
final class WaitingStarts {
  /** A run of which nothing more is heard by then is written as running. */
  static final Duration PATIENCE = Duration.ofMillis(50);

  private Duration patience = PATIENCE;

  /** In the order in which they were heard. */
  private List<Report.Accepted> waiting = new ArrayList<>();

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /**
   * What is to be written now, each run's reports in their order: everything but starts of runs of
   * which nothing else was heard, unless those have waited long enough.
   */
  List<Report> ripe(List<Report> heard, Instant now) {
    Set<RunHandle> goOn = new HashSet<>();
    List<Report> others = new ArrayList<>();
    for (Report report : heard) {
      if (report instanceof Report.Accepted start && start.run().member() == 0) {
        waiting.add(start);
      } else {
        others.add(report);
        goOn.add(report.run());
      }
    }
    Instant longAgo = now.minus(patience);
    List<Report> ripe = new ArrayList<>();
    List<Report.Accepted> left = new ArrayList<>();
    for (Report.Accepted start : waiting) {
      boolean ready = goOn.contains(start.run()) || !start.heardAt().isAfter(longAgo);
      if (ready) {
        ripe.add(start);
      } else {
        left.add(start);
      }
    }
    waiting = left;
    ripe.addAll(others);
    return ripe;
  }

  /** From now on everything is written at once. */
  void waitNoMore() {
    patience = Duration.ZERO;
  }

  /** How long until the next one has waited long enough; {@code idle} when none waits. */
  Duration next(Instant now, Duration idle) {
    if (waiting.isEmpty()) {
      return idle;
    }
    Duration left = Duration.between(now, waiting.getFirst().heardAt().plus(patience));
    return left.isNegative() ? Duration.ZERO : left;
  }
}
