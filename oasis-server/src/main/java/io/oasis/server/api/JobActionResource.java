package io.oasis.server.api;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.SecretRef;
import io.oasis.server.identity.Caller;
import io.oasis.server.identity.Permission;
import io.oasis.server.job.Job;
import io.oasis.server.job.Jobs;
import io.oasis.server.job.UnreadableSpec;
import io.oasis.server.run.LastRuns;
import io.oasis.server.run.RunFilter;
import io.oasis.server.run.RunState;
import io.oasis.server.run.RunView;
import io.oasis.server.run.Runs;
import io.oasis.server.run.Trigger;
import io.oasis.server.run.TriggerRequest;
import io.oasis.server.run.TriggerResult;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Doing something with a job. */
@Path(Api.V1 + "/jobs/{app}/{name}")
@Tag(name = "Jobs")
public class JobActionResource {
  private static final int MAX_REASON = 500;
  private static final int MAX_KEY = 200;
  private static final int KILLED_AT_ONCE = 200;

  private final Jobs jobs;
  private final Runs runs;
  private final LastRuns lastRuns;
  private final SecurityIdentity identity;

  public JobActionResource(Jobs jobs, Runs runs, LastRuns lastRuns, SecurityIdentity identity) {
    this.jobs = jobs;
    this.runs = runs;
    this.lastRuns = lastRuns;
    this.identity = identity;
  }

  /**
   * Asks for a run now.
   *
   * @param params replace the job's params of the same name; may be null
   * @param idempotencyKey two requests with one key within 24 hours are one run; may be null
   */
  public record TriggerJson(Map<String, String> params, String idempotencyKey) {}

  /** Why something is done; may be null. */
  public record ReasonJson(String reason) {}

  @POST
  @Path("/runs")
  @PermissionsAllowed(Permission.Name.JOB_RUN)
  @Operation(summary = "Starts a run now; 201 for a new one, 200 when the key was seen before")
  public RestResponse<RunJson> trigger(
      @RestPath String app,
      @RestPath String name,
      @RestHeader("Idempotency-Key") Optional<String> idempotencyHeader,
      TriggerJson wanted) {
    return trigger(key(app, name), wanted, idempotencyHeader, false);
  }

  @POST
  @Path("/forced-runs")
  @PermissionsAllowed(Permission.Name.RUN_FORCE)
  @Operation(
      summary = "Starts a run now, beside those that run, whatever the job's blocking says",
      description = "As POST …/runs. Neither the run nor its retries take or wait for a slot.")
  public RestResponse<RunJson> force(
      @RestPath String app,
      @RestPath String name,
      @RestHeader("Idempotency-Key") Optional<String> idempotencyHeader,
      TriggerJson wanted) {
    return trigger(key(app, name), wanted, idempotencyHeader, true);
  }

  /**
   * The key of the body, which may be null and comes before that of the header; a blank one is
   * none.
   */
  static Optional<String> idempotencyKey(String ofBody, Optional<String> ofHeader) {
    Optional<String> key =
        Optional.ofNullable(ofBody).or(() -> ofHeader).filter(text -> !text.isBlank());
    if (key.isPresent() && key.get().length() > MAX_KEY) {
      throw ProblemException.invalidField(
          "idempotencyKey",
          "idempotencyKey is longer than " + MAX_KEY + " characters",
          "shorten it");
    }
    return key;
  }

  private RestResponse<RunJson> trigger(
      JobKey key, TriggerJson wanted, Optional<String> idempotencyHeader, boolean forced) {
    TriggerJson asked = wanted == null ? new TriggerJson(null, null) : wanted;
    Optional<String> idempotencyKey = idempotencyKey(asked.idempotencyKey(), idempotencyHeader);
    Map<String, String> params = asked.params() == null ? Map.of() : asked.params();
    if (params.values().stream().anyMatch(Objects::isNull)) {
      throw ProblemException.invalidField(
          "params", "a param must be text, not null", "leave it out");
    }
    if (params.values().stream().anyMatch(value -> SecretRef.nameIn(value).isPresent())) {
      throw ProblemException.invalidField(
          "params",
          "only the job itself can refer to a secret, not a run of it",
          "put {secretRef: NAME} into the job's manifest");
    }
    TriggerRequest request =
        new TriggerRequest(
            key, params, Trigger.API, Caller.of(identity).who(), idempotencyKey, forced);
    return switch (runs.trigger(request)) {
      case TriggerResult.Created(RunView run) ->
          RestResponse.status(RestResponse.Status.CREATED, RunJson.of(run));
      case TriggerResult.SeenBefore(RunView run) -> RestResponse.ok(RunJson.of(run));
      case TriggerResult.NoSuchJob() -> throw ProblemException.notFound("job " + key);
      case TriggerResult.QueueFull(int queue) -> throw queueFull(key, queue);
    };
  }

