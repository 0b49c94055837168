package io.oasis.server.apply;

import io.oasis.manifest.FieldChange;
import io.oasis.manifest.JobSpec;
import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.manifest.PastTimes;
import io.oasis.manifest.Problem;
import io.oasis.manifest.SpecForm;
import io.oasis.phrase.Saying;
import io.oasis.schedule.JobTiming;
import io.oasis.server.forecast.FireForecast;
import io.oasis.server.job.Firing;
import io.oasis.server.job.ManagedJob;
import io.oasis.server.secret.SecretMarks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares what a Job document says with what is. */
final class JobComparison {
  private final Instant now;
  private final FireForecast forecast;
  private final SecretMarks marks;
  private final OwnerCheck owners;
  private final List<Problem> problems;

  JobComparison(
      Instant now,
      FireForecast forecast,
      SecretMarks marks,
      OwnerCheck owners,
      List<Problem> problems) {
    this.now = now;
    this.forecast = forecast;
    this.marks = marks;
    this.owners = owners;
    this.problems = problems;
  }

  /** The step of a document. */
  PlanStep.JobStep step(JobManifest document, Optional<ManagedJob> before) {
    JobManifest wanted =
        withoutMarks(document, before.map(job -> job.spec().params()).orElse(Map.of()));
    return before.map(job -> change(wanted, job)).orElseGet(() -> create(wanted));
  }

  /** An exported manifest holds marks in place of secret values: the job's own values stay. */
  private JobManifest withoutMarks(JobManifest document, Map<String, String> known) {
    JobSpec spec = document.spec();
    if (spec.params().entrySet().stream()
        .noneMatch(param -> SecretMarks.isMark(param.getKey(), param.getValue()))) {
      return document;
    }
    Map<String, String> params = marks.restore(spec.params(), known);
    params.forEach(
        (name, value) -> {
          if (SecretMarks.isMark(name, value)) {
            problems.add(
                Problem.at(
                    document.location(),
                    "spec.params." + name,
                    Saying.SECRET_MARK.of(value),
                    Saying.WRITE_VALUE_OR.of("{secretRef: NAME}")));
          }
        });
    return new JobManifest(
        document.key(),
        document.labels(),
        spec.withParams(params),
        document.location(),
        document.predecessor());
  }

  private PlanStep.JobStep create(JobManifest wanted) {
    PastTimes.check(wanted, now).ifPresent(problems::add);
    boolean enabled = wanted.spec().enabled();
    JobTiming timing = timing(wanted, now);
    return new PlanStep.JobStep(
        PlanStep.Action.CREATE,
        List.of(),
        wanted,
        Optional.empty(),
        1,
        enabled,
        new PlanStep.Timing(
            Optional.of(enabled ? Firing.first(timing, now, false) : Firing.OFF),
            now,
            enabled ? Optional.of(forecast.added(timing)) : Optional.empty()),
        Optional.empty());
  }

  private PlanStep.JobStep change(JobManifest wanted, ManagedJob before) {
    List<FieldChange> content = content(wanted, before);
    List<FieldChange> fields =
        owners.check(
            wanted,
            before.source(),
            before.isOverridden() ? Optional.of("revision " + before.revision()) : Optional.empty(),
            content);
    boolean reschedules = reschedules(before, wanted);
    if (reschedules) {
      PastTimes.check(wanted, now).ifPresent(problems::add);
    }
    // What somebody switched by hand stays so, until the manifest itself says something new.
    boolean enabled =
        before.spec().enabled() == wanted.spec().enabled()
            ? before.enabled()
            : wanted.spec().enabled();
    return new PlanStep.JobStep(
        fields.isEmpty() ? PlanStep.Action.UNCHANGED : PlanStep.Action.CHANGE,
        marks.hide(fields),
        wanted,
        Optional.of(before),
        content.isEmpty() ? before.revision() : before.revision() + 1,
        enabled,
        timing(wanted, before, enabled, reschedules),
        content.isEmpty() ? Optional.empty() : note(wanted, before));
  }

  private static List<FieldChange> content(JobManifest wanted, ManagedJob before) {
    List<FieldChange> content = new ArrayList<>();
    if (!before.key().equals(wanted.key())) {
      content.add(new FieldChange("metadata.name", before.key().name(), wanted.key().name()));
    }
    content.addAll(
        SpecForm.diff(Map.of("labels", before.labels()), Map.of("labels", wanted.labels())));
    content.addAll(
        before.unreadable().isPresent()
            ? SpecForm.diff(Map.of(), SpecForm.toMap(wanted.spec()))
            : SpecForm.diff(before.spec(), wanted.spec()));
    return content;
  }

  private static Optional<String> note(JobManifest wanted, ManagedJob before) {
    if (!before.key().equals(wanted.key())) {
      return Optional.of(
          "renamed from " + before.key() + ", keeps its history (uid " + before.uid() + ")");
    }
    if (before.unreadable().isPresent()) {
      return before.unreadable().map(bad -> bad.problem() + "; this replaces it");
    }
    return before.isOverridden()
        ? Optional.of("takes back what was edited by hand (revision " + before.revision() + ")")
        : Optional.empty();
  }

  private PlanStep.Timing timing(
      JobManifest wanted, ManagedJob before, boolean enabled, boolean reschedules) {
    JobTiming old = Firing.timing(before.key(), before.spec(), before.anchor());
    JobTiming young = timing(wanted, before.anchor());
    if (!enabled && !before.enabled()) {
      return new PlanStep.Timing(Optional.empty(), before.anchor(), Optional.empty());
    }
    if (!enabled) {
      return new PlanStep.Timing(
          Optional.of(Firing.OFF), before.anchor(), Optional.of(forecast.removed(old)));
    }
    if (!before.enabled()) {
      Firing firing =
          reschedules
              ? Firing.first(young, now, before.running())
              : Firing.afterEnable(young, now, before.running());
      return new PlanStep.Timing(
          Optional.of(firing), before.anchor(), Optional.of(forecast.added(young)));
    }
    if (!reschedules) {
      return new PlanStep.Timing(Optional.empty(), before.anchor(), Optional.empty());
    }
    return new PlanStep.Timing(
        Optional.of(Firing.first(young, now, before.running())),
        before.anchor(),
        Optional.of(forecast.changed(old, young)));
  }

  static JobTiming timing(JobManifest wanted, Instant anchor) {
    return Firing.timing(wanted.key(), wanted.spec(), anchor);
  }

  /** The jitter depends on the job's name. */
  private static boolean reschedules(ManagedJob before, JobManifest wanted) {
    JobSpec old = before.spec();
    JobSpec young = wanted.spec();
    boolean jitterMoves =
        !before.key().equals(wanted.key()) && young.jitter().compareTo(Duration.ZERO) > 0;
    return before.unreadable().isPresent()
        || jitterMoves
        || !old.schedule().equals(young.schedule())
        || !old.window().equals(young.window())
        || !old.jitter().equals(young.jitter());
  }
}
