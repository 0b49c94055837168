package io.oasis.server.forecast;

import io.oasis.manifest.Blocking;
import io.oasis.manifest.JobKey;
import io.oasis.manifest.JobSpec;
import io.oasis.schedule.FireTimes;
import io.oasis.schedule.JobTiming;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether fires of a serial job will come closer than its runs take. The rule is simple: the first
 * {@value #LOOKED_AT} fires within the horizon are compared with the job's typical run, or, where
 * there is no history yet, with its timeout.
 */
public final class OverlapForecast {
  private static final int LOOKED_AT = 50;

  private OverlapForecast() {}

  /**
   * The first overlap ahead of a job; empty when there is none, or when nobody knows.
   *
   * @param typical how long its runs take; empty: it has no history
   */
  public static Optional<Overlap> ahead(
      JobKey key, JobSpec spec, JobTiming timing, Horizon horizon, Optional<Duration> typical) {
    Optional<Duration> takes = typical.or(() -> spec.timeouts().run());
    if (spec.blocking().strategy() != Blocking.Strategy.SERIAL || takes.isEmpty()) {
      return Optional.empty();
    }
    Overlap.Basis basis = typical.isPresent() ? Overlap.Basis.TYPICAL : Overlap.Basis.TIMEOUT;
    Optional<Instant> before = Optional.empty();
    Instant from = horizon.from();
    for (int i = 0; i < LOOKED_AT; i++) {
      Optional<Instant> next = FireTimes.next(timing, from);
      if (next.isEmpty() || next.get().isAfter(horizon.until())) {
        return Optional.empty();
      }
      if (before.isPresent()) {
        Duration apart = Duration.between(before.get(), next.get());
        if (apart.compareTo(takes.get()) < 0) {
          return Optional.of(new Overlap(key, next.get(), apart, takes.get(), basis));
        }
      }
      before = next;
      from = next.get();
    }
    return Optional.empty();
  }

  /** The time that is looked at. */
  public record Horizon(Instant from, Instant until) {}
}
