package io.oasis.server.apply;

import io.oasis.manifest.Manifest;
import io.oasis.manifest.Manifest.AppManifest;
import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.manifest.ManifestReader;
import io.oasis.manifest.ReadResult;
import io.oasis.server.app.Apps;
import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobWriter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** The door of the feature: plans files, and applies them in one transaction. */
@ApplicationScoped
public class Applier {
  private static final Logger LOG = Logger.getLogger(Applier.class);

  private final Database database;
  private final Apps apps;
  private final JobWriter jobs;
  private final PlanWriter writer;
  private final ManifestReader reader;

  public Applier(
      Database database, Apps apps, JobWriter jobs, PlanWriter writer, ApplyConfig config) {
    this.database = database;
    this.apps = apps;
    this.jobs = jobs;
    this.writer = writer;
    this.reader = new ManifestReader(config.defaultTimeZone());
  }

  /** Says what applying the files would change; writes nothing. */
  public ApplyOutcome plan(ApplyRequest request) {
    return withManifests(request, manifests -> database.call(tx -> plan(tx, request, manifests)));
  }

  /** Applies the files: all of them or, when one is wrong, none. */
  public ApplyOutcome apply(ApplyRequest request) {
    return withManifests(
        request,
        manifests ->
            database.call(
                tx -> {
                  jobs.lock(tx);
                  ApplyOutcome outcome = plan(tx, request, manifests);
                  return outcome instanceof ApplyOutcome.Planned(Plan plan)
                      ? write(tx, request, plan)
                      : outcome;
                }));
  }

  private interface Work {
    ApplyOutcome with(List<Manifest> manifests);
  }

  private ApplyOutcome withManifests(ApplyRequest request, Work work) {
    ReadResult read = reader.read(request.files());
    if (!read.problems().isEmpty()) {
      return new ApplyOutcome.Invalid(read.problems());
    }
    for (Manifest manifest : read.manifests()) {
      if (!request.reach().covers(app(manifest))) {
        return new ApplyOutcome.OutOfScope(manifest.describe());
      }
    }
    return work.with(read.manifests());
  }

  private ApplyOutcome plan(Tx tx, ApplyRequest request, List<Manifest> manifests) {
    Set<String> appNames = new HashSet<>();
    manifests.forEach(manifest -> appNames.add(app(manifest)));
    List<JobManifest> wanted =
        manifests.stream()
            .filter(JobManifest.class::isInstance)
            .map(JobManifest.class::cast)
            .toList();
    CurrentState current =
        new CurrentState(
            apps.current(tx, appNames),
            jobs.current(tx, wanted.stream().map(JobManifest::key).toList()),
            jobs.now(tx));
    Optional<String> source = request.origin().source();
    return switch (Planner.plan(manifests, current, source, request.horizon())) {
      case PlanOutcome.Planned(Plan plan) -> new ApplyOutcome.Planned(plan);
      case PlanOutcome.Invalid(var problems) -> new ApplyOutcome.Invalid(problems);
      case PlanOutcome.Conflict(var owners) -> new ApplyOutcome.Conflict(owners);
    };
  }

  private ApplyOutcome write(Tx tx, ApplyRequest request, Plan plan) {
    if (!plan.isEmpty()) {
      writer.write(tx, plan, request.origin());
      LOG.infof(
          "applied created=%d changed=%d unchanged=%d source=%s commit=%s by=%s",
          plan.count(PlanStep.Action.CREATE),
          plan.count(PlanStep.Action.CHANGE),
          plan.count(PlanStep.Action.UNCHANGED),
          request.origin().source().orElse("-"),
          request.origin().commit().orElse("-"),
          request.origin().by());
    }
    return new ApplyOutcome.Applied(plan);
  }

  private static String app(Manifest manifest) {
    if (manifest instanceof JobManifest job) {
      return job.key().app();
    }
    return ((AppManifest) manifest).name();
  }
}
