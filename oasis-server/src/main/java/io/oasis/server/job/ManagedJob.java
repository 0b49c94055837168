package io.oasis.server.job;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.JobSpec;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A job as a manifest could have written it, with what a change of it depends on.
 *
 * @param uid of the row
 * @param labels sorted by key
 * @param enabled whether it is switched on now, which may differ from what its spec says
 * @param revision of the spec
 * @param anchor default anchor of a fixed rate
 * @param source the Git source that owns it; empty: nobody's
 * @param running true when a run of its schedule is under way or waits
 */
public record ManagedJob(
    long uid,
    JobKey key,
    Map<String, String> labels,
    JobSpec spec,
    boolean enabled,
    int revision,
    Instant anchor,
    Optional<String> source,
    boolean running) {}
