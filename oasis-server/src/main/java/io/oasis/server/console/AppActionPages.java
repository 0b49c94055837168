package io.oasis.server.console;

import io.oasis.server.app.Apps;
import io.oasis.server.app.Node;
import io.oasis.server.identity.Permission;
import io.oasis.server.removal.AppRemoval;
import io.oasis.server.removal.Dependents;
import io.oasis.server.removal.Force;
import io.oasis.server.removal.Removal;
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

/** Removing an app, alone or with all that depends on it, and forgetting a node that is gone. */
@Path("/apps/{app}")
@Blocking
public class AppActionPages {
  private final Visit visit;
  private final Apps apps;
  private final AppRemoval removal;

  public AppActionPages(Visit visit, Apps apps, AppRemoval removal) {
    this.visit = visit;
    this.apps = apps;
    this.removal = removal;
  }

  @POST
  @Path("remove")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermissionsAllowed(Permission.Name.APP_WRITE)
  public Response remove(@PathParam("app") String name, @FormParam("override") boolean override) {
    visit.require(name);
    return answer(name, removal.remove(name, override, visit.caller().who()));
  }

  /**
   * Removes an app with all that depends on it.
   *
   * @param typed the app's name once more, so that nobody does it by a slip
   */
  @POST
  @Path("remove-all")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermissionsAllowed(Permission.Name.APP_FORCE)
  public Response removeAll(
      @PathParam("app") String name,
      @FormParam("typed") String typed,
      @FormParam("kill") boolean kill,
      @FormParam("override") boolean override) {
    visit.require(name);
    if (typed == null || !typed.strip().equals(name)) {
      return visit.said(Flash.Outcome.APP_NAME_NOT_TYPED, name, AppPages.url(name));
    }
    return answer(name, removal.force(name, new Force(kill, override), visit.caller().who()));
  }

  private Response answer(String name, Removal outcome) {
    return switch (outcome) {
      case Removal.Removed gone -> visit.said(Flash.Outcome.APP_REMOVED, name, "/apps");
      case Removal.InUse(Dependents by) ->
          visit.said(
              by.nodes().connected() > 0 ? Flash.Outcome.APP_HAS_NODES : Flash.Outcome.APP_HAS_JOBS,
              name,
              AppPages.url(name));
      case Removal.Owned(Dependents by) ->
          visit.said(Flash.Outcome.OWNED_APP, String.join(", ", by.sources()), AppPages.url(name));
      case Removal.Running running ->
          visit.said(Flash.Outcome.APP_HAS_RUNS, name, AppPages.url(name));
      case Removal.NoSuchApp() -> throw new NotFoundException();
    };
  }

  @POST
  @Path("forget")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermissionsAllowed(Permission.Name.APP_WRITE)
  public Response forget(@PathParam("app") String name, @FormParam("node") String id) {
    visit.require(name);
    Node node =
        apps.node(id == null ? "" : id)
            .filter(found -> found.app().equals(name))
            .orElseThrow(NotFoundException::new);
    boolean forgotten = apps.forgetNode(node, visit.caller().who());
    return visit.said(
        forgotten ? Flash.Outcome.FORGOTTEN : Flash.Outcome.NODE_NOT_OFFLINE,
        id,
        AppPages.url(name));
  }
}
