package io.oasis.server.apply;

import io.oasis.manifest.JobKey;
import io.oasis.server.app.ManagedApp;
import io.oasis.server.app.OwnedApp;
import io.oasis.server.job.ManagedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the database holds of the objects that the documents speak of.
 *
 * @param apps by name; also those that only jobs name
 * @param jobs by key; also those that documents name as their predecessors
 * @param byUid jobs that documents name by their uid
 * @param owned what the source owns; empty unless something may be deleted
 * @param typical how long runs of jobs take, by the job's uid; jobs without history are missing
 * @param now the database's time
 */
public record CurrentState(
    Map<String, ManagedApp> apps,
    Map<JobKey, ManagedJob> jobs,
    Map<Long, ManagedJob> byUid,
    Owned owned,
    Map<Long, Duration> typical,
    Instant now) {

  /** What a source owns. */
  public record Owned(List<ManagedJob> jobs, List<OwnedApp> apps) {
    static final Owned NOTHING = new Owned(List.of(), List.of());
  }
}
