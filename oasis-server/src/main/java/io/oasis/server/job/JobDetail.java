package io.oasis.server.job;

import io.oasis.manifest.JobSpec;
import java.time.Instant;
import java.util.List;

/**
 * One job with everything about it.
 *
 * @param job as lists show it
 * @param spec as it is now
 * @param nextFires the next nominal times, at most five; empty when it does not fire by itself
 */
public record JobDetail(Job job, JobSpec spec, List<Instant> nextFires) {}
