package io.oasis.server.job;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.JobSpec;
import io.oasis.schedule.FireTimes;
import io.oasis.schedule.JobTiming;
import io.oasis.schedule.Schedule;
import java.time.Instant;
import java.util.Optional;

/**
 * When a job fires next.
 *
 * @param next the next nominal time; empty: none is known
 * @param completed true when there will never be one
 */
public record Firing(Optional<Instant> next, boolean completed) {
  /** Of a job that is switched off. */
  public static final Firing OFF = new Firing(Optional.empty(), false);

  /** Everything that the nominal times of a job depend on. */
  public static JobTiming timing(JobKey key, JobSpec spec, Instant anchor) {
    return new JobTiming(spec.schedule(), spec.window(), spec.jitter(), key.toString(), anchor);
  }

  /** Of a job that is new, or whose schedule is changed, at {@code from}. */
  public static Firing first(JobTiming timing, Instant from, boolean running) {
    return of(timing, FireTimes.first(timing, from), running);
  }

  /** Of a job that is enabled again. */
  public static Firing afterEnable(JobTiming timing, Instant from, boolean running) {
    return of(timing, FireTimes.afterEnable(timing, from), running);
  }

  /**
   * The end of the run that is under way sets the next time of a fixed delay; until then there is
   * none.
   */
  private static Firing of(JobTiming timing, Optional<Instant> next, boolean running) {
    if (timing.schedule() instanceof Schedule.FixedDelay && running) {
      return new Firing(Optional.empty(), false);
    }
    boolean byHand = timing.schedule() instanceof Schedule.None;
    return new Firing(next, next.isEmpty() && !byHand);
  }
}
