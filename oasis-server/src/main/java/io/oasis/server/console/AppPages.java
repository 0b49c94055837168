package io.oasis.server.console;

import io.oasis.server.app.App;
import io.oasis.server.app.Apps;
import io.oasis.server.app.Node;
import io.oasis.server.identity.Permission;
import io.oasis.server.identity.Reach;
import io.oasis.server.removal.AppRemoval;
import io.oasis.server.removal.Dependents;
import io.oasis.ui.page.AppDetailPage;
import io.oasis.ui.page.AppsPage;
import io.oasis.ui.page.Pages;
import io.oasis.ui.row.AppRow;
import io.oasis.ui.row.NodeBadge;
import io.oasis.ui.row.NodeRow;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Apps and their nodes. */
@Path("/apps")
@Blocking
public class AppPages {
  private final Visit visit;
  private final Apps apps;
  private final AppRemoval removal;

  public AppPages(Visit visit, Apps apps, AppRemoval removal) {
    this.visit = visit;
    this.apps = apps;
    this.removal = removal;
  }

  @GET
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.APP_READ)
  public TemplateInstance list() {
    List<AppRow> rows = apps.list(visit.reach()).stream().map(AppPages::row).toList();
    return visit.inLanguage(Pages.apps(new AppsPage(visit.frame("apps"), rows)));
  }

  @GET
  @Path("{app}")
  @Produces(MediaType.TEXT_HTML)
  @PermissionsAllowed(Permission.Name.APP_READ)
  public TemplateInstance app(@PathParam("app") String name) {
    visit.require(name);
    App app = apps.find(name).orElseThrow(NotFoundException::new);
    List<NodeRow> nodes =
        apps.nodes(new Reach.Only(Set.of(name))).stream()
            .sorted(Comparator.comparing(Node::state).thenComparing(Node::id))
            .map(node -> row(node, visit.speech()))
            .toList();
    return visit.inLanguage(
        Pages.app(
            new AppDetailPage(
                visit.frameOf("apps", name),
                row(app),
                app.owner().email(),
                nodes,
                takeaway(name))));
  }

  /** What a removal by force would take; asked for only where somebody could. */
  private AppDetailPage.Takeaway takeaway(String name) {
    if (!visit.caller().access().may(Permission.APP_FORCE, name)) {
      return AppDetailPage.Takeaway.NONE;
    }
    Dependents all = removal.dependents(name).orElseThrow(NotFoundException::new);
    return new AppDetailPage.Takeaway(
        true,
        all.jobs(),
        all.nodes().all(),
        all.runs().waiting(),
        all.runs().running(),
        all.tokens(),
        String.join(", ", all.sources()));
  }

  static String url(String app) {
    return "/apps/" + Address.encode(app);
  }

  private static AppRow row(App app) {
    return new AppRow(
        app.name(),
        app.title().isBlank() ? app.name() : app.title(),
        app.registration() == App.Registration.AUTO,
        app.owner().name(),
        app.source().orElse(""),
        new AppRow.Nodes(
            app.nodes().online(),
            app.nodes().full(),
            app.nodes().draining(),
            app.nodes().offline(),
            new NodeRow.Slots(app.nodes().busy(), app.nodes().slots())),
        app.jobs());
  }

  private static NodeRow row(Node node, Speech speech) {
    return new NodeRow(
        node.id(),
        node.address(),
        NodeBadge.valueOf(node.state().name()),
        speech.moment(node.heartbeatAt()),
        speech.moment(node.connectedAt()),
        node.sdkVersion(),
        node.appVersion(),
        node.handlers(),
        RunDetailView.pairs(node.labels()),
        new NodeRow.Slots(node.busySlots(), node.slots()));
  }
}
