package io.oasis.server.apply;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.Manifest;
import io.oasis.manifest.Manifest.AppManifest;
import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.server.app.Apps;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobRuns;
import io.oasis.server.job.JobWriter;
import io.oasis.server.job.ManagedJob;
import io.oasis.server.secret.MarkKeyStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what a plan compares with: a handful of queries, however many documents there are. */
@ApplicationScoped
class PlanInput {
  private final Apps apps;
  private final JobWriter jobs;
  private final JobRuns runs;
  private final MarkKeyStore marks;

  PlanInput(Apps apps, JobWriter jobs, JobRuns runs, MarkKeyStore marks) {
    this.apps = apps;
    this.jobs = jobs;
    this.runs = runs;
    this.marks = marks;
  }

  /** What planning depends on beside the documents and the state. */
  Planner.Rules rules(Tx tx, ApplyRequest request) {
    return new Planner.Rules(
        request.origin().source(),
        request.horizon(),
        request.options(),
        marks.marks(tx),
        InputDigest.of(request));
  }

  CurrentState read(Tx tx, List<Manifest> manifests, ApplyRequest request) {
    List<JobManifest> wanted =
        manifests.stream()
            .filter(JobManifest.class::isInstance)
            .map(JobManifest.class::cast)
            .toList();
    Set<String> appNames = manifests.stream().map(PlanInput::app).collect(Collectors.toSet());
    Map<JobKey, ManagedJob> current = jobs.current(tx, keys(wanted));
    Map<Long, ManagedJob> byUid =
        jobs.currentByUid(
            tx, wanted.stream().flatMap(job -> job.predecessor().uid().stream()).toList());
    List<Long> uids =
        Stream.concat(current.values().stream(), byUid.values().stream())
            .map(ManagedJob::uid)
            .toList();
    return new CurrentState(
        apps.current(tx, appNames),
        current,
        byUid,
        owned(tx, request),
        runs.typical(tx, uids),
        jobs.now(tx));
  }

  /** The app that a document is, or is in. */
  static String app(Manifest manifest) {
    if (manifest instanceof JobManifest job) {
      return job.key().app();
    }
    return ((AppManifest) manifest).name();
  }

  private CurrentState.Owned owned(Tx tx, ApplyRequest request) {
    Optional<String> source =
        request.origin().source().filter(name -> request.options().prune().isPresent());
    return source
        .map(name -> new CurrentState.Owned(jobs.owned(tx, name), apps.owned(tx, name)))
        .orElse(CurrentState.Owned.NOTHING);
  }

  private static List<JobKey> keys(List<JobManifest> wanted) {
    List<JobKey> keys = new ArrayList<>();
    for (JobManifest job : wanted) {
      keys.add(job.key());
      job.predecessor()
          .renamedFrom()
          .map(name -> new JobKey(job.key().app(), name))
          .filter(old -> !old.equals(job.key()))
          .ifPresent(keys::add);
    }
    return keys.stream().distinct().toList();
  }
}