  @POST
  @Path("/enable")
  @PermissionsAllowed(Permission.Name.JOB_SWITCH)
  @Operation(summary = "Switches a job on; it fires next at its first time after now")
  public JobJson enable(@RestPath String app, @RestPath String name, ReasonJson why) {
    JobKey key = key(app, name);
    return json(key, jobs.enable(key, Caller.of(identity).who(), reason(why)));
  }

  @POST
  @Path("/disable")
  @PermissionsAllowed(Permission.Name.JOB_SWITCH)
  @Operation(summary = "Switches a job off; what waits is cancelled, what runs goes on")
  public JobJson disable(@RestPath String app, @RestPath String name, ReasonJson why) {
    JobKey key = key(app, name);
    return json(key, jobs.disable(key, Caller.of(identity).who(), reason(why)));
  }

  @DELETE
  @PermissionsAllowed(Permission.Name.JOB_WRITE)
  @Operation(
      summary = "Deletes a job; its history stays",
      description =
          "What waits is cancelled. What runs goes on, or is stopped with kill=true. A job that a Git"
              + " source owns needs override=true, and is drift until the source applies again.")
  public void delete(
      @RestPath String app,
      @RestPath String name,
      @RestQuery Optional<Boolean> kill,
      @RestQuery Optional<Boolean> override) {
    JobKey key = key(app, name);
    if (!override.orElse(false)) {
      refuseOwned(key);
    }
    String by = Caller.of(identity).who();
    // Asked for before, because afterwards no list of the job leads to them.
    List<RunView> running = kill.orElse(false) ? running(key) : List.of();
    switch (jobs.delete(key, by)) {
      case Jobs.Deleted.Done done ->
          running.forEach(run -> runs.cancel(run.id(), by, Optional.of("its job was deleted")));
      case Jobs.Deleted.NoSuchJob() -> throw ProblemException.notFound("job " + key);
    }
  }

  private void refuseOwned(JobKey key) {
    jobs.find(key)
        .flatMap(found -> found.job().history().source())
        .ifPresent(
            owner -> {
              throw new ProblemException(
                  Problem.field(
                      ErrorCode.CONFLICT,
                      "override",
                      "job %s belongs to source %s".formatted(key, owner),
                      "take it out of the source's files and prune, or delete it knowingly with"
                          + " --override (override=true): the next apply makes it anew"));
            });
  }

  private List<RunView> running(JobKey key) {
    Set<RunState> underWay = Set.of(RunState.DISPATCHED, RunState.RUNNING);
    return runs.list(RunFilter.ofJob(key).withStates(underWay), KILLED_AT_ONCE, Optional.empty())
        .runs();
  }

  private JobJson json(JobKey key, Jobs.Switched switched) {
    Job job =
        switch (switched) {
          case Jobs.Switched.Done(Job now) -> now;
          case Jobs.Switched.Unchanged(Job now) -> now;
          case Jobs.Switched.NoSuchJob() -> throw ProblemException.notFound("job " + key);
          case Jobs.Switched.Unreadable(UnreadableSpec spec) ->
              throw new ProblemException(
                  ErrorCode.CONFLICT,
                  "job " + key + " cannot fire: " + spec.problem(),
                  UnreadableSpec.REMEDY);
        };
    return JobJson.of(job, lastRuns.of(List.of(job.uid())).get(job.uid()));
  }

  private JobKey key(String app, String name) {
    Scope.require(identity, app);
    return new JobKey(app, name);
  }

  static ProblemException queueFull(JobKey key, int queue) {
    return new ProblemException(
        ErrorCode.CONFLICT,
        "the queue of job " + key + " is full: " + queue + " runs wait",
        "wait for some of them to end, or cancel them");
  }

  private static Optional<String> reason(ReasonJson why) {
    return reason(why == null ? null : why.reason());
  }

  /** A reason that may be null or blank; the request ends when it is too long. */
  static Optional<String> reason(String text) {
    Optional<String> reason =
        Optional.ofNullable(text).map(String::strip).filter(words -> !words.isEmpty());
    if (reason.isPresent() && reason.get().length() > MAX_REASON) {
      throw ProblemException.invalidRequest("reason is longer than " + MAX_REASON + " characters");
    }
    return reason;
  }
}
