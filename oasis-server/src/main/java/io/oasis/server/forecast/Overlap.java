package io.oasis.server.forecast;

import io.oasis.manifest.JobKey;
import java.time.Duration;
import java.time.Instant;

/**
 * A serial job whose fires will come closer than its runs take, so that runs wait in a queue.
 *
 * @param job which one
 * @param at the first fire that may find the one before still running
 * @param apart how close that fire is to the one before
 * @param takes how long a run takes
 * @param basis how that is known
 */
public record Overlap(JobKey job, Instant at, Duration apart, Duration takes, Basis basis) {
  /** How it is known how long a run takes. */
  public enum Basis {
    /** Half of the job's last runs that succeeded took as long or longer. */
    TYPICAL,
    /** The job has no history; its timeout allows so much. */
    TIMEOUT
  }
}
