package io.oasis.server.app;

import io.oasis.server.database.Database;
import io.oasis.server.database.Listener;
import io.oasis.server.database.Tx;
import io.oasis.server.database.Wakeups;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.loop.Loop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which executor nodes of the whole cluster are online. Reading is a look into memory that is at
 * most a second old; what happens to this server's own streams is seen at once.
 */
@Singleton
public class NodeRegistry {
  private static final Duration REFRESH = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Database database;
  private final NodeStore store;
  private final Wakeups wakeups;
  private final ServerMembership membership;
  private final NodeSnapshot snapshot = new NodeSnapshot();
  private final Loop loop = new Loop("nodes", this::refresh);

  public NodeRegistry(
      Database database, NodeStore store, Wakeups wakeups, ServerMembership membership) {
    this.database = database;
    this.store = store;
    this.wakeups = wakeups;
    this.membership = membership;
  }

  /**
   * The app's nodes that can be reached now, in the order of their ids; draining ones are among
   * them. Never blocks.
   */
  public List<OnlineNode> online(long appId) {
    return snapshot.online(appId);
  }

  /** The apps that have nodes which can be reached now. Never blocks. */
  public Set<Long> apps() {
    return snapshot.apps();
  }

  /** A node that can be reached now. Never blocks. */
  public Optional<OnlineNode> find(String nodeId) {
    return snapshot.find(nodeId);
  }

  /**
   * Writes a node that has dialled this server. Nobody routes to it before {@link #open}, so that
   * its earlier runs can be settled first. Blocks.
   *
   * @param lease how long it counts as alive without a heartbeat
   * @return empty when the node's id is in use by another app, or its app was removed
   */
  public Optional<NodeSession> connect(NodeAnnouncement node, Duration lease) {
    return database
        .call(tx -> store.connect(tx, node, lease))
        .map(number -> new NodeSession(node.id(), node.appId(), number));
  }

  /** Those of the apps that were removed. Blocks. */
  public Set<Long> removedApps(Set<Long> ids) {
    return ids.isEmpty() ? Set.of() : database.call(tx -> Set.copyOf(store.removedApps(tx, ids)));
  }

  /** From now on the node can be reached through this server. Blocks. */
  public void open(NodeSession session, NodeAnnouncement node) {
    boolean open =
        database.call(
            tx -> {
              wakeups.send(tx, Wakeups.NODES);
              return store.open(tx, session, membership.serverId());
            });
    if (open) {
      snapshot.connected(session, node, membership.serverId());
    }
  }

  /**
   * Renews the leases of nodes that were heard. Blocks.
   *
   * @return the nodes that were given up meanwhile, or have a newer stream: theirs must end, so
   *     that they connect again
   */
  public Set<String> renew(List<NodeStore.Heard> heard, Duration lease) {
    if (heard.isEmpty()) {
      return Set.of();
    }
    Set<String> gone = new HashSet<>();
    heard.forEach(h -> gone.add(h.session().nodeId()));
    database.call(tx -> store.renew(tx, heard, lease)).forEach(gone::remove);
    return gone;
  }

  /** From now on the node is given no new runs, by this server at once. Does not block. */
  public void hideDraining(NodeSession session) {
    snapshot.draining(session);
  }

  /** From now on this server takes the node for unreachable. Does not block. */
  public void hideGone(NodeSession session) {
    snapshot.gone(session);
  }

  /** Tells all servers that the node takes no new runs. Blocks. */
  public void draining(NodeSession session) {
    snapshot.draining(session);
    change(tx -> store.drain(tx, session));
  }

  /**
   * The node's stream has ended without a word. It keeps its runs until its lease ends or it
   * connects again. Blocks.
   */
  public void disconnected(NodeSession session) {
    snapshot.gone(session);
    change(tx -> store.disconnect(tx, session));
  }

  /** The node has ended and has no runs. Blocks. */
  public void offline(NodeSession session) {
    snapshot.gone(session);
    change(tx -> store.goOffline(tx, session));
  }

  /** Removes nodes that have been offline for so long; returns how many. Blocks. */
  public int forgetOffline(Duration after) {
    return database.call(tx -> store.forgetOffline(tx, after));
  }

  void start(@Observes StartupEvent event, Listener listener) {
    listener.onWord(Wakeups.NODES, loop::wake);
    loop.start();
  }

  void stop(@Observes ShutdownEvent event) {
    loop.stop(PATIENCE);
  }

  /** Reads what has changed in the cluster; one query unless nodes came. */
  Duration refresh() {
    snapshot.refresh(
        () ->
            database.call(
                tx -> {
                  List<NodeStore.Live> live = store.live(tx);
                  List<String> unknown = snapshot.unknown(live);
                  return new NodeSnapshot.Read(
                      live, unknown.isEmpty() ? List.of() : store.fixed(tx, unknown));
                }));
    return REFRESH;
  }

  private void change(Consumer<Tx> work) {
    database.run(
        tx -> {
          work.accept(tx);
          wakeups.send(tx, Wakeups.NODES);
        });
  }
}
