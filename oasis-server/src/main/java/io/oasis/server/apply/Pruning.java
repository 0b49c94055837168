package io.oasis.server.apply;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.SpecForm;
import io.oasis.server.app.OwnedApp;
import io.oasis.server.forecast.FireChange;
import io.oasis.server.forecast.FireForecast;
import io.oasis.server.job.Firing;
import io.oasis.server.job.ManagedJob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What goes because its source does not have it any more (GO7). */
final class Pruning {
  private final CurrentState.Owned owned;
  private final FireForecast forecast;
  private final Set<Long> kept = new HashSet<>();
  private final Set<String> keptApps = new HashSet<>();

  /**
   * Looks at what a source owns.
   *
   * @param steps those of the documents, which stay
   * @param forecast counts the fires that go
   */
  Pruning(CurrentState.Owned owned, List<PlanStep> steps, FireForecast forecast) {
    this.owned = owned;
    this.forecast = forecast;
    for (PlanStep step : steps) {
      switch (step) {
        case PlanStep.JobStep job -> {
          job.before().ifPresent(before -> kept.add(before.uid()));
          keptApps.add(job.key().app());
        }
        case PlanStep.AppStep app -> keptApps.add(app.name());
        case PlanStep.JobPrune gone -> {
          // Nothing has been pruned yet.
        }
        case PlanStep.AppPrune gone -> {
          // Nothing has been pruned yet.
        }
      }
    }
  }

  List<PlanStep.JobPrune> jobs() {
    return owned.jobs().stream()
        .filter(job -> !kept.contains(job.uid()))
        .map(job -> new PlanStep.JobPrune(job, fires(job)))
        .toList();
  }

  private Optional<FireChange> fires(ManagedJob job) {
    return job.enabled()
        ? Optional.of(forecast.removed(Firing.timing(job.key(), job.spec(), job.anchor())))
        : Optional.empty();
  }

  /** Apps that nothing depends on once the jobs are gone. */
  List<PlanStep.AppPrune> apps() {
    return leaving().stream()
        .filter(app -> obstacle(app).isEmpty())
        .map(app -> new PlanStep.AppPrune(app.app()))
        .toList();
  }

  /** Why other apps stay although the files do not have them. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (OwnedApp app : leaving()) {
      obstacle(app)
          .ifPresent(
              why ->
                  notes.add(
                      "app " + app.app().name() + " is not in these files and stays: " + why));
    }
    return notes;
  }

  /** How many objects the source owns. */
  int ownedCount() {
    return owned.jobs().size() + owned.apps().size();
  }

  private List<OwnedApp> leaving() {
    return owned.apps().stream().filter(app -> !keptApps.contains(app.app().name())).toList();
  }

  private Optional<String> obstacle(OwnedApp app) {
    long going =
        owned.jobs().stream()
            .filter(job -> !kept.contains(job.uid()))
            .filter(job -> isOf(job, app))
            .count();
    if (app.jobs() > going) {
      return Optional.of("it has jobs that do not go");
    }
    return app.nodes() > 0 ? Optional.of("it has nodes online") : Optional.empty();
  }

  private static boolean isOf(ManagedJob job, OwnedApp app) {
    return job.key().app().equals(app.app().name());
  }

  /**
   * The job that goes and does the same as a new one: probably it was meant to be renamed (GO4).
   */
  static Optional<JobKey> twin(PlanStep.JobStep made, List<PlanStep.JobPrune> gone) {
    Map<String, Object> work = work(SpecForm.toMap(made.wanted().spec()));
    return gone.stream()
        .map(PlanStep.JobPrune::before)
        .filter(job -> job.key().app().equals(made.key().app()))
        .filter(job -> work(SpecForm.toMap(job.spec())).equals(work))
        .map(ManagedJob::key)
        .findFirst();
  }

  private static Map<String, Object> work(Map<String, Object> form) {
    return Map.of(
        "handler", form.get("handler"),
        "schedule", form.get("schedule"),
        "params", form.getOrDefault("params", Map.of()));
  }
}
