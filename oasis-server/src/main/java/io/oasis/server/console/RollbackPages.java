package io.oasis.server.console;

import io.oasis.manifest.JobKey;
import io.oasis.server.apply.Rollback;
import io.oasis.server.identity.Permission;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Taking a job back to one of its revisions. */
@Path("/jobs/{app}/{name}/rollback")
@Blocking
public class RollbackPages {
  private static final Duration HORIZON = Duration.ofDays(7);

  private final Visit visit;
  private final Rollback rollback;

  public RollbackPages(Visit visit, Rollback rollback) {
    this.visit = visit;
    this.rollback = rollback;
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermissionsAllowed(Permission.Name.JOB_WRITE)
  public Response back(
      @PathParam("app") String app,
      @PathParam("name") String name,
      @FormParam("to") int to,
      @FormParam("override") boolean override) {
    visit.require(app);
    JobKey key = new JobKey(app, name);
    Rollback.Request request =
        new Rollback.Request(
            key, to, visit.caller().who(), Optional.empty(), override, true, HORIZON);
    switch (rollback.run(request)) {
      case Rollback.Outcome.Done done -> visit.flash(Flash.Outcome.SAVED, key.toString());
      case Rollback.Outcome.NoSuchJob none -> throw new NotFoundException();
      case Rollback.Outcome.NoSuchRevision none -> throw new NotFoundException();
      case Rollback.Outcome.Owned(String owner) -> visit.flash(Flash.Outcome.OWNED, owner);
      case Rollback.Outcome.Invalid(var problems) ->
          visit.flash(
              Flash.Outcome.REVISION_IMPOSSIBLE, visit.speech().phrase(problems.get(0).said()));
    }
    return Response.seeOther(URI.create(RunRows.url(key) + "/revisions")).build();
  }
}
