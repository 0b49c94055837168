package io.oasis.server.api;

import io.oasis.manifest.SourceFile;
import io.oasis.schedule.DurationText;
import io.oasis.server.apply.Applier;
import io.oasis.server.apply.ApplyOutcome;
import io.oasis.server.apply.ApplyRequest;
import io.oasis.server.apply.Ownership;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Planning and applying manifests. */
@Path(Api.V1)
@Tag(name = "Manifests")
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

  /**
   * Files to plan or to apply.
   *
   * @param source name of the Git source that the files come from; null: by hand
   * @param commit of the source
   * @param author of the commit
   * @param ciRun the build that applies
   * @param horizon how far the plan looks ahead at fires, for example {@code 7d}
   * @param dryRun for apply: plan only
   */
  public record ApplyJson(
      List<FileJson> files,
      String source,
      String commit,
      String author,
      String ciRun,
      String horizon,
      Boolean dryRun) {}

  /** One file; its name is for messages. */
  public record FileJson(String name, String content) {}

  @POST
  @Path("/plan")
  @PermissionsAllowed(Permission.Name.JOB_READ)
  @Operation(summary = "Says what applying files would change; writes nothing")
  public PlanJson plan(ApplyJson wanted) {
    return run(wanted, true);
  }

  @POST
  @Path("/apply")
  @PermissionsAllowed(Permission.Name.JOB_WRITE)
  @Operation(summary = "Applies files in one transaction: all of them or, when one is wrong, none")
  public PlanJson apply(ApplyJson wanted) {
    return run(wanted, wanted != null && Boolean.TRUE.equals(wanted.dryRun()));
  }

  private PlanJson run(ApplyJson wanted, boolean planOnly) {
    long start = clock.millis();
    ApplyRequest request = checked(wanted);
    ApplyOutcome outcome = planOnly ? applier.plan(request) : applier.apply(request);
    long took = clock.millis() - start;
    String horizon = DurationText.of(request.horizon());
    String source = request.origin().source().orElse(null);
    String commit = request.origin().commit().orElse(null);
    return switch (outcome) {
      case ApplyOutcome.Applied(var plan) ->
          PlanJson.of(plan, new PlanJson.PlanInfo(true, source, commit, took, horizon));
      case ApplyOutcome.Planned(var plan) ->
          PlanJson.of(plan, new PlanJson.PlanInfo(false, source, commit, took, horizon));
      case ApplyOutcome.Invalid(var problems) -> throw new ProblemException(invalid(problems));
      case ApplyOutcome.Conflict(var owners) -> throw new ProblemException(conflict(owners));
      case ApplyOutcome.OutOfScope(var object) ->
          throw new ProblemException(
              ErrorCode.FORBIDDEN,
              "the files hold "
                  + object
                  + ", and "
                  + request.origin().by()
                  + " may change only what is in "
                  + String.join(", ", request.reach().names().orElse(Set.of())));
    };
  }

  private ApplyRequest checked(ApplyJson wanted) {
    if (wanted == null || wanted.files() == null || wanted.files().isEmpty()) {
      throw ProblemException.invalidRequest("files are needed");
    }
    Caller caller = Caller.of(identity);
    Optional<String> source = word("source", wanted.source());
    return new ApplyRequest(
        files(wanted.files()),
        new JobDraft.Origin(
            caller.who(),
            word("author", wanted.author()).orElse(caller.who()),
            source,
            word("commit", wanted.commit()),
            word("ciRun", wanted.ciRun())),
        Scope.reach(identity),
        horizon(wanted.horizon()));
  }

  private static List<SourceFile> files(List<FileJson> files) {
    List<SourceFile> sources = new ArrayList<>();
    long total = 0;
    for (FileJson file : files) {
      if (file == null || file.name() == null || file.content() == null) {
        throw ProblemException.invalidRequest("each file needs a name and a content");
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
                ProblemException.invalidRequest(
                    "horizon must be a duration up to 366d, for example 7d"));
  }

  private static Optional<String> word(String field, String text) {
    Optional<String> word = Optional.ofNullable(text).map(String::strip).filter(s -> !s.isEmpty());
    if (word.isPresent() && word.get().length() > MAX_WORD) {
      throw ProblemException.invalidRequest(field + " is longer than " + MAX_WORD + " characters");
    }
    return word;
  }

  static Problem invalid(List<io.oasis.manifest.Problem> problems) {
    List<Problem.Place> places =
        problems.stream()
            .map(
                p ->
                    new Problem.Place(
                        p.file(),
                        p.line(),
                        p.column(),
                        p.path(),
                        p.message(),
                        p.hint().orElse(null)))
            .toList();
    String detail = places.size() == 1 ? "1 error" : places.size() + " errors";
    return Problem.of(ErrorCode.INVALID, detail + ", nothing was written", null, places);
  }

  private static Problem conflict(List<Ownership> owners) {
    return Problem.of(
        ErrorCode.CONFLICT,
        owners.stream().map(Ownership::toString).collect(Collectors.joining("; ")),
        "apply it from the source that owns it, or take it out of these files",
        owners.stream().map(ApplyResource::place).toList());
  }

  private static Problem.Place place(Ownership owner) {
    return new Problem.Place(
        owner.place().file(),
        owner.place().line(),
        owner.place().column(),
        "metadata.name",
        owner.toString(),
        null);
  }
}
