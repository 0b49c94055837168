package io.oasis.server.app;

import io.oasis.server.database.JsonText;
import io.oasis.server.database.Row;
import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The SQL of {@code node} and {@code node_farewell}. */
@ApplicationScoped
public class NodeStore {
  /**
   * A node id belongs to the app that used it first: another app cannot take it over. Who removes
   * the app just now is waited for.
   */
  private static final String CONNECT =
      """
      INSERT INTO node AS n (id, app_id, address, sdk_version, app_version, labels, handlers, slots, state,
                             session, lease_until)
      SELECT ?, a.id, ?, ?, ?, ?::jsonb, ?, ?, ?, 1, clock_timestamp() + ? * interval '1 millisecond'
      FROM app a WHERE a.id = ? AND a.deleted_at IS NULL FOR KEY SHARE
      ON CONFLICT (id) DO UPDATE
        SET address = excluded.address, sdk_version = excluded.sdk_version,
            app_version = excluded.app_version, labels = excluded.labels,
            handlers = excluded.handlers, slots = excluded.slots, state = excluded.state,
            server_id = NULL, session = n.session + 1, connected_at = now(),
            heartbeat_at = now(), lease_until = excluded.lease_until
        WHERE n.app_id = excluded.app_id
      RETURNING session
      """;

  private static final String OPEN =
      "UPDATE node SET server_id = ? WHERE id = ? AND session = ? AND state <> 'OFFLINE'";

  /**
   * The lease counts from the last heartbeat, not from this statement. A node that was given up
   * (OFFLINE) is not revived by a heartbeat: it has to connect again.
   */
  private static final String RENEW =
      """
      UPDATE node n
      SET lease_until = clock_timestamp() + (? - h.age) * interval '1 millisecond',
          heartbeat_at = clock_timestamp() - h.age * interval '1 millisecond',
          busy_slots = h.busy
      FROM unnest(?, ?, ?, ?) AS h(id, session, busy, age)
      WHERE n.id = h.id AND n.session = h.session AND n.state <> 'OFFLINE'
      RETURNING n.id
      """;

  private static final String DRAIN =
      "UPDATE node SET state = 'DRAINING' WHERE id = ? AND session = ? AND state = 'ONLINE'";
  private static final String DISCONNECT =
      "UPDATE node SET server_id = NULL WHERE id = ? AND session = ?";
  private static final String GO_OFFLINE =
      """
      UPDATE node SET state = 'OFFLINE', server_id = NULL, busy_slots = 0, lease_until = clock_timestamp()
      WHERE id = ? AND session = ?
      """;

  /** Only nodes whose stream ends in a server that lives: nothing can be sent to the others. */
  private static final String LIVE =
      """
      SELECT n.id, n.app_id, n.session, n.busy_slots, n.state = 'DRAINING' AS draining, n.server_id
      FROM node n JOIN server s ON s.id = n.server_id AND s.lease_until > clock_timestamp()
      WHERE n.state IN ('ONLINE', 'DRAINING') AND n.lease_until > clock_timestamp()
      """;

  private static final String TRAITS =
      "SELECT id, session, labels::text AS labels, handlers, slots FROM node WHERE id = ANY(?)";
  private static final String END_EXPIRED =
      """
      WITH expired AS (
        SELECT id FROM node
        WHERE state <> 'OFFLINE' AND lease_until <= clock_timestamp()
        ORDER BY lease_until LIMIT ? FOR UPDATE SKIP LOCKED)
      UPDATE node n SET state = 'OFFLINE', server_id = NULL, busy_slots = 0
      FROM expired e WHERE n.id = e.id
      RETURNING n.id
      """;
  private static final String EXPIRED =
      """
      SELECT id FROM node
      WHERE state <> 'OFFLINE' AND lease_until <= clock_timestamp() ORDER BY lease_until LIMIT ?
      """;
  private static final String END_ONE =
      """
      WITH expired AS (
        SELECT id FROM node
        WHERE id = ? AND state <> 'OFFLINE' AND lease_until <= clock_timestamp()
        FOR UPDATE SKIP LOCKED)
      UPDATE node n SET state = 'OFFLINE', server_id = NULL, busy_slots = 0
      FROM expired e WHERE n.id = e.id
      """;
  private static final String GONE =
      """
      SELECT u.id FROM unnest(?::text[]) AS u(id)
       WHERE NOT EXISTS (SELECT 1 FROM node n WHERE n.id = u.id AND n.state <> 'OFFLINE')
      """;

  /** In the order in which they went; few, because they are deleted once they were looked into. */
  private static final String FAREWELLS =
      """
      SELECT DISTINCT node_id FROM (
        SELECT node_id FROM node_farewell
         WHERE went_at <= clock_timestamp() - ? * interval '1 millisecond'
         ORDER BY id LIMIT ?) due
      """;

  private static final String TAKE_FAREWELLS =
      """
      WITH due AS MATERIALIZED (
        SELECT id FROM node_farewell
         WHERE went_at <= clock_timestamp() - ? * interval '1 millisecond'
         ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED)
      DELETE FROM node_farewell f USING due WHERE f.id = due.id
      RETURNING f.node_id
      """;

  private static final String DROP_FAREWELLS =
      """
      DELETE FROM node_farewell
       WHERE node_id = ? AND went_at <= clock_timestamp() - ? * interval '1 millisecond'
      """;

  /** Whoever connects again waits for this transaction, and finds then what it did. */
  private static final String LOCK_OFFLINE =
      "SELECT id FROM node WHERE id = ANY(?) AND state = 'OFFLINE' ORDER BY id FOR SHARE";

  private static final String REMOVED_APPS =
      "SELECT id FROM app WHERE id = ANY(?) AND deleted_at IS NOT NULL";

