package io.oasis.server.job;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.JobSpec;
import io.oasis.manifest.SpecForm;
import io.oasis.schedule.JobTiming;
import java.time.Instant;
import java.util.Map;

/**
 * One revision of a job, as the engine needs it. It never changes, so it may be kept.
 *
 * @param id which revision of which job
 * @param appId the app's id
 * @param key app and name as they are now
 * @param spec what the revision says
 * @param anchorAt default anchor of a fixed rate
 * @param then app and name as they were under this revision
 */
public record JobVersion(
    Id id, long appId, JobKey key, JobSpec spec, Instant anchorAt, JobKey then) {

  /**
   * Stands for a spec that cannot be read, where a run has to be brought to its end all the same:
   * no timeouts, no retries.
   */
  public static final JobSpec UNREADABLE =
      SpecForm.fromMap(Map.of("schedule", "none", "handler", "unknown"));

  /** Names one revision of one job. */
  public record Id(long jobUid, int revision) {
    // Looked up several times for each run: by hand it is cheaper than what a record comes with.
    @Override
    public int hashCode() {
      return Long.hashCode(jobUid) * 31 + revision;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Id id && id.jobUid == jobUid && id.revision == revision;
    }
  }

  /** The spec of a version that was looked up; {@link #UNREADABLE} when there was none. */
  public static JobSpec specOf(JobVersion found) {
    return found == null ? UNREADABLE : found.spec;
  }

  /** False when its stored spec could not be read and {@link #UNREADABLE} stands for it. */
  @SuppressWarnings("ReferenceEquality") // The very object stands for it; another may equal it.
  public boolean isReadable() {
    return spec != UNREADABLE;
  }

  /** All that its nominal times depend on. */
  public JobTiming timing() {
    return new JobTiming(spec.schedule(), spec.window(), spec.jitter(), then.toString(), anchorAt);
  }
}
