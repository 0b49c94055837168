package io.oasis.server.api;

import io.oasis.manifest.SourceFile;
import io.oasis.schedule.DurationText;
import io.oasis.server.apply.Applier;
import io.oasis.server.apply.ApplyOutcome;
import io.oasis.server.apply.ApplyRequest;
import io.oasis.server.identity.Caller;
import io.oasis.server.identity.Permission;
import io.oasis.server.job.JobDraft;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
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

/** Planning and applying manifests. */
@Path(Api.V1)
@Tag(name = "Manifests")
@APIResponse(
    responseCode = "200",
    description = "The plan, or what was done of it",
    content =
        @Content(
            mediaType = "application/json",
            schema = @Schema(implementation = PlanJson.class),
            examples = @ExampleObject(name = "change", value = Examples.PLAN)))
@APIResponse(
    responseCode = "422",
    description = "Documents are wrong; every mistake of every file",
    content =
        @Content(
            mediaType = Problem.MEDIA_TYPE,
            schema = @Schema(implementation = Problem.class),
            examples = @ExampleObject(name = "invalid", value = Examples.INVALID)))
public class ApplyResource {
  private static final long MAX_BYTES = 8L * 1024 * 1024;
  private static final String DEFAULT_HORIZON = "7d";
  private static final Duration MAX_HORIZON = Duration.ofDays(366);
  private static final int MAX_WORD = 200;

  private final Applier applier;
  private final SecurityIdentity identity;
  private final InstantSource clock;

  public ApplyResource(Applier applier, SecurityIdentity identity, InstantSource clock) {
    this.applier = applier;
    this.identity = identity;
    this.clock = clock;
  }

  @POST
  @Path("/plan")
  @PermissionsAllowed(Permission.Name.JOB_READ)
  @Operation(
      summary = "Says what applying files would change; writes nothing",
      description =
          "Each step has the fields that differ and what becomes of the job's fires within the"
              + " horizon. The answer, kept with its files, is a plan that apply can be held to.")
  public PlanJson plan(@RequestBody(ref = Api.FILES) ApplyJson wanted) {
    return run(wanted, true);
  }

  @POST
  @Path("/apply")
  @PermissionsAllowed(Permission.Name.JOB_WRITE)
  @Operation(
      summary = "Applies files in one transaction: all of them or, when one is wrong, none",
      description =
          "The same files again write nothing. With expect, a plan that was saved is done exactly,"
              + " or refused as stale_plan when an object has moved since.")
  @APIResponse(
      responseCode = "409",
      description = "Objects of other sources, or a stale plan",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class),
              examples = @ExampleObject(name = "conflict", value = Examples.CONFLICT)))
  public PlanJson apply(@RequestBody(ref = Api.FILES) ApplyJson wanted) {
    return run(wanted, wanted != null && wanted.isDryRun());
  }

  private PlanJson run(ApplyJson wanted, boolean planOnly) {
    long start = clock.millis();
    ApplyRequest request = checked(wanted);
    ApplyOutcome outcome = planOnly ? applier.plan(request) : applier.apply(request);
    long took = clock.millis() - start;
    return switch (outcome) {
      case ApplyOutcome.Applied(var plan, var ended) ->
          PlanJson.of(plan, info(request, true, took), ended);
      case ApplyOutcome.Planned(var plan) ->
          PlanJson.of(plan, info(request, false, took), Map.of());
      case ApplyOutcome.Invalid(var problems) ->
          throw new ProblemException(ApplyProblems.invalid(problems));
      case ApplyOutcome.Conflict(var owners) ->
          throw new ProblemException(ApplyProblems.conflict(owners));
      case ApplyOutcome.Unguarded(var guard) ->
          throw new ProblemException(ApplyProblems.unguarded(guard));
      case ApplyOutcome.Stale(var objects) ->
          throw new ProblemException(ApplyProblems.stale(objects));
      case ApplyOutcome.OtherInput() ->
          throw ProblemException.invalidField(
              "expect.digest",
              "the files or options are not those that the plan was made from",
              "make a new plan");
      case ApplyOutcome.OutOfScope(var object) -> throw ApplyProblems.outOfScope(request, object);
    };
  }

  private static PlanJson.PlanInfo info(ApplyRequest request, boolean applied, long took) {
    return new PlanJson.PlanInfo(
        applied,
        request.origin().source().orElse(null),
        request.origin().commit().orElse(null),
        took,
        DurationText.of(request.horizon()));
  }

  private ApplyRequest checked(ApplyJson wanted) {
    if (wanted == null || wanted.files() == null) {
      throw ProblemException.invalidField("files", "files are needed", "send at least one");
    }
    boolean mayBeEmpty = Boolean.TRUE.equals(wanted.prune());
    if (wanted.files().isEmpty() && !mayBeEmpty) {
      throw ProblemException.invalidField("files", "files are needed", "send at least one");
    }
    Caller caller = Caller.of(identity);
    return new ApplyRequest(
        files(wanted.files()),
        new JobDraft.Origin(
            caller.who(),
            word("author", wanted.author()).orElse(caller.who()),
            word("source", wanted.source()),
            word("commit", wanted.commit()),
            word("ciRun", wanted.ciRun()),
            JobDraft.Via.APPLY,
            JobActionResource.reason(wanted.reason())),
        Scope.reach(identity),
        horizon(wanted.horizon()),
        wanted.options());
  }

  private static List<SourceFile> files(List<ApplyJson.FileJson> files) {
    List<SourceFile> sources = new ArrayList<>();
    long total = 0;
    for (ApplyJson.FileJson file : files) {
      if (file == null || file.name() == null || file.content() == null) {
        throw ProblemException.invalidField(
            "files", "each file needs a name and a content", "send both");
      }
      byte[] content = file.content().getBytes(StandardCharsets.UTF_8);
      total += content.length;
      sources.add(new SourceFile(file.name(), content));
    }
    if (total > MAX_BYTES) {
      throw new ProblemException(
          ErrorCode.TOO_LARGE,
          "the files are larger than 8 MB together",
          "apply them in several parts");
    }
    return sources;
  }

  static Duration horizon(String text) {
    return DurationText.parse(text == null ? DEFAULT_HORIZON : text)
        .filter(d -> d.compareTo(MAX_HORIZON) <= 0)
        .orElseThrow(
            () ->
                ProblemException.invalidField(
                    "horizon", "horizon must be a duration up to 366d", "write for example 7d"));
  }

  private static Optional<String> word(String field, String text) {
    Optional<String> word = Optional.ofNullable(text).map(String::strip).filter(s -> !s.isEmpty());
    if (word.isPresent() && word.get().length() > MAX_WORD) {
      throw ProblemException.invalidField(
          field, field + " is longer than " + MAX_WORD + " characters", "shorten it");
    }
    return word;
  }

  static Problem invalid(List<io.oasis.manifest.Problem> problems) {
    return ApplyProblems.invalid(problems);
  }
}
