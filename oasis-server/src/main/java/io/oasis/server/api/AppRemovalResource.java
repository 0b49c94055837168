package io.oasis.server.api;

import io.oasis.server.identity.Caller;
import io.oasis.server.identity.Permission;
import io.oasis.server.removal.AppRemoval;
import io.oasis.server.removal.Dependents;
import io.oasis.server.removal.Force;
import io.oasis.server.removal.Removal;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Removing an app, alone or with all that depends on it. */
@Path(Api.V1)
@Tag(name = "Apps and nodes")
public class AppRemovalResource {
  private final AppRemoval removal;
  private final SecurityIdentity identity;

  public AppRemovalResource(AppRemoval removal, SecurityIdentity identity) {
    this.removal = removal;
    this.identity = identity;
  }

  /**
   * What depends on an app.
   *
   * @param ownedJobs of the jobs, those that a Git source owns
   * @param runningRuns handed to a node, or asked to stop
   * @param connectedNodes online or draining
   * @param tokens for this app only
   * @param sources that own the app or jobs of it
   */
  public record DependentsJson(
      int jobs,
      int ownedJobs,
      int waitingRuns,
      int runningRuns,
      int connectedNodes,
      int offlineNodes,
      int tokens,
      List<String> sources) {
    static DependentsJson of(Dependents all) {
      return new DependentsJson(
          all.jobs(),
          all.ownedJobs(),
          all.runs().waiting(),
          all.runs().running(),
          all.nodes().connected(),
          all.nodes().offline(),
          all.tokens(),
          all.sources());
    }
  }

  @GET
  @Path("/apps/{app}/dependents")
  @PermissionsAllowed(Permission.Name.APP_READ)
  @Operation(summary = "What a forced removal of the app would take with it")
  public DependentsJson dependents(@RestPath String app) {
    Scope.require(identity, app);
    return removal
        .dependents(app)
        .map(DependentsJson::of)
        .orElseThrow(() -> ProblemException.notFound("app " + app));
  }

  @DELETE
  @Path("/apps/{app}")
  @PermissionsAllowed(Permission.Name.APP_WRITE)
  @Operation(
      summary =
          "Removes an app without jobs and without nodes that are online, or all of it by force",
      description =
          "Without force, 204. What a Git source owns needs override=true. With force=true, which needs app:force: its jobs are deleted, waiting"
              + " runs cancelled, nodes sent away and tokens revoked, all of it or nothing; the answer"
              + " is what went. Runs under way need kill=true.")
  public RestResponse<DependentsJson> remove(
      @RestPath String app,
      @RestQuery Optional<Boolean> force,
      @RestQuery Optional<Boolean> kill,
      @RestQuery Optional<Boolean> override) {
    Scope.require(identity, app);
    String by = Caller.of(identity).who();
    if (!force.orElse(false)) {
      if (kill.orElse(false)) {
        throw ProblemException.invalidField(
            "kill", "kill is for the removal of an app by force", "add force=true");
      }
      answer(app, removal.remove(app, override.orElse(false), by));
      return RestResponse.noContent();
    }
    Scope.require(identity, app, Permission.APP_FORCE);
    Force how = new Force(kill.orElse(false), override.orElse(false));
    return RestResponse.ok(answer(app, removal.force(app, how, by)));
  }

  private static DependentsJson answer(String app, Removal removal) {
    return switch (removal) {
      case Removal.Removed(Dependents with) -> DependentsJson.of(with);
      case Removal.NoSuchApp() -> throw ProblemException.notFound("app " + app);
      case Removal.InUse(Dependents by) ->
          throw conflict(
              "force",
              "app %s has %s and %s online"
                  .formatted(app, count(by.jobs(), "job"), count(by.nodes().connected(), "node")),
              "delete its jobs and stop its executors first, or remove all of it with --force"
                  + " (force=true)");
      case Removal.Owned(Dependents by) ->
          throw conflict(
              "override",
              "%s app %s%s"
                  .formatted(
                      by.sources().size() == 1
                          ? "source " + by.sources().getFirst() + " owns"
                          : "sources " + String.join(" and ", by.sources()) + " own",
                      app,
                      by.ownedJobs() > 0
                          ? " or jobs of it (" + count(by.ownedJobs(), "job") + ")"
                          : ""),
              "take it out of the source's files and prune, or remove it knowingly with"
                  + " --override (override=true): the next apply makes it anew");
      case Removal.Running(Dependents by) ->
          throw conflict(
              "kill",
              "app %s has %s under way".formatted(app, count(by.runs().running(), "run")),
              "wait until they have ended, cancel them, or have them killed with --kill (kill=true)");
    };
  }

  private static ProblemException conflict(String field, String detail, String hint) {
    return new ProblemException(Problem.field(ErrorCode.CONFLICT, field, detail, hint));
  }

  private static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
