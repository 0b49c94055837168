package io.oasis.server.verify;

import io.oasis.manifest.JobKey;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a look at the ledger found.
 *
 * @param from the window's start, inclusive; later than what was asked for where the history ends
 * @param until the window's end, exclusive
 * @param jobs how many were looked at
 * @param nominalTimes how many times there were
 * @param outcomes what became of them
 * @param worst the run that was handed over the latest
 * @param found how many times, by kind of finding; a kind that was not found is not in it
 * @param findings the first thousand of them
 */
public record VerifyReport(
    Instant from,
    Instant until,
    long jobs,
    long nominalTimes,
    List<Outcome> outcomes,
    Optional<Late> worst,
    Map<Finding.Kind, Long> found,
    List<Finding> findings) {

  /**
   * What became of some of the times.
   *
   * @param reason why, for times that did not run
   * @param first of them
   * @param last of them
   */
  public record Outcome(
      RunState state, Optional<ReasonCode> reason, long times, Instant first, Instant last) {}

  /** How late a run was handed over for the first time. */
  public record Late(JobKey job, long runId, Duration by) {}

  /** True when nothing was found. */
  public boolean isClean() {
    return found.isEmpty();
  }
}
