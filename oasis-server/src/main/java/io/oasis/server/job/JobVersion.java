package io.oasis.server.job;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.JobSpec;
import io.oasis.schedule.JobTiming;
import java.time.Instant;

/**
 * One revision of a job, as the engine needs it. It never changes, so it may be kept.
 *
 * @param id which revision of which job
 * @param appId the app's id
 * @param key app and name
 * @param spec what the revision says
 * @param anchorAt default anchor of a fixed rate
 */
public record JobVersion(Id id, long appId, JobKey key, JobSpec spec, Instant anchorAt) {

  /** Names one revision of one job. */
  public record Id(long jobUid, int revision) {}

  /** All that its nominal times depend on. */
  public JobTiming timing() {
    return new JobTiming(spec.schedule(), spec.window(), spec.jitter(), key.toString(), anchorAt);
  }
}
