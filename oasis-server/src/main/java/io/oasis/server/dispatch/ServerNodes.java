package io.oasis.server.dispatch;

import io.oasis.server.app.NodeRegistry;
import io.oasis.server.app.OnlineNode;
import io.oasis.server.lease.ServerMembership;
import jakarta.inject.Singleton;
import java.util.List;

/** The nodes that are online, seen from this server: which are its own, and what room they have. */
@Singleton
public class ServerNodes {
  private final NodeRegistry registry;
  private final NodeLoad load;
  private final ServerMembership membership;

  public ServerNodes(NodeRegistry registry, NodeLoad load, ServerMembership membership) {
    this.registry = registry;
    this.load = load;
    this.membership = membership;
  }

  String serverId() {
    return membership.serverId();
  }

  List<OnlineNode> online(long appId) {
    return registry.online(appId);
  }

  /** Free slots of a node, as far as this server knows. */
  int free(OnlineNode node) {
    return load.free(node);
  }

  /** Whether the node's stream ends here. */
  boolean isOwn(String nodeId) {
    return registry.find(nodeId).filter(this::isOwn).isPresent();
  }

  private boolean isOwn(OnlineNode node) {
    return node.serverId().equals(membership.serverId());
  }

  /** Whether the node's stream ends here and it has a free slot. */
  boolean hasRoom(String nodeId) {
    return registry.find(nodeId).filter(node -> isOwn(node) && load.free(node) > 0).isPresent();
  }

  /** Runs that the app's nodes could take right now. */
  int freeSlots(long appId) {
    // Asked for each slot that becomes free while runs wait.
    int free = 0;
    for (OnlineNode node : online(appId)) {
      free += node.draining() ? 0 : load.free(node);
    }
    return free;
  }

  /** Runs that those of the app's nodes could take whose streams end here. */
  int freeOwnSlots(long appId) {
    return online(appId).stream()
        .filter(node -> !node.draining() && isOwn(node))
        .mapToInt(load::free)
        .sum();
  }

  /** Runs that those of the app's nodes could take whose streams end here if they had none. */
  int ownSlots(long appId) {
    int slots = 0;
    for (OnlineNode node : online(appId)) {
      slots += node.draining() || !isOwn(node) ? 0 : node.slots();
    }
    return slots;
  }

  /** Whether a node of the app hangs on another server: that one learns of its free slots first. */
  boolean anyElsewhere(long appId) {
    return online(appId).stream().anyMatch(node -> !isOwn(node));
  }

  /** The apps that have nodes whose streams end here. */
  List<Long> ownApps() {
    return registry.apps().stream()
        .filter(app -> online(app).stream().anyMatch(this::isOwn))
        .toList();
  }
}
