package io.oasis.server.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.oasis.manifest.JobKey;
import io.oasis.server.identity.Caller;
import io.oasis.server.identity.Permission;
import io.oasis.server.run.CancelResult;
import io.oasis.server.run.ForceResult;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.ReleaseResult;
import io.oasis.server.run.RerunRequest;
import io.oasis.server.run.RerunResult;
import io.oasis.server.run.RunFilter;
import io.oasis.server.run.RunPage;
import io.oasis.server.run.RunState;
import io.oasis.server.run.RunTrace;
import io.oasis.server.run.RunView;
import io.oasis.server.run.Runs;
import io.oasis.server.run.Trigger;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** The run ledger. */
@Path(Api.V1 + "/runs")
@Tag(name = "Runs")
public class RunResource {
  private final Runs runs;
  private final SecurityIdentity identity;

  public RunResource(Runs runs, SecurityIdentity identity) {
    this.runs = runs;
    this.identity = identity;
  }

  /** A page of runs, newest first. */
  public record RunsJson(List<RunJson> items, String nextCursor) {}

  /** A run with everything that is known of it. */
  public record RunDetailJson(
      @JsonUnwrapped RunJson run,
      List<RunJson.EventJson> events,
      List<RunJson.AttemptJson> attempts,
      String result) {}

  /**
   * Asks for a run to be repeated.
   *
   * @param sameRevision null counts as false
   * @param idempotencyKey two requests with one key within 24 hours are one run; may be null
   */
  public record RerunJson(Boolean sameRevision, String idempotencyKey) {}

  /**
   * The query parameters that filter runs.
   *
   * @param state several are separated by commas
   * @param trigger several are separated by commas
   * @param from nominal time at or after this
   * @param to nominal time before this
   * @param reason a reason code, for example {@code NODE_LOST}
   * @param q part of the job's name or title
   */
  public record RunQuery(
      @RestQuery Optional<String> app,
      @RestQuery Optional<String> job,
      @RestQuery Optional<String> state,
      @RestQuery Optional<String> trigger,
      @RestQuery Optional<String> from,
      @RestQuery Optional<String> to,
      @RestQuery Optional<String> node,
      @RestQuery Optional<String> reason,
      @RestQuery Optional<String> q) {}

  @GET
  @PermissionsAllowed(Permission.Name.RUN_READ)
  @Operation(summary = "Lists runs, newest first; every parameter narrows the list")
  public RunsJson list(
      @BeanParam RunQuery query,
      @RestQuery Optional<Integer> limit,
      @RestQuery Optional<String> cursor) {
    Optional<JobKey> job = query.job().map(Paging::job);
    job.ifPresent(key -> Scope.require(identity, key.app()));
    RunFilter filter =
        new RunFilter(
            Scope.narrow(identity, query.app()),
            job,
            Paging.words("state", query.state(), RunState.class),
            Paging.words("trigger", query.trigger(), Trigger.class),
            query.node(),
            query.from().map(text -> Paging.instant("from", text)),
            query.to().map(text -> Paging.instant("to", text)),
            Paging.words("reason", query.reason(), ReasonCode.class).stream().findFirst(),
            query.q().filter(text -> !text.isBlank()));
    RunPage page = page(filter, Paging.limit(limit), cursor);
    return new RunsJson(RunJson.all(page.runs()), page.next().orElse(null));
  }

  @GET
  @Path("/{id}")
  @PermissionsAllowed(Permission.Name.RUN_READ)
  @Operation(summary = "One run with its events and attempts")
  public RunDetailJson find(@RestPath long id) {
    RunTrace trace = runs.trace(id).orElseThrow(() -> noSuchRun(id));
    Scope.require(identity, trace.run().job().app());
    return new RunDetailJson(
        RunJson.of(trace.run()),
        trace.events().stream().map(RunJson.EventJson::of).toList(),
        trace.attempts().stream().map(RunJson.AttemptJson::of).toList(),
        trace.result().orElse(null));
  }

  @POST
  @Path("/{id}/cancel")
  @PermissionsAllowed(Permission.Name.RUN_CANCEL)
  @Operation(
      summary = "Asks a run to stop",
      description =
          "One that waits is cancelled at once; one that runs ends when its node says so.")
  public RestResponse<RunJson> cancel(@RestPath long id, JobActionResource.ReasonJson why) {
    requireScope(id);
    Optional<String> reason = Optional.ofNullable(why).map(JobActionResource.ReasonJson::reason);
    return switch (runs.cancel(id, Caller.of(identity).who(), reason)) {
      case CancelResult.Asked(RunView run) ->
          RestResponse.status(RestResponse.Status.ACCEPTED, RunJson.of(run));
      case CancelResult.AlreadyFinal(RunView run) ->
          throw new ProblemException(ErrorCode.CONFLICT, "run " + id + " is over: " + run.state());
      case CancelResult.NoSuchRun() -> throw noSuchRun(id);
    };
  }

