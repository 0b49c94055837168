package io.oasis.server.apply;

import io.oasis.manifest.AppSpec;
import io.oasis.manifest.FieldChange;
import io.oasis.manifest.JobSpec;
import io.oasis.manifest.Manifest;
import io.oasis.manifest.Manifest.AppManifest;
import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.manifest.PastTimes;
import io.oasis.manifest.Problem;
import io.oasis.manifest.SpecForm;
import io.oasis.schedule.JobTiming;
import io.oasis.server.app.ManagedApp;
import io.oasis.server.job.Firing;
import io.oasis.server.job.ManagedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares what is wanted with what is. A pure function: no clock, no database. */
public final class Planner {
  private final CurrentState current;
  private final Optional<String> source;
  private final Instant until;

  private final List<Problem> problems = new ArrayList<>();
  private final List<Ownership> owners = new ArrayList<>();

  private Planner(CurrentState current, Optional<String> source, Duration horizon) {
    this.current = current;
    this.source = source;
    this.until = current.now().plus(horizon);
  }

  /**
   * Plans documents that the reader found right.
   *
   * @param wanted the documents, each object once
   * @param source the Git source that they come from; empty: by hand
   * @param horizon how far the plan looks ahead at fires
   */
  public static PlanOutcome plan(
      List<Manifest> wanted, CurrentState current, Optional<String> source, Duration horizon) {
    return new Planner(current, source, horizon).plan(wanted);
  }

  private PlanOutcome plan(List<Manifest> wanted) {
    Set<String> apps =
        wanted.stream()
            .filter(AppManifest.class::isInstance)
            .map(manifest -> ((AppManifest) manifest).name())
            .collect(Collectors.toSet());
    apps.addAll(current.apps().keySet());
    List<PlanStep> steps = new ArrayList<>();
    List<PlanStep> jobs = new ArrayList<>();
    for (Manifest manifest : wanted) {
      if (manifest instanceof AppManifest app) {
        steps.add(step(app));
      } else if (manifest instanceof JobManifest job) {
        checkApp(job, apps);
        jobs.add(step(job));
      }
    }
    steps.addAll(jobs);
    if (!problems.isEmpty()) {
      return new PlanOutcome.Invalid(List.copyOf(problems));
    }
    if (!owners.isEmpty()) {
      return new PlanOutcome.Conflict(List.copyOf(owners));
    }
    return new PlanOutcome.Planned(new Plan(List.copyOf(steps)));
  }

  private void checkApp(JobManifest job, Set<String> apps) {
    if (apps.contains(job.key().app())) {
      return;
    }
    problems.add(
        Problem.at(
            job.location(),
            "metadata.app",
            "there is no app " + job.key().app(),
            "add a document of kind App with that name, or start an executor of the app"));
  }

  private PlanStep step(AppManifest wanted) {
    ManagedApp before = current.apps().get(wanted.name());
    if (before == null) {
      return new PlanStep.AppStep(
          wanted.name(), PlanStep.Action.CREATE, List.of(), wanted.spec(), Optional.empty());
    }
    List<FieldChange> fields = fields(before, wanted.spec());
    checkOwner(wanted, before.source(), fields);
    return new PlanStep.AppStep(
        wanted.name(), action(fields), fields, wanted.spec(), Optional.of(before));
  }

  private PlanStep step(JobManifest wanted) {
    ManagedJob before = current.jobs().get(wanted.key());
    return before == null ? create(wanted) : change(wanted, before);
  }

  private PlanStep create(JobManifest wanted) {
    PastTimes.check(wanted, current.now()).ifPresent(problems::add);
    boolean enabled = wanted.spec().enabled();
    JobTiming timing = timing(wanted, current.now());
    return new PlanStep.JobStep(
        PlanStep.Action.CREATE,
        List.of(),
        wanted,
        Optional.empty(),
        1,
        enabled,
        new PlanStep.Timing(
            Optional.of(enabled ? Firing.first(timing, current.now(), false) : Firing.OFF),
            current.now(),
            enabled
                ? Optional.of(FireForecast.added(timing, current.now(), until))
                : Optional.empty()));
  }

