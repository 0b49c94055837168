package io.oasis.server.alarm;

import io.oasis.manifest.JobKey;
import io.oasis.server.identity.Reach;
import java.util.Optional;
import java.util.Set;

/**
 * Which incidents are listed; empty parts do not filter.
 *
 * @param states any of these
 * @param apps whose incidents
 * @param job one job
 */
public record IncidentFilter(Set<Incident.State> states, Reach apps, Optional<JobKey> job) {}
