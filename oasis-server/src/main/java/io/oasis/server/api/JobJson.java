package io.oasis.server.api;

import io.oasis.server.job.Job;
import io.oasis.server.run.LastRuns;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * A job in a list.
 *
 * @param uid tells it from an earlier job of its name; {@code metadata.uid} of a manifest
 * @param revision raised by every change of spec, labels or name
 * @param source the Git source that owns it; null: nobody's
 * @param author of the current revision
 * @param ciRun the build that applied the current revision
 * @param overridden true when somebody else has edited it since its source applied it
 */
public record JobJson(
    long uid,
    String key,
    String app,
    String name,
    String title,
    Map<String, String> labels,
    String scheduleKind,
    String scheduleText,
    String timeZone,
    String handler,
    OwnerJson owner,
    boolean enabled,
    String disabledReason,
    String state,
    int revision,
    Instant nextFireAt,
    String source,
    String commit,
    Instant createdAt,
    Instant updatedAt,
    String updatedBy,
    String author,
    String ciRun,
    boolean overridden,
    LastRunJson lastRun,
    int running) {

  /** The newest run that has begun or is over. */
  public record LastRunJson(long id, String state, Instant nominalAt, Long durationMs) {
    static LastRunJson of(LastRuns.Last last) {
      return new LastRunJson(
          last.id(),
          last.state().name(),
          last.nominal(),
          last.duration().map(Duration::toMillis).orElse(null));
    }
  }

  static JobJson of(Job job, LastRuns.OfJob runs) {
    return new JobJson(
        job.uid(),
        job.key().toString(),
        job.key().app(),
        job.key().name(),
        job.title(),
        job.labels(),
        job.schedule().kind(),
        job.schedule().text(),
        job.schedule().zone(),
        job.handler(),
        OwnerJson.of(job.owner()),
        job.state() != Job.State.OFF,
        job.disabledReason().orElse(null),
        job.state().name().toLowerCase(Locale.ROOT),
        job.revision(),
        job.nextFireAt().orElse(null),
        job.history().source().orElse(null),
        job.history().commit().orElse(null),
        job.history().createdAt(),
        job.history().updatedAt(),
        job.history().updatedBy(),
        job.history().author().orElse(null),
        job.history().ciRun().orElse(null),
        job.history().isOverridden(),
        runs.last().map(LastRunJson::of).orElse(null),
        runs.running());
  }
}
