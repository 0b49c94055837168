package io.oasis.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.oasis.manifest.FieldChange;
import io.oasis.schedule.DurationText;
import io.oasis.schedule.Schedule;
import io.oasis.schedule.ScheduleText;
import io.oasis.server.apply.ApplyOutcome;
import io.oasis.server.apply.Plan;
import io.oasis.server.apply.PlanStep;
import io.oasis.server.forecast.FireChange;
import io.oasis.server.forecast.Overlap;
import io.oasis.server.job.Firing;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A plan, or what an apply did.
 *
 * @param applied true when it was written
 * @param at the server's time when it was made
 * @param digest of the files and options that it was made from
 * @param durationMs how long the server took
 * @param deletions how much goes; absent when nothing was asked to be deleted
 * @param steps one for each document, apps first; what is deleted comes last
 * @param overlaps serial jobs of these steps whose fires will come closer than their runs take
 * @param notes what else to know, one line each
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanJson(
    boolean applied,
    @JsonInclude String source,
    @JsonInclude String commit,
    Instant at,
    String digest,
    long durationMs,
    SummaryJson summary,
    DeletionsJson deletions,
    List<StepJson> steps,
    List<OverlapJson> overlaps,
    List<String> notes) {

  /** How many steps do what. */
  public record SummaryJson(int create, int change, int unchanged, int prune) {}

  /**
   * How much goes.
   *
   * @param count objects that go
   * @param owned objects that the source has
   * @param needsYes true when applying it needs {@code yes} with the count
   */
  public record DeletionsJson(int count, int owned, boolean needsYes) {}

  /**
   * What becomes of one object. What does not apply is absent.
   *
   * @param kind app or job
   * @param key {@code billing} or {@code billing/nightly}
   * @param action create, change, unchanged or prune
   * @param base names the state that the step starts from; absent when the object is not there
   * @param renamedFrom its key before the step, when it gets another name
   * @param revision of the job after the step
   * @param note what to know about it, one line
   * @param nextFireAt the job's next nominal time after the step, when the step sets it
   * @param nextFireText why there is no such time, or what the time depends on
   * @param timeZone of the job's schedule
   * @param cancelled after an apply that deleted the job: how many waiting runs were cancelled
   * @param running after an apply that deleted the job: its runs that are under way
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record StepJson(
      String kind,
      String key,
      String action,
      String base,
      String renamedFrom,
      Integer revision,
      String note,
      List<FieldJson> fields,
      Instant nextFireAt,
      String nextFireText,
      String timeZone,
      FiresJson fires,
      Integer cancelled,
      List<Long> running) {}

  /** One field that differs; null: not there. Values of secrets are marks. */
  public record FieldJson(String path, String before, String after) {
    static FieldJson of(FieldChange change) {
      return new FieldJson(change.path(), change.before(), change.after());
    }
  }

  /**
   * Fires that come and go within the horizon.
   *
   * @param moved how many of the removed have an added one on the same day
   * @param firstAt the first that is added
   * @param removedAt the time of day of all that go, in the job's zone, when it is one and the same
   * @param addedAt the same of all that come
   * @param comparedUntil present when the schedules are too dense to be compared to the end: there
   *     are more than these numbers, which are of the time before it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record FiresJson(
      String horizon,
      long removed,
      long added,
      long moved,
      Instant firstAt,
      String removedAt,
      String addedAt,
      Instant comparedUntil) {
    static FiresJson of(FireChange change, String horizon) {
      return new FiresJson(
          horizon,
          change.removed(),
          change.added(),
          change.moved(),
          change.first().orElse(null),
          change.removedAt().map(LocalTime::toString).orElse(null),
          change.addedAt().map(LocalTime::toString).orElse(null),
          change.until().orElse(null));
    }
  }

  /**
   * A serial job whose fires come closer than its runs take.
   *
   * @param at the first fire that may find the one before still running
   * @param apartMs how close it is to the one before
   * @param takesMs how long a run takes
   * @param basis typical (half of its last runs took as long or longer) or timeout (no history)
   */
  public record OverlapJson(String job, Instant at, long apartMs, long takesMs, String basis) {
    static OverlapJson of(Overlap overlap) {
      return new OverlapJson(
          overlap.job().toString(),
          overlap.at(),
          overlap.apart().toMillis(),
          overlap.takes().toMillis(),
          overlap.basis().name().toLowerCase(Locale.ROOT));
    }
  }

  static PlanJson of(Plan plan, PlanInfo info) {
    return of(plan, info, Map.of());
  }

  static PlanJson of(Plan plan, PlanInfo info, Map<Long, ApplyOutcome.Ended> ended) {
    return new PlanJson(
        info.applied(),
        info.source(),
        info.commit(),
        plan.at(),
        plan.digest(),
        info.durationMs(),
        new SummaryJson(
            plan.count(PlanStep.Action.CREATE),
            plan.count(PlanStep.Action.CHANGE),
            plan.count(PlanStep.Action.UNCHANGED),
            plan.count(PlanStep.Action.PRUNE)),
        plan.deletions()
            .map(d -> new DeletionsJson(d.count(), d.owned(), d.needsYes()))
            .orElse(null),
        plan.steps().stream().map(step -> step(step, info.horizon(), ended)).toList(),
        plan.overlaps().stream().map(OverlapJson::of).toList(),
        plan.notes());
  }

  /** What a plan says besides its steps. */
  record PlanInfo(boolean applied, String source, String commit, long durationMs, String horizon) {}

  private static StepJson step(PlanStep step, String horizon, Map<Long, ApplyOutcome.Ended> ended) {
    return switch (step) {
      case PlanStep.AppStep app -> plain(step, "app", app.name());
      case PlanStep.AppPrune app -> plain(step, "app", app.before().name());
      case PlanStep.JobStep job -> job(job, horizon);
      case PlanStep.JobPrune job -> gone(job, horizon, ended.get(job.before().uid()));
    };
  }

  private static StepJson plain(PlanStep step, String kind, String key) {
    return new StepJson(
        kind,
        key,
        step.action().word(),
        step.base().orElse(null),
        null,
        null,
        step.note().orElse(null),
        fields(step),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static StepJson gone(PlanStep.JobPrune step, String horizon, ApplyOutcome.Ended ended) {
    return new StepJson(
        "job",
        step.before().key().toString(),
        step.action().word(),
        step.base().orElse(null),
        null,
        null,
        null,
        List.of(),
        null,
        null,
        ScheduleText.of(step.before().spec().schedule()).zone(),
        step.fires().map(f -> FiresJson.of(f, horizon)).orElse(null),
        ended == null ? null : ended.cancelled(),
        ended == null ? null : ended.running());
  }

  private static StepJson job(PlanStep.JobStep step, String horizon) {
    Schedule schedule = step.wanted().spec().schedule();
    Optional<Instant> next = step.timing().firing().flatMap(Firing::next);
    return new StepJson(
        "job",
        step.key().toString(),
        step.action().word(),
        step.base().orElse(null),
        step.renamedFrom().map(Object::toString).orElse(null),
        step.revision(),
        step.note().orElse(null),
        fields(step),
        next.orElse(null),
        nextText(step, schedule),
        ScheduleText.of(schedule).zone(),
        step.timing().fires().map(f -> FiresJson.of(f, horizon)).orElse(null),
        null,
        null);
  }

  /** Null when the next time, or that nothing changes about it, says it all. */
  private static String nextText(PlanStep.JobStep step, Schedule schedule) {
    if (!step.enabled()) {
      return "disabled";
    }
    return switch (schedule) {
      case Schedule.FixedDelay fixed ->
          "every " + DurationText.of(fixed.delay()) + " after it ends";
      case Schedule.None() -> "by hand";
      case Schedule.Cron cron -> endText(step);
      case Schedule.FixedRate rate -> endText(step);
      case Schedule.OneTime once -> endText(step);
    };
  }

  private static String endText(PlanStep.JobStep step) {
    return step.timing().firing().filter(Firing::completed).isPresent() ? "never again" : null;
  }

  private static List<FieldJson> fields(PlanStep step) {
    return step.fields().stream().map(FieldJson::of).toList();
  }
}
