package io.oasis.server.app;

import io.oasis.manifest.AppSpec;
import io.oasis.manifest.Owner;
import io.oasis.manifest.SpecForm;
import io.oasis.server.database.JsonText;
import io.oasis.server.database.Row;
import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** SQL of the tables {@code app} and {@code node}, as management needs it. */
@ApplicationScoped
class AppStore {
  // A node whose lease has ended counts as offline even before the reaper has said so.
  private static final String SELECT =
      """
      SELECT a.id, a.name, a.title, a.registration, a.owner_name, a.owner_email, a.source,
             n.online, n.draining, n.offline, n.full_nodes, n.slots, n.busy, j.jobs
      FROM app a
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE state = 'ONLINE' AND lease_until > now()) AS online,
               count(*) FILTER (WHERE state = 'DRAINING' AND lease_until > now()) AS draining,
               count(*) FILTER (WHERE state = 'OFFLINE' OR lease_until <= now()) AS offline,
               count(*) FILTER (WHERE state = 'ONLINE' AND lease_until > now()
                                  AND busy_slots >= slots) AS full_nodes,
               coalesce(sum(slots) FILTER (WHERE state = 'ONLINE' AND lease_until > now()), 0)
                 AS slots,
               coalesce(sum(busy_slots) FILTER (WHERE state = 'ONLINE' AND lease_until > now()), 0)
                 AS busy
        FROM node WHERE app_id = a.id) n
      CROSS JOIN LATERAL (
        SELECT count(*) AS jobs FROM (
          SELECT FROM job WHERE app_id = a.id AND deleted_at IS NULL LIMIT ?) counted) j
      WHERE a.deleted_at IS NULL AND (?::text IS NULL OR a.name = ?)
      ORDER BY a.name""";
  private static final String NAMES = "SELECT name FROM app WHERE deleted_at IS NULL ORDER BY name";
  private static final String JOBS =
      """
      SELECT a.name AS app,
             count(*) FILTER (WHERE j.enabled AND NOT j.completed) AS enabled,
             count(*) FILTER (WHERE NOT j.enabled) AS disabled,
             count(*) FILTER (WHERE j.enabled AND j.completed) AS completed
      FROM (SELECT k.app_id, k.enabled, k.schedule_kind <> 'none' AND f.job_uid IS NULL AS completed
            FROM job k LEFT JOIN job_fire f ON f.job_uid = k.uid
            WHERE k.deleted_at IS NULL) j
      JOIN app a ON a.id = j.app_id
      GROUP BY a.name""";
  private static final String NODES =
      """
      SELECT n.id, a.name AS app, n.address, n.sdk_version, n.app_version, n.labels, n.handlers,
             n.slots, n.busy_slots, n.heartbeat_at, n.connected_at, n.server_id,
             CASE WHEN n.lease_until > now() THEN n.state ELSE 'OFFLINE' END AS state
      FROM node n JOIN app a ON a.id = n.app_id
      WHERE a.deleted_at IS NULL AND (?::text[] IS NULL OR a.name = ANY(?))
        AND (?::text IS NULL OR n.id = ?)
      ORDER BY a.name, n.id""";
  private static final String FORGET_NODE =
      "DELETE FROM node WHERE id = ? AND (state = 'OFFLINE' OR lease_until <= now())";
  private static final String CURRENT =
      """
      SELECT id, name, title, owner_name, owner_email, source, applied_spec
      FROM app WHERE deleted_at IS NULL AND name = ANY(?)""";
  private static final String OWNED =
      """
      SELECT a.id, a.name, a.title, a.owner_name, a.owner_email, a.source, a.applied_spec,
             (SELECT count(*) FROM job j WHERE j.app_id = a.id AND j.deleted_at IS NULL) AS jobs,
             (SELECT count(*) FROM node n
              WHERE n.app_id = a.id AND n.state <> 'OFFLINE' AND n.lease_until > now()) AS nodes
      FROM app a
      WHERE a.deleted_at IS NULL AND a.source = ?
      ORDER BY a.name""";
  private static final String LOCK =
      "SELECT id FROM app WHERE name = ? AND deleted_at IS NULL FOR UPDATE";
  private static final String REGISTER =
      """
      INSERT INTO app (name, title, registration)
      SELECT w.name, w.name, 'AUTO' FROM (SELECT ?::text AS name) w
      WHERE NOT coalesce(
        (SELECT a.barred FROM app a WHERE a.name = w.name ORDER BY a.id DESC LIMIT 1), false)
      ON CONFLICT (name) WHERE deleted_at IS NULL DO NOTHING
      RETURNING id""";
  private static final String ID = "SELECT id FROM app WHERE name = ? AND deleted_at IS NULL";
  private static final String INSERT_ALL =
      """
      INSERT INTO app (name, title, registration, owner_name, owner_email, source, source_commit,
        applied_spec)
      SELECT w.name, w.title, 'MANUAL', w.owner_name, w.owner_email, o.source, o.commit,
        CASE WHEN o.source IS NOT NULL THEN w.form::jsonb END
      FROM (SELECT ?::text AS source, ?::text AS commit) o
      CROSS JOIN unnest(?, ?, ?, ?, ?) AS w (name, title, owner_name, owner_email, form)
      RETURNING id, name, title, owner_name, owner_email, source, applied_spec""";
  private static final String UPDATE_ALL =
      """
      UPDATE app a
      SET title = w.title, owner_name = w.owner_name, owner_email = w.owner_email,
          source = coalesce(o.source, a.source),
          source_commit = CASE WHEN o.source IS NULL AND a.source IS NOT NULL
            THEN a.source_commit ELSE o.commit END,
          applied_spec = CASE WHEN o.source IS NULL THEN a.applied_spec ELSE w.form::jsonb END,
          updated_at = now()
      FROM (SELECT ?::text AS source, ?::text AS commit) o
      CROSS JOIN unnest(?, ?, ?, ?, ?) AS w (name, title, owner_name, owner_email, form)
      WHERE a.name = w.name AND a.deleted_at IS NULL""";
  private static final String DELETE_NODES = "DELETE FROM node WHERE app_id = ANY(?)";
  private static final String DELETE =
      "UPDATE app SET deleted_at = now(), barred = ? WHERE id = ANY(?)";

