package io.oasis.server.run;

import io.oasis.server.job.JobVersion;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A run that is to be written.
 *
 * @param job revision of the job that it is made with
 * @param nominalAt the time that it stands for; empty: the database's now
 * @param trigger why it exists
 * @param params all its params; empty: those of the revision
 * @param by who asked for it; empty: the schedule
 * @param rerunOf the run that it repeats
 * @param forced true when it is to run beside the others of its job, whatever blocking says
 */
public record NewRun(
    JobVersion job,
    Optional<Instant> nominalAt,
    Trigger trigger,
    Optional<Map<String, String>> params,
    Optional<String> by,
    Optional<Long> rerunOf,
    boolean forced) {

  /** A run of the schedule. */
  public static NewRun scheduled(JobVersion job, Instant nominalAt) {
    return new NewRun(
        job,
        Optional.of(nominalAt),
        Trigger.SCHEDULE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }
}
