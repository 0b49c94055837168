package io.oasis.it.chaos;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** When a job of the chaos run is to fire: as its manifest says it, and counted without Oasis. */
sealed interface Timing {
  /** The {@code schedule} of the manifest. */
  String manifest(Instant start, Instant end);

  /** The nominal times in [start, end), or none that can be known beforehand. */
  List<Instant> times(Instant start, Instant end);

  /** A cron expression and the seconds of a minute that it means. */
  record Cron(String expression, Set<Integer> seconds) implements Timing {
    @Override
    public String manifest(Instant start, Instant end) {
      return "{cron: \"%s\", timeZone: UTC, start: \"%s\", end: \"%s\"}"
          .formatted(expression, start, end);
    }

    @Override
    public List<Instant> times(Instant start, Instant end) {
      var times = new ArrayList<Instant>();
      for (var at = start.truncatedTo(ChronoUnit.SECONDS);
          at.isBefore(end);
          at = at.plusSeconds(1)) {
        if (!at.isBefore(start) && seconds.contains((int) (at.getEpochSecond() % 60))) {
          times.add(at);
        }
      }
      return times;
    }
  }

  /** A fixed rate whose anchor is the start. */
  record Rate(Duration every) implements Timing {
    @Override
    public String manifest(Instant start, Instant end) {
      return "{fixedRate: %ds, anchor: \"%s\", start: \"%s\", end: \"%s\"}"
          .formatted(every.toSeconds(), start, start, end);
    }

    @Override
    public List<Instant> times(Instant start, Instant end) {
      var times = new ArrayList<Instant>();
      for (var at = start; at.isBefore(end); at = at.plus(every)) {
        times.add(at);
      }
      return times;
    }
  }

  /** Counted from the end of the run before, which nobody knows beforehand. */
  record Delay(Duration delay) implements Timing {
    @Override
    public String manifest(Instant start, Instant end) {
      return "{fixedDelay: %ds, start: \"%s\", end: \"%s\"}"
          .formatted(delay.toSeconds(), start, end);
    }

    @Override
    public List<Instant> times(Instant start, Instant end) {
      return List.of();
    }
  }

  /** Once, so long after the start. */
  record Once(Duration after) implements Timing {
    @Override
    public String manifest(Instant start, Instant end) {
      return "{at: \"%s\"}".formatted(start.plus(after));
    }

    @Override
    public List<Instant> times(Instant start, Instant end) {
      return List.of(start.plus(after));
    }
  }
}
