package io.oasis.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.oasis.manifest.FieldChange;
import io.oasis.schedule.DurationText;
import io.oasis.schedule.Schedule;
import io.oasis.schedule.ScheduleText;
import io.oasis.server.apply.Plan;
import io.oasis.server.apply.PlanStep;
import io.oasis.server.job.Firing;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A plan, or what an apply did.
 *
 * @param applied true when it was written
 * @param durationMs how long the server took
 * @param steps one for each document, apps first
 */
public record PlanJson(
    boolean applied,
    String source,
    String commit,
    long durationMs,
    SummaryJson summary,
    List<StepJson> steps) {

  /** How many steps do what. */
  public record SummaryJson(int create, int change, int unchanged, int prune) {}

  /**
   * What becomes of one document. What does not apply is absent.
   *
   * @param kind app or job
   * @param key {@code billing} or {@code billing/nightly}
   * @param action create, change or unchanged
   * @param revision of the job after the step
   * @param nextFireAt the job's next nominal time after the step, when the step sets it
   * @param nextFireText why there is no such time, or what the time depends on
   * @param timeZone of the job's schedule
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record StepJson(
      String kind,
      String key,
      String action,
      Integer revision,
      List<FieldJson> fields,
      Instant nextFireAt,
      String nextFireText,
      String timeZone,
      FiresJson fires) {}

  /** One field that differs; null: not there. */
  public record FieldJson(String path, String before, String after) {
    static FieldJson of(FieldChange change) {
      return new FieldJson(change.path(), change.before(), change.after());
    }
  }

  /** Fires that come and go within the horizon. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record FiresJson(String horizon, long removed, long added, Instant firstAt) {}

  static PlanJson of(Plan plan, PlanInfo info) {
    return new PlanJson(
        info.applied(),
        info.source(),
        info.commit(),
        info.durationMs(),
        new SummaryJson(
            plan.count(PlanStep.Action.CREATE),
            plan.count(PlanStep.Action.CHANGE),
            plan.count(PlanStep.Action.UNCHANGED),
            0),
        plan.steps().stream().map(step -> step(step, info.horizon())).toList());
  }

  /** What a plan says besides its steps. */
  record PlanInfo(boolean applied, String source, String commit, long durationMs, String horizon) {}

  private static StepJson step(PlanStep step, String horizon) {
    return switch (step) {
      case PlanStep.AppStep app ->
          new StepJson("app", app.name(), action(step), null, fields(step), null, null, null, null);
      case PlanStep.JobStep job -> job(job, horizon);
    };
  }

  private static StepJson job(PlanStep.JobStep step, String horizon) {
    Schedule schedule = step.wanted().spec().schedule();
    Optional<Instant> next = step.timing().firing().flatMap(Firing::next);
    return new StepJson(
        "job",
        step.key().toString(),
        action(step),
        step.revision(),
        fields(step),
        next.orElse(null),
        nextText(step, schedule),
        ScheduleText.of(schedule).zone(),
        step.timing()
            .fires()
            .map(f -> new FiresJson(horizon, f.removed(), f.added(), f.first().orElse(null)))
            .orElse(null));
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

  private static String action(PlanStep step) {
    return step.action().name().toLowerCase(Locale.ROOT);
  }
}
