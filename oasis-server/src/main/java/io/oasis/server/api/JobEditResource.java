package io.oasis.server.api;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.SourceFile;
import io.oasis.schedule.DurationText;
import io.oasis.server.apply.ApplyOptions;
import io.oasis.server.apply.ApplyRequest;
import io.oasis.server.apply.EditOutcome;
import io.oasis.server.apply.JobEditor;
import io.oasis.server.apply.Plan;
import io.oasis.server.database.JsonText;
import io.oasis.server.identity.Caller;
import io.oasis.server.identity.Permission;
import io.oasis.server.job.JobDraft;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Editing one job by hand. */
@Path(Api.V1 + "/jobs/{app}/{name}")
@Tag(name = "Jobs")
public class JobEditResource {
  private static final Duration HORIZON = Duration.ofDays(7);

  private final JobEditor editor;
  private final SecurityIdentity identity;
  private final InstantSource clock;

  public JobEditResource(JobEditor editor, SecurityIdentity identity, InstantSource clock) {
    this.editor = editor;
    this.identity = identity;
    this.clock = clock;
  }

  /**
   * A job as it is to be.
   *
   * @param labels may be null: none
   * @param spec as in a manifest
   * @param reason for the audit trail; may be null
   * @param override needed for a job that a Git source owns
   */
  public record EditJson(
      Map<String, String> labels, Map<String, Object> spec, String reason, Boolean override) {}

  @PUT
  @PermissionsAllowed(Permission.Name.JOB_WRITE)
  @Operation(
      summary = "Saves a job: the whole of its spec and labels",
      description =
          "If-Match holds the ETag of the job that was edited; If-None-Match: * makes a new job."
              + " What somebody else has saved since is never overwritten: the answer is 412 with"
              + " all three versions.")
  @APIResponse(
      responseCode = "200",
      description = "Saved; a plan of one step says what changed",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(implementation = PlanJson.class)))
  @APIResponse(
      responseCode = "412",
      description = "Somebody else saved it first",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "stale", value = Examples.STALE)))
  public RestResponse<PlanJson> save(
      @RestPath String app,
      @RestPath String name,
      @RestHeader("If-Match") Optional<String> ifMatch,
      @RestHeader("If-None-Match") Optional<String> ifNoneMatch,
      @RequestBody(
              content =
                  @Content(
                      mediaType = "application/json",
                      schema = @Schema(implementation = EditJson.class),
                      examples = @ExampleObject(name = "timeout", value = Examples.EDIT)))
          EditJson wanted) {
    Scope.require(identity, app);
    JobKey key = new JobKey(app, name);
    if (wanted == null || wanted.spec() == null) {
      throw ProblemException.invalidField("spec", "spec is needed", "send the whole spec");
    }
    long start = clock.millis();
    JobEditor.Edit edit = new JobEditor.Edit(key, base(ifMatch, ifNoneMatch), request(key, wanted));
    return switch (editor.save(edit)) {
      case EditOutcome.Saved(Plan plan) -> saved(plan, clock.millis() - start);
      case EditOutcome.Stale(var views) ->
          throw new ProblemException(EditProblems.stale(key, views));
      case EditOutcome.Invalid(var problems) ->
          throw new ProblemException(EditProblems.invalid(problems));
      case EditOutcome.Owned(var owner) ->
          throw new ProblemException(
              Problem.field(
                  ErrorCode.CONFLICT,
                  "override",
                  "job %s belongs to source %s".formatted(key, owner.owner()),
                  owner.hint()));
      case EditOutcome.Missing() -> throw ProblemException.notFound("job " + key);
      case EditOutcome.Exists() ->
          throw new ProblemException(
              ErrorCode.CONFLICT,
              "job " + key + " is there already",
              "choose another name, or edit it with If-Match and its ETag");
      case EditOutcome.OutOfScope(var object) ->
          throw ApplyProblems.outOfScope(edit.request(), object);
    };
  }

  private static RestResponse<PlanJson> saved(Plan plan, long took) {
    PlanJson answer =
        PlanJson.of(plan, new PlanJson.PlanInfo(true, null, null, took, DurationText.of(HORIZON)));
    return RestResponse.ok(answer);
  }

  private static Optional<JobEditor.Base> base(
      Optional<String> ifMatch, Optional<String> ifNoneMatch) {
    if (ifMatch.isPresent()) {
      return Optional.of(
          ETags.parse(ifMatch.get())
              .orElseThrow(
                  () ->
                      ProblemException.invalidField(
                          "If-Match",
                          "If-Match is no ETag of a job: " + ifMatch.get(),
                          "send back the ETag that GET answered, or *")));
    }
    if (ifNoneMatch.map(String::strip).filter("*"::equals).isPresent()) {
      return Optional.empty();
    }
    throw ProblemException.invalidField(
        "If-Match",
        "a save says what was edited",
        "send If-Match with the job's ETag, or If-None-Match: * to make a new job");
  }

  /** JSON is YAML, so that the one reader of manifests checks this as well. */
  private ApplyRequest request(JobKey key, EditJson wanted) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("app", key.app());
    metadata.put("name", key.name());
    if (wanted.labels() != null && !wanted.labels().isEmpty()) {
      metadata.put("labels", wanted.labels());
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", "oasis/v1");
    document.put("kind", "Job");
    document.put("metadata", metadata);
    document.put("spec", wanted.spec());
    Caller caller = Caller.of(identity);
    return new ApplyRequest(
        List.of(
            new SourceFile(
                EditProblems.BODY, JsonText.write(document).getBytes(StandardCharsets.UTF_8))),
        JobDraft.Origin.byHand(
            caller.who(), JobDraft.Via.API, JobActionResource.reason(wanted.reason())),
        Scope.reach(identity),
        HORIZON,
        Boolean.TRUE.equals(wanted.override()) ? ApplyOptions.BY_HAND : ApplyOptions.PLAIN);
  }
}
