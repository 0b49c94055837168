package io.oasis.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.database.Wakeups;
import io.oasis.server.lease.ServerMembership;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class NodeRegistryTest {
  private static final Duration LEASE = Duration.ofSeconds(15);

  @Inject Database database;
  @Inject NodeStore store;
  @Inject Wakeups wakeups;
  @Inject ServerMembership membership;

  private final String node = "node-" + UUID.randomUUID();
  private long app;

  /** The server that the node is connected to, and another one of the cluster. */
  private NodeRegistry ours;

  private NodeRegistry other;

  @BeforeEach
  void twoServers() {
    app = newApp();
    ours = new NodeRegistry(database, store, wakeups, membership);
    other = new NodeRegistry(database, store, wakeups, membership);
  }

  @Test
  @DisplayName("a node that connects is seen here at once and elsewhere after the next read")
  void connectIsSeen() {
    connected(ours, node, app, false);

    assertThat(ours.online(app)).extracting(OnlineNode::id).containsExactly(node);
    assertThat(other.online(app)).isEmpty();
    other.refresh();
    assertThat(other.online(app)).isEqualTo(ours.online(app));
    assertThat(other.find(node))
        .hasValueSatisfying(
            n -> {
              assertThat(n.handlers()).isEqualTo(Set.of("settle", "报表"));
              assertThat(n.labels()).isEqualTo(Map.of("zone", "b"));
              assertThat(n.slots()).isEqualTo(4);
              assertThat(n.serverId()).isEqualTo(membership.serverId());
            });
  }

  @Test
  @DisplayName("nobody routes to a node before its stream is open")
  void notBeforeOpen() {
    NodeAnnouncement announced = announcement(node, app, false);
    NodeSession session = ours.connect(announced, LEASE).orElseThrow();
    ours.refresh();
    assertThat(ours.online(app)).isEmpty();

    ours.open(session, announced);

    assertThat(ours.online(app)).hasSize(1);
  }

  @Test
  @DisplayName("nodes of one app are listed in the order of their ids, others not at all")
  void inOrder() {
    connected(ours, node + "-b", app, false);
    connected(ours, node + "-a", app, false);
    connected(ours, node + "-c", newApp(), false);

    assertThat(ours.online(app))
        .extracting(OnlineNode::id)
        .containsExactly(node + "-a", node + "-b");
  }

  @Test
  @DisplayName(
      "KL7 a node that drains takes nothing new: here at once, elsewhere after the next read")
  void draining() {
    NodeSession session = connected(ours, node, app, false);

    ours.hideDraining(session);
    assertThat(ours.find(node)).hasValueSatisfying(n -> assertThat(n.draining()).isTrue());
    ours.draining(session);
    other.refresh();

    assertThat(other.find(node)).hasValueSatisfying(n -> assertThat(n.draining()).isTrue());
  }

  @Test
  @DisplayName("a node whose stream broke is routed to by nobody, and keeps its lease")
  void disconnected() {
    NodeSession session = connected(ours, node, app, false);

    ours.hideGone(session);
    assertThat(ours.online(app)).isEmpty();
    ours.refresh();
    assertThat(ours.online(app)).as("the row still says online").isEmpty();
    ours.disconnected(session);
    other.refresh();

    assertThat(other.online(app)).isEmpty();
    assertThat(state(node)).isEqualTo("ONLINE");
    List<String> givenUp = database.call(tx -> store.endExpired(tx, 100));
    assertThat(givenUp).doesNotContain(node);
  }

  @Test
  @DisplayName("a newer stream of a node is not touched by what an older one says")
  void newerSessionWins() {
    NodeSession old = connected(ours, node, app, false);
    NodeSession young = connected(other, node, app, false);

    ours.draining(old);
    ours.disconnected(old);
    ours.offline(old);
    ours.refresh();

    assertThat(young.number()).isGreaterThan(old.number());
    assertThat(ours.find(node)).hasValueSatisfying(n -> assertThat(n.draining()).isFalse());
    assertThat(state(node)).isEqualTo("ONLINE");
    assertThat(ours.renew(List.of(heard(old)), LEASE)).containsExactly(node);
    assertThat(ours.renew(List.of(heard(young)), LEASE)).isEmpty();
  }

  @Test
  @DisplayName("a node that was given up is not revived by a heartbeat, only by a new stream")
  void givenUp() {
    NodeSession session = connected(ours, node, app, false);
    endLease();

    // The reaper of the running application may be faster; the outcome is the same.
    database.run(tx -> store.endExpired(tx, 100));

    assertThat(ours.renew(List.of(heard(session)), LEASE)).containsExactly(node);
    assertThat(state(node)).isEqualTo("OFFLINE");
    connected(ours, node, app, false);
    assertThat(state(node)).isEqualTo("ONLINE");
  }

  @Test
  @DisplayName("a lease that has ended but was not given up is renewed by a heartbeat")
  void lateRenewal() {
    NodeSession session = connected(ours, node, app, false);

    // In one transaction: the reaper of the running application must not come between.
    database.run(
        tx -> {
          endLease(tx);
          assertThat(store.live(tx)).extracting(NodeStore.Live::id).doesNotContain(node);
          assertThat(store.renew(tx, List.of(heard(session)), LEASE)).containsExactly(node);
        });

    other.refresh();
    assertThat(other.online(app)).extracting(OnlineNode::busySlots).containsExactly(3);
  }

  @Test
  @DisplayName("FN6 a lease counts from the last heartbeat, however often it is renewed")
  void leaseCountsFromHeartbeat() {
    NodeSession session = connected(ours, node, app, false);

    ours.renew(List.of(new NodeStore.Heard(session, 0, Duration.ofSeconds(14))), LEASE);

    Duration left =
        database.call(
            tx ->
                Duration.ofMillis(
                    tx.one(
                        "SELECT (extract(epoch FROM lease_until - heartbeat_at) * 1000)::bigint AS ms"
                            + " FROM node WHERE id = ?",
                        row -> row.longNumber("ms"),
                        node)));
    // From the renewal itself it would be 14 s more.
    assertThat(left).isBetween(LEASE.minusSeconds(5), LEASE.plusSeconds(5));
  }

  @Test
  @DisplayName("another app cannot take over a node's id")
  void idBelongsToItsApp() {
    connected(ours, node, app, false);

    assertThat(ours.connect(announcement(node, newApp(), false), LEASE)).isEmpty();
    assertThat(ours.online(app)).hasSize(1);
  }

  @Test
  @DisplayName("a node that ended is forgotten after a day")
  void forgotten() {
    NodeSession session = connected(ours, node, app, false);
    ours.offline(session);
    ours.forgetOffline(Duration.ofDays(1));
    assertThat(state(node)).isEqualTo("OFFLINE");
    database.run(
        tx ->
            tx.update(
                "UPDATE node SET lease_until = now() - interval '25 hours' WHERE id = ?", node));

    assertThat(ours.forgetOffline(Duration.ofDays(1))).isEqualTo(1);
  }

  private static NodeSession connected(NodeRegistry server, String id, long app, boolean draining) {
    NodeAnnouncement node = announcement(id, app, draining);
    NodeSession session = server.connect(node, LEASE).orElseThrow();
    server.open(session, node);
    return session;
  }

  private static NodeStore.Heard heard(NodeSession session) {
    return new NodeStore.Heard(session, 3, Duration.ofMillis(100));
  }

  private static NodeAnnouncement announcement(String id, long app, boolean draining) {
    return new NodeAnnouncement(
        id,
        app,
        "10.0.0.7:4242",
        "oasis-java/0.1.0",
        "",
        new NodeAnnouncement.Traits(Map.of("zone", "b"), List.of("settle", "报表"), 4),
        draining);
  }

  private void endLease() {
    database.run(this::endLease);
  }

  private void endLease(Tx tx) {
    tx.update("UPDATE node SET lease_until = now() - interval '1 second' WHERE id = ?", node);
  }

  private String state(String id) {
    return database.call(
        tx -> tx.one("SELECT state FROM node WHERE id = ?", row -> row.text("state"), id));
  }

  private long newApp() {
    return database.call(
        tx ->
            tx.one(
                "INSERT INTO app (name, title, registration) VALUES (?, 'Test', 'AUTO') RETURNING id",
                row -> row.longNumber("id"),
                "app-" + UUID.randomUUID()));
  }
}
