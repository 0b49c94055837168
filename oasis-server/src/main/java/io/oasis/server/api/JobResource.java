package io.oasis.server.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.oasis.manifest.JobKey;
import io.oasis.manifest.SpecForm;
import io.oasis.server.identity.Permission;
import io.oasis.server.job.Job;
import io.oasis.server.job.JobDetail;
import io.oasis.server.job.JobFilter;
import io.oasis.server.job.JobOrder;
import io.oasis.server.job.JobPage;
import io.oasis.server.job.JobRevision;
import io.oasis.server.job.Jobs;
import io.oasis.server.job.LabelSelector;
import io.oasis.server.job.UnreadableSpec;
import io.oasis.server.run.LastRuns;
import io.oasis.server.run.RunFilter;
import io.oasis.server.run.Runs;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Looking at jobs. */
@Path(Api.V1 + "/jobs")
@Tag(name = "Jobs")
public class JobResource {
  private static final int RECENT_RUNS = 10;

  private final Jobs jobs;
  private final Runs runs;
  private final LastRuns lastRuns;
  private final SecurityIdentity identity;

  public JobResource(Jobs jobs, Runs runs, LastRuns lastRuns, SecurityIdentity identity) {
    this.jobs = jobs;
    this.runs = runs;
    this.lastRuns = lastRuns;
    this.identity = identity;
  }

  /** A page of jobs. */
  public record JobsJson(List<JobJson> items, String nextCursor) {}

  /**
   * A job with everything about it.
   *
   * @param spec in the manifest's normal form; as it is stored when it cannot be read
   * @param unreadable why its stored spec cannot be read and what to do; null: it can
   * @param nextFires the next nominal times, at most five
   * @param recentRuns newest first, at most ten
   */
  public record JobDetailJson(
      @JsonUnwrapped JobJson job,
      Map<String, Object> spec,
      String unreadable,
      List<Instant> nextFires,
      List<RunJson> recentRuns) {}

  /** A spec that a job has or had. */
  public record RevisionJson(
      int revision,
      String author,
      String source,
      String commit,
      String ciRun,
      Instant createdAt,
      Map<String, String> labels,
      Map<String, Object> spec,
      String via,
      String reason) {
    static RevisionJson of(JobRevision revision) {
      return new RevisionJson(
          revision.revision(),
          revision.author(),
          revision.source().orElse(null),
          revision.commit().orElse(null),
          revision.ciRun().orElse(null),
          revision.createdAt(),
          revision.labels(),
          revision.spec(),
          revision.via(),
          revision.reason().orElse(null));
    }
  }

  /** The revisions of a job, newest first. */
  public record RevisionsJson(List<RevisionJson> items, String nextCursor) {}

  /** The query parameters that filter jobs. */
  public record JobQuery(
      @RestQuery Optional<String> app,
      @RestQuery Optional<String> q,
      @RestQuery Optional<Boolean> enabled,
      @RestQuery Optional<String> handler,
      @RestQuery Optional<String> owner,
      @RestQuery Optional<String> scheduleKind,
      @RestQuery List<String> label,
      @RestQuery Optional<String> selector) {

    JobFilter filter(SecurityIdentity identity) {
      return new JobFilter(
          Scope.narrow(identity, app),
          q.map(String::strip).filter(text -> !text.isEmpty()),
          enabled,
          handler,
          owner,
          scheduleKind,
          labels(label).and(chosen(selector)));
    }
  }

  @GET
  @PermissionsAllowed(Permission.Name.JOB_READ)
  @Operation(summary = "Lists jobs; every parameter narrows the list, sort puts it in order")
  public JobsJson list(
      @BeanParam JobQuery query,
      @RestQuery Optional<String> sort,
      @RestQuery Optional<Integer> limit,
      @RestQuery Optional<String> cursor) {
    JobOrder order =
        sort.map(
                word ->
                    JobOrder.parse(word)
                        .orElseThrow(
                            () ->
                                ProblemException.invalidRequest(
                                    "sort must be name, next, result or changed, not '"
                                        + word
                                        + "'")))
            .orElse(JobOrder.NAME);
    JobPage page =
        jobs.list(query.filter(identity), order, Paging.limit(limit), cursor)
            .orElseThrow(Paging::badCursor);
    Map<Long, LastRuns.OfJob> last = lastRuns.of(page.jobs().stream().map(Job::uid).toList());
    return new JobsJson(
        page.jobs().stream().map(job -> JobJson.of(job, last.get(job.uid()))).toList(),
        page.next().orElse(null));
  }

  @GET
  @Path("/{app}/{name}")
  @PermissionsAllowed(Permission.Name.JOB_READ)
  @Operation(summary = "One job with its spec, its next fires and its recent runs")
  public RestResponse<JobDetailJson> find(@RestPath String app, @RestPath String name) {
    Scope.require(identity, app);
    JobKey key = new JobKey(app, name);
    JobDetail found = jobs.find(key).orElseThrow(() -> ProblemException.notFound("job " + key));
    LastRuns.OfJob last = lastRuns.of(List.of(found.job().uid())).get(found.job().uid());
    JobDetailJson answer =
        new JobDetailJson(
            JobJson.of(found.job(), last),
            found
                .unreadable()
                .map(UnreadableSpec::form)
                .orElseGet(() -> SpecForm.toMap(found.spec())),
            found.unreadable().map(UnreadableSpec::advice).orElse(null),
            found.nextFires(),
            RunJson.all(runs.list(RunFilter.ofJob(key), RECENT_RUNS, Optional.empty()).runs()));
    return RestResponse.ResponseBuilder.ok(answer)
        .header("ETag", ETags.of(found.job().uid(), found.job().revision()))
        .build();
  }

  @GET
  @Path("/{app}/{name}/revisions")
  @PermissionsAllowed(Permission.Name.JOB_READ)
  @Operation(summary = "Every spec that a job has had, newest first")
  public RevisionsJson revisions(@RestPath String app, @RestPath String name) {
    Scope.require(identity, app);
    JobKey key = new JobKey(app, name);
    return new RevisionsJson(
        jobs.revisions(key).orElseThrow(() -> ProblemException.notFound("job " + key)).stream()
            .map(RevisionJson::of)
            .toList(),
        null);
  }

  @GET
  @Path("/{app}/{name}/manifest")
  @Produces("application/yaml")
  @PermissionsAllowed(Permission.Name.JOB_READ)
  @Operation(summary = "The job as a manifest in YAML, in normal form")
  public String manifest(@RestPath String app, @RestPath String name) {
    Scope.require(identity, app);
    JobKey key = new JobKey(app, name);
    return jobs.export(key).orElseThrow(() -> ProblemException.notFound("job " + key));
  }

  private static LabelSelector labels(List<String> pairs) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String pair : pairs == null ? List.<String>of() : pairs) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw ProblemException.invalidRequest("label must be key=value, not '" + pair + "'");
      }
      labels.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return LabelSelector.of(labels);
  }

  /** A selector that may be missing; the request ends when it is none. */
  static LabelSelector chosen(Optional<String> selector) {
    return selector
        .filter(text -> !text.isBlank())
        .map(
            text ->
                LabelSelector.parse(text)
                    .orElseThrow(
                        () ->
                            ProblemException.invalidRequest(
                                "'"
                                    + text
                                    + "' is not a selector; write it like team=payments,env!=dev,tier in (a,b)")))
        .orElse(LabelSelector.ALL);
  }
}
