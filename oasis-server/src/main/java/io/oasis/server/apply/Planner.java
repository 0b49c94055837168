package io.oasis.server.apply;

import io.oasis.manifest.FieldChange;
import io.oasis.manifest.JobKey;
import io.oasis.manifest.Manifest;
import io.oasis.manifest.Manifest.AppManifest;
import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.manifest.Problem;
import io.oasis.manifest.SpecForm;
import io.oasis.phrase.Saying;
import io.oasis.server.app.ManagedApp;
import io.oasis.server.forecast.FireForecast;
import io.oasis.server.forecast.Overlap;
import io.oasis.server.forecast.OverlapForecast;
import io.oasis.server.job.ManagedJob;
import io.oasis.server.secret.SecretMarks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares what is wanted with what is. A pure function: no clock, no database. */
public final class Planner {
  private final CurrentState current;
  private final Rules rules;
  private final Instant until;
  private final OwnerCheck owners;
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * What planning depends on beside the documents and the state.
   *
   * @param source the Git source that the documents come from; empty: by hand
   * @param horizon how far the plan looks ahead at fires
   * @param options what is asked for
   * @param marks hides values of secrets
   * @param digest of what the plan is made from
   */
  public record Rules(
      Optional<String> source,
      Duration horizon,
      ApplyOptions options,
      SecretMarks marks,
      String digest) {}

  private Planner(CurrentState current, Rules rules) {
    this.current = current;
    this.rules = rules;
    this.until = current.now().plus(rules.horizon());
    this.owners = new OwnerCheck(rules.source(), rules.options().ownerRule());
  }

  /**
   * Plans documents that the reader found right.
   *
   * @param wanted the documents, each object once
   */
  public static PlanOutcome plan(List<Manifest> wanted, CurrentState current, Rules rules) {
    return new Planner(current, rules).plan(wanted);
  }

  private PlanOutcome plan(List<Manifest> wanted) {
    List<PlanStep> steps = new ArrayList<>();
    for (Manifest manifest : wanted) {
      if (manifest instanceof AppManifest app) {
        steps.add(step(app));
      }
    }
    List<JobManifest> jobs =
        wanted.stream().filter(JobManifest.class::isInstance).map(JobManifest.class::cast).toList();
    steps.addAll(steps(jobs, knownApps(wanted)));
    Optional<Plan.Deletions> deletions = rules.options().prune().map(prune -> prune(steps));
    if (!problems.isEmpty()) {
      owners.conflicts().forEach(conflict -> problems.add(conflict.problem()));
      return new PlanOutcome.Invalid(List.copyOf(problems));
    }
    if (!owners.conflicts().isEmpty()) {
      return new PlanOutcome.Conflict(owners.conflicts());
    }
    return new PlanOutcome.Planned(
        new Plan(
            List.copyOf(steps),
            deletions,
            overlaps(steps),
            List.copyOf(notes),
            current.now(),
            rules.digest()));
  }

  private Set<String> knownApps(List<Manifest> wanted) {
    Set<String> apps =
        wanted.stream()
            .filter(AppManifest.class::isInstance)
            .map(manifest -> ((AppManifest) manifest).name())
            .collect(Collectors.toSet());
    apps.addAll(current.apps().keySet());
    return apps;
  }

  private List<PlanStep> steps(List<JobManifest> jobs, Set<String> apps) {
    Predecessors predecessors = new Predecessors(current, jobs, problems);
    JobComparison comparison =
        new JobComparison(
            current.now(),
            new FireForecast(current.now(), until, jobs.size()),
            rules.marks(),
            owners,
            problems);
    List<PlanStep> steps = new ArrayList<>();
    for (JobManifest job : jobs) {
      if (!apps.contains(job.key().app())) {
        problems.add(
            Problem.at(
                job.location(),
                "metadata.app",
                Saying.NO_SUCH_APP.of(job.key().app()),
                Saying.ADD_THE_APP.of()));
      }
      steps.add(comparison.step(job, predecessors.of(job)));
    }
    return steps;
  }

  private PlanStep step(AppManifest wanted) {
    ManagedApp before = current.apps().get(wanted.name());
    if (before == null) {
      return new PlanStep.AppStep(
          wanted.name(), PlanStep.Action.CREATE, List.of(), wanted.spec(), Optional.empty());
    }
    List<FieldChange> fields =
        owners.check(
            wanted,
            before.source(),
            before.isOverridden() ? Optional.of("by hand") : Optional.empty(),
            SpecForm.diff(SpecForm.toMap(before.spec()), SpecForm.toMap(wanted.spec())));
    return new PlanStep.AppStep(
        wanted.name(),
        fields.isEmpty() ? PlanStep.Action.UNCHANGED : PlanStep.Action.CHANGE,
        fields,
        wanted.spec(),
        Optional.of(before));
  }

  private Plan.Deletions prune(List<PlanStep> steps) {
    Pruning pruning =
        new Pruning(current.owned(), steps, new FireForecast(current.now(), until, 1));
    List<PlanStep.JobPrune> jobs = pruning.jobs();
    List<PlanStep.AppPrune> apps = pruning.apps();
    notes.addAll(pruning.notes());
    if (!jobs.isEmpty()) {
      steps.replaceAll(step -> step instanceof PlanStep.JobStep job ? told(job, jobs) : step);
    }
    steps.addAll(jobs);
    steps.addAll(apps);
    return new Plan.Deletions(jobs.size() + apps.size(), pruning.ownedCount());
  }

  /** A new name without a word about the old one is a deletion and a creation: say so. */
  private static PlanStep told(PlanStep.JobStep step, List<PlanStep.JobPrune> gone) {
    if (step.action() != PlanStep.Action.CREATE) {
      return step;
    }
    Optional<JobKey> twin = Pruning.twin(step, gone);
    return twin.isEmpty()
        ? step
        : step.withNote(
            "does what "
                + twin.get()
                + " did, which goes with its history; to keep it, add metadata.renamedFrom: "
                + twin.get().name());
  }

  private List<Overlap> overlaps(List<PlanStep> steps) {
    OverlapForecast.Horizon horizon = new OverlapForecast.Horizon(current.now(), until);
    List<Overlap> overlaps = new ArrayList<>();
    for (PlanStep step : steps) {
      if (step instanceof PlanStep.JobStep job
          && job.action() != PlanStep.Action.UNCHANGED
          && job.enabled()) {
        OverlapForecast.ahead(
                job.key(),
                job.wanted().spec(),
                JobComparison.timing(job.wanted(), job.timing().anchor()),
                horizon,
                job.before().map(ManagedJob::uid).map(current.typical()::get))
            .ifPresent(overlaps::add);
      }
    }
    return List.copyOf(overlaps);
  }
}
