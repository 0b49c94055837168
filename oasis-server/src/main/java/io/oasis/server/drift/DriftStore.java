package io.oasis.server.drift;

import io.oasis.server.database.JsonText;
import io.oasis.server.database.Row;
import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import io.oasis.server.identity.Reach;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** SQL of {@link Drifts}. Only what differs leaves the database. */
@ApplicationScoped
class DriftStore {
  private static final String TOTALS =
      """
      SELECT (SELECT count(*) FROM job j JOIN app a ON a.id = j.app_id
              WHERE j.deleted_at IS NULL AND j.source IS NOT NULL
                AND (?::text IS NULL OR j.source = ?) AND (?::text[] IS NULL OR a.name = ANY(?)))
           + (SELECT count(*) FROM app a
              WHERE a.deleted_at IS NULL AND a.source IS NOT NULL
                AND (?::text IS NULL OR a.source = ?) AND (?::text[] IS NULL OR a.name = ANY(?))) AS total,
             (SELECT r.source_commit
              FROM job j
              JOIN app a ON a.id = j.app_id
              JOIN job_revision r ON r.job_uid = j.uid AND r.revision = j.applied_revision
              WHERE j.deleted_at IS NULL AND j.source IS NOT NULL
                AND (?::text IS NULL OR j.source = ?) AND (?::text[] IS NULL OR a.name = ANY(?))
              ORDER BY r.created_at DESC LIMIT 1) AS commit""";
  private static final String SOURCES =
      """
      SELECT source FROM job WHERE source IS NOT NULL AND deleted_at IS NULL
      UNION
      SELECT source FROM app WHERE source IS NOT NULL AND deleted_at IS NULL
      ORDER BY source
      LIMIT 20""";
  // Every revision from the applied one on, of jobs that are at another one.
  private static final String EDITED =
      """
      SELECT j.uid, j.source, a.name AS app, j.name, r.revision, r.spec, r.labels, r.author,
             r.created_at, r.via, r.reason
      FROM job j
      JOIN app a ON a.id = j.app_id
      JOIN job_revision r ON r.job_uid = j.uid
        AND r.revision BETWEEN j.applied_revision AND j.revision
      WHERE j.deleted_at IS NULL AND j.source IS NOT NULL
        AND j.applied_revision IS DISTINCT FROM j.revision
        AND (?::text IS NULL OR j.source = ?) AND (?::text[] IS NULL OR a.name = ANY(?))
      ORDER BY a.name, j.name, r.revision""";
  // The manifest's word on enabled is in the spec, false or absent; what cannot be read says
  // neither.
  private static final String SWITCHED =
      """
      SELECT j.uid, j.source, a.name AS app, j.name, j.enabled, j.disabled_reason, j.updated_by,
             j.updated_at, l.who, l.at, l.after ->> 'reason' AS reason
      FROM job j
      JOIN app a ON a.id = j.app_id
      LEFT JOIN LATERAL (
        SELECT t.who, t.at, t.after FROM audit t
        WHERE t.object = 'job ' || a.name || '/' || j.name
          AND t.action IN ('job.enable', 'job.disable')
        ORDER BY t.at DESC LIMIT 1) l ON true
      WHERE j.deleted_at IS NULL AND j.source IS NOT NULL
        AND j.enabled IS DISTINCT FROM ((j.spec -> 'enabled') IS DISTINCT FROM 'false'::jsonb)
        AND (?::text IS NULL OR j.source = ?) AND (?::text[] IS NULL OR a.name = ANY(?))
      ORDER BY a.name, j.name""";
  private static final String DELETED =
      """
      SELECT j.source, a.name AS app, j.name, j.deleted_at, j.updated_by
      FROM job j
      JOIN app a ON a.id = j.app_id
      WHERE j.deleted_at IS NOT NULL AND j.applied_revision IS NOT NULL AND j.source IS NOT NULL
        AND (?::text IS NULL OR j.source = ?) AND (?::text[] IS NULL OR a.name = ANY(?))
        AND NOT EXISTS (
          SELECT 1 FROM job k JOIN app b ON b.id = k.app_id
          WHERE b.name = a.name AND b.deleted_at IS NULL AND k.name = j.name
            AND k.deleted_at IS NULL)
      ORDER BY a.name, j.name""";
  private static final String APPS =
      """
      SELECT a.name AS app, a.source, a.applied_spec, a.title, a.owner_name, a.owner_email,
             l.who, l.at, l.after ->> 'reason' AS reason
      FROM app a
      LEFT JOIN LATERAL (
        SELECT t.who, t.at, t.after FROM audit t
        WHERE t.object = 'app ' || a.name ORDER BY t.at DESC LIMIT 1) l ON true
      WHERE a.deleted_at IS NULL AND a.source IS NOT NULL
        AND (a.title IS DISTINCT FROM a.applied_spec ->> 'title'
          OR a.owner_name IS DISTINCT FROM coalesce(a.applied_spec #>> '{owner,name}', '')
          OR a.owner_email IS DISTINCT FROM coalesce(a.applied_spec #>> '{owner,email}', ''))
        AND (?::text IS NULL OR a.source = ?) AND (?::text[] IS NULL OR a.name = ANY(?))
      ORDER BY a.name""";

