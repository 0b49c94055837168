package io.oasis.server.console;

import io.oasis.server.app.App;
import io.oasis.server.app.Apps;
import io.oasis.server.app.Node;
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

/** Removing an app that nothing depends on, and forgetting a node that is gone. */
@Path("/apps/{app}")
@Blocking
public class AppActionPages {
  private final Visit visit;
  private final Apps apps;

  public AppActionPages(Visit visit, Apps apps) {
    this.visit = visit;
    this.apps = apps;
  }

  @POST
  @Path("remove")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @PermissionsAllowed(Permission.Name.APP_WRITE)
  public Response remove(@PathParam("app") String name, @FormParam("override") boolean override) {
    visit.require(name);
    App app = apps.find(name).orElseThrow(NotFoundException::new);
    if (app.source().isPresent() && !override) {
      visit.flash(Flash.Outcome.OWNED_APP, app.source().get());
      return to(AppPages.url(name));
    }
    return switch (apps.remove(name, visit.caller().who())) {
      case Apps.Removal.Removed() -> {
        visit.flash(Flash.Outcome.APP_REMOVED, name);
        yield to("/apps");
      }
      case Apps.Removal.InUse(int jobs, int nodes) -> {
        visit.flash(nodes > 0 ? Flash.Outcome.APP_HAS_NODES : Flash.Outcome.APP_HAS_JOBS, name);
        yield to(AppPages.url(name));
      }
      case Apps.Removal.NoSuchApp() -> throw new NotFoundException();
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
    visit.flash(forgotten ? Flash.Outcome.FORGOTTEN : Flash.Outcome.NODE_NOT_OFFLINE, id);
    return to(AppPages.url(name));
  }

  private static Response to(String path) {
    return Response.seeOther(URI.create(path)).build();
  }
}
