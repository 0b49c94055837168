package io.oasis.server.job;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.Owner;
import io.oasis.schedule.ScheduleText;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A job as lists show it.
 *
 * @param uid of the row; a new job of an old name has another one
 * @param key app and name
 * @param title for people
 * @param labels sorted by key
 * @param handler name of the code to run
 * @param schedule in words
 * @param owner the job's own, or else its app's
 * @param state whether it fires
 * @param disabledReason why it does not; empty when nobody said
 * @param revision raised by every change of spec or labels
 * @param nextFireAt the next nominal time; empty: none, or not known before the current run ends
 * @param history where it comes from
 */
public record Job(
    long uid,
    JobKey key,
    String title,
    Map<String, String> labels,
    String handler,
    ScheduleText schedule,
    Owner owner,
    State state,
    Optional<String> disabledReason,
    int revision,
    Optional<Instant> nextFireAt,
    History history) {

  /** Whether a job fires. */
  public enum State {
    ON,
    /** Disabled. */
    OFF,
    /** Its schedule has no further time. */
    DONE
  }

  /**
   * Where a job comes from.
   *
   * @param source the Git source that owns it; empty: nobody's
   * @param commit with which the source changed it last
   * @param author of the current revision, as its commit or the caller says
   * @param ciRun the build that applied the current revision
   * @param isOverridden true when a source owns it and somebody else has edited it since
   */
  public record History(
      Optional<String> source,
      Optional<String> commit,
      Instant createdAt,
      Instant updatedAt,
      String updatedBy,
      Optional<String> author,
      Optional<String> ciRun,
      boolean isOverridden) {}
}