  private PlanStep change(JobManifest wanted, ManagedJob before) {
    List<FieldChange> content = new ArrayList<>(labelChanges(before.labels(), wanted.labels()));
    content.addAll(SpecForm.diff(before.spec(), wanted.spec()));
    List<FieldChange> fields = withSource(content, before.source());
    checkOwner(wanted, before.source(), fields);
    boolean reschedules = reschedules(before.spec(), wanted.spec());
    if (reschedules) {
      PastTimes.check(wanted, current.now()).ifPresent(problems::add);
    }
    // What somebody switched by hand stays so, until the manifest itself says something new.
    boolean enabled =
        before.spec().enabled() == wanted.spec().enabled()
            ? before.enabled()
            : wanted.spec().enabled();
    return new PlanStep.JobStep(
        action(fields),
        fields,
        wanted,
        Optional.of(before),
        content.isEmpty() ? before.revision() : before.revision() + 1,
        enabled,
        timing(wanted, before, enabled, reschedules));
  }

  private PlanStep.Timing timing(
      JobManifest wanted, ManagedJob before, boolean enabled, boolean reschedules) {
    Instant now = current.now();
    JobTiming old = Firing.timing(before.key(), before.spec(), before.anchor());
    JobTiming young = timing(wanted, before.anchor());
    if (!enabled && !before.enabled()) {
      return new PlanStep.Timing(Optional.empty(), before.anchor(), Optional.empty());
    }
    if (!enabled) {
      return new PlanStep.Timing(
          Optional.of(Firing.OFF),
          before.anchor(),
          Optional.of(FireForecast.removed(old, now, until)));
    }
    if (!before.enabled()) {
      Firing firing =
          reschedules
              ? Firing.first(young, now, before.running())
              : Firing.afterEnable(young, now, before.running());
      return new PlanStep.Timing(
          Optional.of(firing), before.anchor(), Optional.of(FireForecast.added(young, now, until)));
    }
    if (!reschedules) {
      return new PlanStep.Timing(Optional.empty(), before.anchor(), Optional.empty());
    }
    return new PlanStep.Timing(
        Optional.of(Firing.first(young, now, before.running())),
        before.anchor(),
        Optional.of(FireForecast.changed(old, young, now, until)));
  }

  private static JobTiming timing(JobManifest wanted, Instant anchor) {
    return Firing.timing(wanted.key(), wanted.spec(), anchor);
  }

  private static boolean reschedules(JobSpec before, JobSpec after) {
    return !before.schedule().equals(after.schedule())
        || !before.window().equals(after.window())
        || !before.jitter().equals(after.jitter());
  }

  /**
   * What nobody owns may be taken; what is not changed may be named by anybody without a source.
   */
  private void checkOwner(Manifest wanted, Optional<String> owner, List<FieldChange> fields) {
    boolean other = owner.isPresent() && !owner.equals(source);
    if (other && (source.isPresent() || !fields.isEmpty())) {
      owners.add(
          new Ownership(
              wanted.describe(), owner.get(), source, wanted.location().at("metadata.name")));
    }
  }

  private List<FieldChange> fields(ManagedApp before, AppSpec wanted) {
    return withSource(
        SpecForm.diff(SpecForm.toMap(before.spec()), SpecForm.toMap(wanted)), before.source());
  }

  private List<FieldChange> withSource(List<FieldChange> content, Optional<String> owner) {
    if (source.isEmpty() || owner.isPresent()) {
      return List.copyOf(content);
    }
    List<FieldChange> fields = new ArrayList<>(content);
    fields.add(new FieldChange("source", null, source.get()));
    return List.copyOf(fields);
  }

  private static List<FieldChange> labelChanges(
      Map<String, String> before, Map<String, String> after) {
    return SpecForm.diff(Map.of("labels", before), Map.of("labels", after));
  }

  private static PlanStep.Action action(List<FieldChange> fields) {
    return fields.isEmpty() ? PlanStep.Action.UNCHANGED : PlanStep.Action.CHANGE;
  }
}