  /** How much sources own. */
  record Totals(int total, Optional<String> commit) {}

  /** One revision of a job that was edited; the first of each job is the one that was applied. */
  record Edited(
      long uid,
      String source,
      String key,
      int revision,
      Map<String, Object> spec,
      Map<String, String> labels,
      Drift.Made made) {}

  /** A job that is switched on or off against its manifest. */
  record Switched(long uid, String source, String key, boolean enabled, Drift.Made made) {}

  /** A job that somebody deleted. */
  record Deleted(String source, String key, Drift.Made made) {}

  /** An app that was edited. */
  record EditedApp(
      String source,
      String name,
      Map<String, Object> applied,
      String title,
      String ownerName,
      String ownerEmail,
      Optional<Drift.Made> made) {}

  Totals totals(Tx tx, Optional<String> source, Reach reach) {
    Optional<SqlArray> app = reach.names().map(SqlArray::texts);
    return tx.one(
        TOTALS,
        row -> new Totals(row.number("total"), row.optionalText("commit")),
        source,
        source,
        app,
        app,
        source,
        source,
        app,
        app,
        source,
        source,
        app,
        app);
  }

  List<String> sources(Tx tx) {
    return tx.query(SOURCES, row -> row.text("source"));
  }

  List<Edited> edited(Tx tx, Optional<String> source, Reach reach) {
    Optional<SqlArray> app = reach.names().map(SqlArray::texts);
    return tx.query(
        EDITED,
        row ->
            new Edited(
                row.longNumber("uid"),
                row.text("source"),
                key(row),
                row.number("revision"),
                form(row.text("spec")),
                JsonText.texts(row.text("labels")),
                new Drift.Made(
                    row.text("author"),
                    row.instant("created_at"),
                    Optional.of(row.text("via")),
                    row.optionalText("reason"))),
        source,
        source,
        app,
        app);
  }

  List<Switched> switched(Tx tx, Optional<String> source, Reach reach) {
    Optional<SqlArray> app = reach.names().map(SqlArray::texts);
    return tx.query(
        SWITCHED,
        row ->
            new Switched(
                row.longNumber("uid"),
                row.text("source"),
                key(row),
                row.flag("enabled"),
                new Drift.Made(
                    row.optionalText("who").orElse(row.text("updated_by")),
                    row.optionalInstant("at").orElse(row.instant("updated_at")),
                    Optional.empty(),
                    row.optionalText("disabled_reason").or(() -> row.optionalText("reason")))),
        source,
        source,
        app,
        app);
  }

  List<Deleted> deleted(Tx tx, Optional<String> source, Reach reach) {
    Optional<SqlArray> app = reach.names().map(SqlArray::texts);
    return tx.query(
        DELETED,
        row ->
            new Deleted(
                row.text("source"),
                key(row),
                new Drift.Made(
                    row.text("updated_by"),
                    row.instant("deleted_at"),
                    Optional.empty(),
                    Optional.empty())),
        source,
        source,
        app,
        app);
  }

  List<EditedApp> apps(Tx tx, Optional<String> source, Reach reach) {
    Optional<SqlArray> app = reach.names().map(SqlArray::texts);
    return tx.query(
        APPS,
        row ->
            new EditedApp(
                row.text("source"),
                row.text("app"),
                row.optionalText("applied_spec").map(JsonText::object).orElse(Map.of()),
                row.text("title"),
                row.text("owner_name"),
                row.text("owner_email"),
                madeInTrail(row)),
        source,
        source,
        app,
        app);
  }

  private static Optional<Drift.Made> madeInTrail(Row row) {
    Optional<Instant> at = row.optionalInstant("at");
    return at.map(
        when ->
            new Drift.Made(row.text("who"), when, Optional.empty(), row.optionalText("reason")));
  }

  /** The plain form of a spec; empty when it is not even a mapping. */
  private static Map<String, Object> form(String json) {
    return json.startsWith("{") ? JsonText.object(json) : Map.of();
  }

  private static String key(Row row) {
    return row.text("app") + "/" + row.text("name");
  }
}
