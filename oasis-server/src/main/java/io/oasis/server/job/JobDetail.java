package io.oasis.server.job;

import io.oasis.manifest.JobSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One job with everything about it.
 *
 * @param job as lists show it
 * @param spec as it is now
 * @param unreadable set when its stored spec cannot be read, and {@code spec} only stands for it;
 *     without secrets
 * @param nextFires the next nominal times, at most five; empty when it does not fire by itself
 */
public record JobDetail(
    Job job, JobSpec spec, Optional<UnreadableSpec> unreadable, List<Instant> nextFires) {}
