package io.oasis.server.api;

import io.oasis.manifest.JobKey;
import io.oasis.schedule.DurationText;
import io.oasis.server.apply.Plan;
import io.oasis.server.apply.Rollback;
import io.oasis.server.identity.Caller;
import io.oasis.server.identity.Permission;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Making a job be what it was. */
@Path(Api.V1 + "/jobs/{app}/{name}/rollback")
@Tag(name = "Jobs")
public class RollbackResource {
  private final Rollback rollback;
  private final SecurityIdentity identity;
  private final InstantSource clock;

  public RollbackResource(Rollback rollback, SecurityIdentity identity, InstantSource clock) {
    this.rollback = rollback;
    this.identity = identity;
    this.clock = clock;
  }

  /**
   * Asks for an earlier revision.
   *
   * @param to its number
   * @param reason for the audit trail; may be null
   * @param override needed for a job that a Git source owns
   * @param dryRun only say what would happen
   * @param horizon how far the plan looks ahead at fires, for example {@code 7d}
   */
  public record RollbackJson(
      Integer to, String reason, Boolean override, Boolean dryRun, String horizon) {}

  @POST
  @PermissionsAllowed(Permission.Name.JOB_WRITE)
  @Operation(
      summary = "Makes a new revision that is like an earlier one",
      description =
          "The answer is a plan of one step. A job that a Git source owns needs override=true and"
              + " then differs from its source until the source applies again.")
  public PlanJson rollback(@RestPath String app, @RestPath String name, RollbackJson wanted) {
    Scope.require(identity, app);
    JobKey key = new JobKey(app, name);
    if (wanted == null || wanted.to() == null || wanted.to() < 1) {
      throw ProblemException.invalidRequest("to is needed: the number of an earlier revision");
    }
    long start = clock.millis();
    Rollback.Request request =
        new Rollback.Request(
            key,
            wanted.to(),
            Caller.of(identity).who(),
            JobActionResource.reason(wanted.reason()),
            Boolean.TRUE.equals(wanted.override()),
            !Boolean.TRUE.equals(wanted.dryRun()),
            ApplyResource.horizon(wanted.horizon()));
    return switch (rollback.run(request)) {
      case Rollback.Outcome.Done(Plan plan, boolean written, var owner) ->
          PlanJson.of(
              plan,
              new PlanJson.PlanInfo(
                  written,
                  owner.orElse(null),
                  null,
                  clock.millis() - start,
                  DurationText.of(request.horizon())));
      case Rollback.Outcome.NoSuchJob() -> throw ProblemException.notFound("job " + key);
      case Rollback.Outcome.NoSuchRevision(int newest) ->
          throw new ProblemException(
              ErrorCode.NOT_FOUND,
              "there is no revision %d of job %s".formatted(wanted.to(), key),
              "it has revisions 1 to " + newest);
      case Rollback.Outcome.Owned(String owner) ->
          throw new ProblemException(
              ErrorCode.CONFLICT,
              "job %s belongs to source %s".formatted(key, owner),
              "roll back in the source's repository, or override: it then differs from its source"
                  + " until that applies again");
      case Rollback.Outcome.Invalid(var problems) ->
          throw new ProblemException(ApplyResource.invalid(problems));
    };
  }
}