  private static final String FORGET =
      """
      DELETE FROM node
      WHERE state = 'OFFLINE' AND lease_until < clock_timestamp() - ? * interval '1 millisecond'
      """;

  /** What changes often about a node. */
  record Live(
      String id, long appId, long session, int busySlots, boolean draining, String serverId) {}

  /** What stays the same for the length of a session. */
  record Fixed(String id, long session, NodeAnnouncement.Traits traits) {}

  /** A session's last heartbeat. */
  public record Heard(NodeSession session, int busySlots, Duration age) {}

  /**
   * Writes a connected node; the number of its session, or empty when its id is another app's or
   * its app was removed.
   */
  Optional<Long> connect(Tx tx, NodeAnnouncement node, Duration lease) {
    return tx.first(
        CONNECT,
        row -> row.longNumber("session"),
        node.id(),
        node.address(),
        node.sdkVersion(),
        node.appVersion(),
        JsonText.write(node.traits().labels()),
        SqlArray.texts(node.traits().handlers()),
        node.traits().slots(),
        node.draining() ? "DRAINING" : "ONLINE",
        lease.toMillis(),
        node.appId());
  }

  /** Says where the node's stream ends; false when the session is not the newest any more. */
  boolean open(Tx tx, NodeSession session, String serverId) {
    return tx.update(OPEN, serverId, session.nodeId(), session.number()) == 1;
  }

  /** Renews the leases of all these; returns the nodes that still have them. */
  List<String> renew(Tx tx, List<Heard> heard, Duration lease) {
    return tx.query(
        RENEW,
        row -> row.text("id"),
        lease.toMillis(),
        SqlArray.texts(heard.stream().map(h -> h.session().nodeId()).toList()),
        SqlArray.longs(heard.stream().map(h -> h.session().number()).toList()),
        SqlArray.ints(heard.stream().map(Heard::busySlots).toList()),
        SqlArray.longs(heard.stream().map(h -> h.age().toMillis()).toList()));
  }

  void drain(Tx tx, NodeSession session) {
    tx.update(DRAIN, session.nodeId(), session.number());
  }

  void disconnect(Tx tx, NodeSession session) {
    tx.update(DISCONNECT, session.nodeId(), session.number());
  }

  void goOffline(Tx tx, NodeSession session) {
    tx.update(GO_OFFLINE, session.nodeId(), session.number());
  }

  List<Live> live(Tx tx) {
    return tx.query(LIVE, NodeStore::readLive);
  }

  List<Fixed> fixed(Tx tx, List<String> ids) {
    return tx.query(TRAITS, NodeStore::readFixed, SqlArray.texts(ids));
  }

  /**
   * Gives up nodes whose lease has ended: they are OFFLINE from here on and have to connect again.
   * Rows that another transaction works on are left for the next call.
   *
   * @return their ids; what they were doing is the caller's to settle in the same transaction
   */
  public List<String> endExpired(Tx tx, int limit) {
    return tx.query(END_EXPIRED, row -> row.text("id"), limit);
  }

  /** Nodes whose lease is over and that nobody has ended yet. */
  public List<String> expired(Tx tx, int limit) {
    return tx.query(EXPIRED, row -> row.text("id"), limit);
  }

  /** Those of the nodes that went, in good order or not, and have not come back. */
  public Set<String> gone(Tx tx, Collection<String> ids) {
    return ids.isEmpty()
        ? Set.of()
        : Set.copyOf(tx.query(GONE, row -> row.text("id"), SqlArray.texts(ids)));
  }

  /**
   * Nodes that went at least {@code since} ago, in whatever way. Nobody else gets these: what they
   * left is the caller's to settle in the same transaction.
   */
  public List<String> takeFarewells(Tx tx, Duration since, int limit) {
    return tx.query(TAKE_FAREWELLS, row -> row.text("node_id"), since.toMillis(), limit);
  }

  /** Nodes that went at least {@code since} ago and that nobody has looked into. */
  public List<String> farewells(Tx tx, Duration since, int limit) {
    return tx.query(FAREWELLS, row -> row.text("node_id"), since.toMillis(), limit);
  }

  /** What the node left when it went at least {@code since} ago is settled. */
  public void dropFarewells(Tx tx, String id, Duration since) {
    tx.update(DROP_FAREWELLS, id, since.toMillis());
  }

  /** {@link #gone}, and none of them comes back before the transaction ends. */
  public List<String> lockGone(Tx tx, Collection<String> ids) {
    if (!ids.isEmpty()) {
      tx.query(LOCK_OFFLINE, row -> row.text("id"), SqlArray.texts(ids));
    }
    return List.copyOf(gone(tx, ids));
  }

  /** Ends the node if its lease is over. */
  public void endExpired(Tx tx, String id) {
    tx.update(END_ONE, id);
  }

  /** Those of the apps that were removed. */
  List<Long> removedApps(Tx tx, Collection<Long> ids) {
    return tx.query(REMOVED_APPS, row -> row.longNumber("id"), SqlArray.longs(ids));
  }

  /** Removes nodes that have been offline for so long; returns how many. */
  int forgetOffline(Tx tx, Duration after) {
    return tx.update(FORGET, after.toMillis());
  }

  private static Live readLive(Row row) {
    return new Live(
        row.text("id"),
        row.longNumber("app_id"),
        row.longNumber("session"),
        row.number("busy_slots"),
        row.flag("draining"),
        row.text("server_id"));
  }

  private static Fixed readFixed(Row row) {
    return new Fixed(
        row.text("id"),
        row.longNumber("session"),
        new NodeAnnouncement.Traits(
            JsonText.texts(row.text("labels")), row.texts("handlers"), row.number("slots")));
  }
}