  /**
   * Apps, by name.
   *
   * @param name only this one
   * @param mostJobs beyond which their jobs are not counted; empty: there is no such bound
   */
  List<App> list(Tx tx, Optional<String> name, Optional<Integer> mostJobs) {
    return tx.query(SELECT, AppStore::app, mostJobs, name, name);
  }

  List<String> names(Tx tx) {
    return tx.query(NAMES, row -> row.text("name"));
  }

  /** Reads all jobs. */
  Map<String, JobTally.OfApp> countJobs(Tx tx) {
    Map<String, JobTally.OfApp> jobs = new HashMap<>();
    tx.query(
        JOBS,
        row ->
            jobs.put(
                row.text("app"),
                new JobTally.OfApp(
                    row.longNumber("enabled"),
                    row.longNumber("disabled"),
                    row.longNumber("completed"))));
    return jobs;
  }

  List<Node> nodes(Tx tx, Optional<Set<String>> apps) {
    Optional<SqlArray> names = apps.map(SqlArray::texts);
    return tx.query(NODES, AppStore::node, names, names, Optional.empty(), Optional.empty());
  }

  Optional<Node> node(Tx tx, String id) {
    return tx.first(
        NODES,
        AppStore::node,
        Optional.empty(),
        Optional.empty(),
        Optional.of(id),
        Optional.of(id));
  }

  /** False when it is not there, or not offline. */
  boolean forgetNode(Tx tx, String id) {
    return tx.update(FORGET_NODE, id) == 1;
  }

  List<ManagedApp> current(Tx tx, Collection<String> names) {
    return tx.query(CURRENT, AppStore::managed, SqlArray.texts(names));
  }

  Optional<Long> lock(Tx tx, String name) {
    return tx.first(LOCK, row -> row.longNumber("id"), name);
  }

  Optional<Long> find(Tx tx, String name) {
    return tx.first(ID, row -> row.longNumber("id"), name);
  }

  /** The id of the new app; empty when there is one of the name, or its name is barred. */
  Optional<Long> register(Tx tx, String name) {
    return tx.first(REGISTER, row -> row.longNumber("id"), name);
  }

  List<ManagedApp> insertAll(
      Tx tx, List<AppDraft> drafts, Optional<String> source, Optional<String> commit) {
    return tx.query(
        INSERT_ALL,
        AppStore::managed,
        source,
        commit,
        SqlArray.texts(drafts.stream().map(AppDraft::name).toList()),
        SqlArray.texts(drafts.stream().map(d -> d.spec().title()).toList()),
        SqlArray.texts(drafts.stream().map(d -> d.spec().owner().name()).toList()),
        SqlArray.texts(drafts.stream().map(d -> d.spec().owner().email()).toList()),
        SqlArray.texts(
            drafts.stream().map(d -> JsonText.write(SpecForm.toMap(d.spec()))).toList()));
  }

  void updateAll(Tx tx, List<AppDraft> drafts, Optional<String> source, Optional<String> commit) {
    tx.update(
        UPDATE_ALL,
        source,
        commit,
        SqlArray.texts(drafts.stream().map(AppDraft::name).toList()),
        SqlArray.texts(drafts.stream().map(d -> d.spec().title()).toList()),
        SqlArray.texts(drafts.stream().map(d -> d.spec().owner().name()).toList()),
        SqlArray.texts(drafts.stream().map(d -> d.spec().owner().email()).toList()),
        SqlArray.texts(
            drafts.stream().map(d -> JsonText.write(SpecForm.toMap(d.spec()))).toList()));
  }

  void delete(Tx tx, Collection<Long> ids, boolean barred) {
    tx.update(DELETE_NODES, SqlArray.longs(ids));
    tx.update(DELETE, barred, SqlArray.longs(ids));
  }

  List<OwnedApp> owned(Tx tx, String source) {
    return tx.query(
        OWNED, row -> new OwnedApp(managed(row), row.number("jobs"), row.number("nodes")), source);
  }

  private static ManagedApp managed(Row row) {
    return new ManagedApp(
        row.longNumber("id"),
        row.text("name"),
        new AppSpec(row.text("title"), new Owner(row.text("owner_name"), row.text("owner_email"))),
        row.optionalText("source"),
        row.optionalText("applied_spec").map(form -> SpecForm.appFromMap(JsonText.object(form))));
  }

  private static App app(Row row) {
    return new App(
        row.longNumber("id"),
        row.text("name"),
        row.text("title"),
        row.constant("registration", App.Registration.class),
        new Owner(row.text("owner_name"), row.text("owner_email")),
        row.optionalText("source"),
        new App.NodeCounts(
            row.number("online"),
            row.number("draining"),
            row.number("offline"),
            row.number("full_nodes"),
            row.number("slots"),
            row.number("busy")),
        row.number("jobs"));
  }

  private static Node node(Row row) {
    return new Node(
        row.text("id"),
        row.text("app"),
        row.text("address"),
        row.constant("state", Node.State.class),
        row.text("sdk_version"),
        row.text("app_version"),
        JsonText.texts(row.text("labels")),
        row.texts("handlers"),
        row.number("slots"),
        row.number("busy_slots"),
        row.instant("heartbeat_at"),
        row.instant("connected_at"),
        row.optionalText("server_id"));
  }
}
