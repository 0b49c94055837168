package io.oasis.server.run;

import io.oasis.server.job.JobVersion;
import java.time.Instant;

/**
 * Nominal times that did not run, to be written as one row.
 *
 * @param job revision of the job
 * @param state COALESCED, MISSED or SKIPPED
 * @param reason why
 * @param from the first of them
 * @param to the last of them
 * @param count how many
 */
public record NewStretch(
    JobVersion job, RunState state, ReasonCode reason, Instant from, Instant to, long count) {}
