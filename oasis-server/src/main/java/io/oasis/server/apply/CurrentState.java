package io.oasis.server.apply;

import io.oasis.manifest.JobKey;
import io.oasis.server.app.ManagedApp;
import io.oasis.server.job.ManagedJob;
import java.time.Instant;
import java.util.Map;

/**
 * What the database holds of the objects that the documents speak of.
 *
 * @param apps by name; also those that only jobs name
 * @param jobs by key
 * @param now the database's time
 */
public record CurrentState(
    Map<String, ManagedApp> apps, Map<JobKey, ManagedJob> jobs, Instant now) {}