  @POST
  @Path("/{id}/force-end")
  @PermissionsAllowed(Permission.Name.RUN_FORCE)
  @Operation(
      summary = "Ends a run that does not stop, and frees its slot",
      description =
          "Only for a run that was asked to stop and whose node has not confirmed it. Its code may"
              + " still run: make sure of that first where two at once do harm.")
  public RunJson forceEnd(@RestPath long id, JobActionResource.ReasonJson why) {
    requireScope(id);
    Optional<String> reason = Optional.ofNullable(why).map(JobActionResource.ReasonJson::reason);
    return switch (runs.forceEnd(id, Caller.of(identity).who(), reason)) {
      case ForceResult.Ended(RunView run) -> RunJson.of(run);
      case ForceResult.NotStopping(RunView run) ->
          throw new ProblemException(
              ErrorCode.CONFLICT,
              "run " + id + " was not asked to stop yet: it is " + run.state(),
              "cancel it first, and force its end only if it does not stop");
      case ForceResult.AlreadyFinal(RunView run) ->
          throw new ProblemException(ErrorCode.CONFLICT, "run " + id + " is over: " + run.state());
      case ForceResult.NoSuchRun() -> throw noSuchRun(id);
    };
  }

  @POST
  @Path("/{id}/release")
  @PermissionsAllowed(Permission.Name.JOB_RUN)
  @Operation(
      summary = "Lets a held run go on",
      description =
          "Held are runs whose time passed while no server was there for long; to end one instead,"
              + " cancel it.")
  public RunJson release(@RestPath long id) {
    requireScope(id);
    return switch (runs.release(id, Caller.of(identity).who())) {
      case ReleaseResult.Released(RunView run) -> RunJson.of(run);
      case ReleaseResult.NotHeld(RunView run) ->
          throw new ProblemException(
              ErrorCode.CONFLICT, "run " + id + " is not held: it is " + run.state());
      case ReleaseResult.NoSuchRun() -> throw noSuchRun(id);
    };
  }

  @POST
  @Path("/{id}/rerun")
  @PermissionsAllowed(Permission.Name.JOB_RUN)
  @Operation(
      summary = "Repeats a run with its params, by the job's current revision or its own",
      description = "201 for a new run, 200 when the idempotency key was seen before.")
  public RestResponse<RunJson> rerun(
      @RestPath long id,
      @RestHeader("Idempotency-Key") Optional<String> idempotencyHeader,
      RerunJson wanted) {
    RunView old = requireScope(id);
    boolean sameRevision = wanted != null && Boolean.TRUE.equals(wanted.sameRevision());
    Optional<String> key =
        JobActionResource.idempotencyKey(
            wanted == null ? null : wanted.idempotencyKey(), idempotencyHeader);
    RerunRequest request = new RerunRequest(id, Caller.of(identity).who(), sameRevision, key);
    return switch (runs.rerun(request)) {
      case RerunResult.Created(RunView run) ->
          RestResponse.status(RestResponse.Status.CREATED, RunJson.of(run));
      case RerunResult.SeenBefore(RunView run) -> RestResponse.ok(RunJson.of(run));
      case RerunResult.NoSuchRun() -> throw noSuchRun(id);
      case RerunResult.JobGone() ->
          throw new ProblemException(
              ErrorCode.CONFLICT, "job " + old.job() + " of run " + id + " is deleted");
      case RerunResult.QueueFull(int queue) -> throw JobActionResource.queueFull(old.job(), queue);
    };
  }

  private RunPage page(RunFilter filter, int limit, Optional<String> cursor) {
    try {
      return runs.list(filter, limit, cursor);
    } catch (IllegalArgumentException e) {
      throw Paging.badCursor();
    }
  }

  private RunView requireScope(long id) {
    RunView run = runs.find(id).orElseThrow(() -> noSuchRun(id));
    Scope.require(identity, run.job().app());
    return run;
  }

  static ProblemException noSuchRun(long id) {
    return ProblemException.notFound("run " + id);
  }
}
