package io.oasis.server.api;

import io.oasis.server.app.App;
import io.oasis.server.app.Apps;
import io.oasis.server.app.Node;
import io.oasis.server.identity.Caller;
import io.oasis.server.identity.Permission;
import io.oasis.server.identity.Reach;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Apps and their nodes. */
@Path(Api.V1)
@Tag(name = "Apps and nodes")
public class AppResource {
  private final Apps apps;
  private final SecurityIdentity identity;

  public AppResource(Apps apps, SecurityIdentity identity) {
    this.apps = apps;
    this.identity = identity;
  }

  /** An app in a list. */
  public record AppJson(
      String name,
      String title,
      String registration,
      OwnerJson owner,
      NodeCountsJson nodes,
      int jobs) {
    static AppJson of(App app) {
      return new AppJson(
          app.name(),
          app.title(),
          app.registration().name(),
          OwnerJson.of(app.owner()),
          NodeCountsJson.of(app.nodes()),
          app.jobs());
    }
  }

  /** Nodes by state. */
  public record NodeCountsJson(int online, int draining, int offline) {
    static NodeCountsJson of(App.NodeCounts counts) {
      return new NodeCountsJson(counts.online(), counts.draining(), counts.offline());
    }
  }

  /** All apps that the caller may see. */
  public record AppsJson(List<AppJson> items, String nextCursor) {}

  /** An app with its nodes. */
  public record AppDetailJson(
      String name,
      String title,
      String registration,
      OwnerJson owner,
      NodeCountsJson nodes,
      int jobs,
      List<NodeJson> nodeList) {}

  /** One executor process. */
  public record NodeJson(
      String id,
      String app,
      String address,
      String state,
      String sdkVersion,
      String appVersion,
      Map<String, String> labels,
      List<String> handlers,
      int slots,
      int busySlots,
      Instant heartbeatAt,
      Instant connectedAt,
      String serverId) {
    static NodeJson of(Node node) {
      return new NodeJson(
          node.id(),
          node.app(),
          node.address(),
          node.state().name(),
          node.sdkVersion(),
          node.appVersion(),
          node.labels(),
          node.handlers(),
          node.slots(),
          node.busySlots(),
          node.heartbeatAt(),
          node.connectedAt(),
          node.serverId().orElse(null));
    }
  }

  /** Nodes. */
  public record NodesJson(List<NodeJson> items, String nextCursor) {}

  @GET
  @Path("/apps")
  @PermissionsAllowed(Permission.Name.APP_READ)
  @Operation(summary = "Lists the apps with how many nodes and jobs they have")
  public AppsJson list() {
    return new AppsJson(apps.list(Scope.reach(identity)).stream().map(AppJson::of).toList(), null);
  }

  @GET
  @Path("/apps/{app}")
  @PermissionsAllowed(Permission.Name.APP_READ)
  @Operation(summary = "One app with its nodes")
  public AppDetailJson find(@RestPath String app) {
    Scope.require(identity, app);
    App found = apps.find(app).orElseThrow(() -> ProblemException.notFound("app " + app));
    return new AppDetailJson(
        found.name(),
        found.title(),
        found.registration().name(),
        OwnerJson.of(found.owner()),
        NodeCountsJson.of(found.nodes()),
        found.jobs(),
        apps.nodes(new Reach.Only(Set.of(app))).stream().map(NodeJson::of).toList());
  }

  @GET
  @Path("/nodes")
  @PermissionsAllowed(Permission.Name.APP_READ)
  @Operation(summary = "Lists the executor processes of one app or of all")
  public NodesJson nodes(@RestQuery Optional<String> app) {
    return new NodesJson(
        apps.nodes(Scope.narrow(identity, app)).stream().map(NodeJson::of).toList(), null);
  }

  @GET
  @Path("/nodes/{id}")
  @PermissionsAllowed(Permission.Name.APP_READ)
  @Operation(summary = "One executor process")
  public NodeJson node(@RestPath String id) {
    return NodeJson.of(visible(id));
  }

  @DELETE
  @Path("/nodes/{id}")
  @PermissionsAllowed(Permission.Name.APP_WRITE)
  @Operation(summary = "Forgets a node that is offline; what it ran stays in the history")
  public void forget(@RestPath String id) {
    Node node = visible(id);
    if (!apps.forgetNode(node, Caller.of(identity).who())) {
      throw new ProblemException(
          ErrorCode.CONFLICT, "node " + id + " is not offline", "stop its process first");
    }
  }

  private Node visible(String id) {
    Node node = apps.node(id).orElseThrow(() -> ProblemException.notFound("node " + id));
    Scope.require(identity, node.app());
    return node;
  }
}
