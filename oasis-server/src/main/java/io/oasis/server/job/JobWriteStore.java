package io.oasis.server.job;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.SpecForm;
import io.oasis.schedule.ScheduleText;
import io.oasis.server.database.JsonText;
import io.oasis.server.database.Row;
import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** SQL that reads and writes jobs by the hundred, each statement once for all of them. */
@ApplicationScoped
class JobWriteStore {
  /** Any number that no other advisory lock of the system uses. */
  private static final long LOCK_KEY = 7_301_001L;

  private static final String LOCK = "SELECT pg_advisory_xact_lock(?)";
  private static final String NOW = "SELECT clock_timestamp() AS now";
  private static final String COLUMNS =
      """
      SELECT j.uid, a.name AS app, j.name, j.labels, j.spec, j.enabled, j.revision, j.anchor_at,
             j.source, j.applied_revision,
             (SELECT r.spec FROM job_revision r
               WHERE r.job_uid = j.uid AND r.revision = j.revision AND r.spec <> j.spec)
               AS other_spec,
             CASE WHEN NOT j.enabled THEN (
               SELECT coalesce(t.withdrawn_at - interval '1 microsecond', t.since) FROM job_term t
               WHERE t.job_uid = j.uid ORDER BY t.id DESC LIMIT 1) END AS off_after,
             j.schedule_kind = 'fixedDelay' AND EXISTS (
               SELECT 1 FROM run r
               WHERE r.job_uid = j.uid AND r.trigger = 'SCHEDULE'
                 AND r.state IN ('QUEUED', 'DISPATCHED', 'RUNNING', 'KILLING')) AS running
      """;
  private static final String CURRENT =
      COLUMNS
          + """
          FROM unnest(?, ?) AS w (app, name)
          JOIN app a ON a.name = w.app AND a.deleted_at IS NULL
          JOIN job j ON j.app_id = a.id AND j.name = w.name AND j.deleted_at IS NULL""";
  private static final String CURRENT_BY_UID =
      COLUMNS
          + """
          FROM job j JOIN app a ON a.id = j.app_id
          WHERE j.uid = ANY(?) AND j.deleted_at IS NULL""";
  private static final String OWNED =
      COLUMNS
          + """
          FROM job j JOIN app a ON a.id = j.app_id
          WHERE j.source = ? AND j.deleted_at IS NULL
          ORDER BY a.name, j.name""";
  private static final String OF_APP =
      COLUMNS
          + """
          FROM job j JOIN app a ON a.id = j.app_id
          WHERE j.app_id = ? AND j.deleted_at IS NULL
          ORDER BY j.name""";
  private static final String UIDS_OF_APP =
      "SELECT uid FROM job WHERE app_id = ? AND deleted_at IS NULL ORDER BY uid";
  private static final String HOLD_OF_APP = UIDS_OF_APP + " FOR UPDATE";
  private static final String TALLY =
      """
      SELECT count(*) AS jobs, count(source) AS owned,
             coalesce(array_agg(DISTINCT source) FILTER (WHERE source IS NOT NULL), '{}') AS sources
      FROM job WHERE app_id = ? AND deleted_at IS NULL""";
  private static final String WANTED_COLUMNS =
      """
      (app_id, name, title, labels, handler, schedule_kind, schedule_text, time_zone,
       owner_name, owner_email, spec, revision, enabled, anchor_at)""";
  private static final String WANTED =
      "unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS w " + WANTED_COLUMNS;
  private static final String INSERT =
      """
      INSERT INTO job (app_id, name, title, labels, handler, schedule_kind, schedule_text, time_zone,
        owner_name, owner_email, spec, revision, enabled, anchor_at,
        disabled_reason, disabled_at, source, source_commit, updated_by, applied_revision)
      SELECT w.app_id, w.name, w.title, w.labels::jsonb, w.handler, w.schedule_kind, w.schedule_text,
        w.time_zone, w.owner_name, w.owner_email, w.spec::jsonb, w.revision, w.enabled,
        w.anchor_at,
        CASE WHEN NOT w.enabled THEN 'its manifest says so' END,
        CASE WHEN NOT w.enabled THEN now() END, o.source, o.commit, o.by,
        CASE WHEN o.source IS NOT NULL THEN w.revision END
      FROM (SELECT ?::text AS source, ?::text AS commit, ?::text AS by) o CROSS JOIN\s"""
          + WANTED
          + """

          RETURNING uid, app_id, name""";
  private static final String UPDATE =
      """
      UPDATE job j
      SET title = w.title, labels = w.labels::jsonb, handler = w.handler,
        schedule_kind = w.schedule_kind, schedule_text = w.schedule_text, time_zone = w.time_zone,
        owner_name = w.owner_name, owner_email = w.owner_email, spec = w.spec::jsonb,
        revision = w.revision,
        disabled_reason = CASE WHEN w.enabled THEN NULL
          WHEN j.enabled THEN 'its manifest says so' ELSE j.disabled_reason END,
        disabled_at = CASE WHEN w.enabled THEN NULL
          WHEN j.enabled THEN now() ELSE j.disabled_at END,
        enabled = w.enabled,
        source = coalesce(o.source, j.source),
        source_commit = CASE WHEN o.source IS NULL AND j.source IS NOT NULL
          THEN j.source_commit ELSE o.commit END,
        applied_revision = CASE WHEN o.source IS NULL THEN j.applied_revision ELSE w.revision END,
        updated_by = o.by, updated_at = now()
      FROM (SELECT ?::text AS source, ?::text AS commit, ?::text AS by) o CROSS JOIN\s"""
          + WANTED
          + """

          WHERE j.app_id = w.app_id AND j.name = w.name AND j.deleted_at IS NULL""";
  private static final String INSERT_REVISIONS =
      """
      INSERT INTO job_revision
        (job_uid, revision, spec, labels, author, source, source_commit, ci_run, via, reason,
         job_name)
      SELECT w.uid, w.revision, w.spec::jsonb, w.labels::jsonb, ?, ?, ?, ?, ?, ?, j.name
      FROM unnest(?, ?, ?, ?) AS w (uid, revision, spec, labels)
      JOIN job j ON j.uid = w.uid""";
  private static final String ADOPT =
      """
      UPDATE job
      SET source = ?, source_commit = ?, applied_revision = revision, updated_by = ?,
          updated_at = now()
      WHERE uid = ANY(?)""";
  private static final String RENAME =
      """
      UPDATE job j SET name = w.name, updated_by = ?, updated_at = now()
      FROM unnest(?, ?) AS w (uid, name)
      WHERE j.uid = w.uid AND j.deleted_at IS NULL""";
  // Its owner takes it away itself: that is no drift.
  private static final String DELETE_ALL =
      """
      UPDATE job
      SET deleted_at = now(), applied_revision = NULL, updated_at = now(), updated_by = ?
      WHERE uid = ANY(?) AND deleted_at IS NULL""";
  // By hand, which is drift: what its source applied last stays.
  private static final String DELETE_OF_APP =
      """
      UPDATE job
      SET deleted_at = now(), updated_at = now(), updated_by = ?
      WHERE app_id = ? AND deleted_at IS NULL""";
  // What was deleted by hand and is not in the source any more either.
  private static final String SETTLE_DELETED =
      """
      UPDATE job j SET applied_revision = NULL
      FROM app a
      WHERE j.source = ? AND j.deleted_at IS NOT NULL AND j.applied_revision IS NOT NULL
        AND a.id = j.app_id
        AND NOT EXISTS (
          SELECT 1 FROM unnest(?, ?) AS w (app, name) WHERE w.app = a.name AND w.name = j.name)""";

  void lock(Tx tx) {
    tx.query(LOCK, row -> 0, LOCK_KEY);
  }

  Instant now(Tx tx) {
    return tx.one(NOW, row -> row.instant("now"));
  }

  List<ManagedJob> current(Tx tx, Collection<JobKey> keys) {
    return tx.query(
        CURRENT,
        JobWriteStore::managed,
        SqlArray.texts(keys.stream().map(JobKey::app).toList()),
        SqlArray.texts(keys.stream().map(JobKey::name).toList()));
  }

  List<ManagedJob> currentByUid(Tx tx, Collection<Long> uids) {
    return tx.query(CURRENT_BY_UID, JobWriteStore::managed, SqlArray.longs(uids));
  }

  List<ManagedJob> owned(Tx tx, String source) {
    return tx.query(OWNED, JobWriteStore::managed, source);
  }

  List<ManagedJob> ofApp(Tx tx, long appId) {
    return tx.query(OF_APP, JobWriteStore::managed, appId);
  }

  List<Long> uidsOfApp(Tx tx, long appId) {
    return tx.query(UIDS_OF_APP, row -> row.longNumber("uid"), appId);
  }

  /** Nobody starts a run of one of them by hand until the transaction ends. */
  void holdOfApp(Tx tx, long appId) {
    tx.query(HOLD_OF_APP, row -> row.longNumber("uid"), appId);
  }

  JobsOfApp.Tally tally(Tx tx, long appId) {
    return tx.one(
        TALLY,
        row -> new JobsOfApp.Tally(row.number("jobs"), row.number("owned"), row.texts("sources")),
        appId);
  }

  void deleteOfApp(Tx tx, long appId, String by) {
    tx.update(DELETE_OF_APP, by, appId);
  }

  void renameAll(Tx tx, Map<Long, String> names, String by) {
    tx.update(RENAME, by, SqlArray.longs(names.keySet()), SqlArray.texts(names.values()));
  }

  void deleteAll(Tx tx, Collection<Long> uids, String by) {
    tx.update(DELETE_ALL, by, SqlArray.longs(uids));
  }

  void settleDeleted(Tx tx, String source, Collection<JobKey> kept) {
    tx.update(
        SETTLE_DELETED,
        source,
        SqlArray.texts(kept.stream().map(JobKey::app).toList()),
        SqlArray.texts(kept.stream().map(JobKey::name).toList()));
  }

  Map<JobKey, Long> insertAll(Tx tx, List<JobDraft> drafts, JobDraft.Origin origin) {
    Map<Long, String> appNames = new HashMap<>();
    drafts.forEach(draft -> appNames.put(draft.appId(), draft.key().app()));
    List<Object> parameters = new ArrayList<>();
    parameters.add(origin.source());
    parameters.add(origin.commit());
    parameters.add(origin.by());
    parameters.addAll(columns(drafts));
    Map<JobKey, Long> uids = new HashMap<>();
    tx.query(
        INSERT,
        row ->
            uids.put(
                new JobKey(appNames.get(row.longNumber("app_id")), row.text("name")),
                row.longNumber("uid")),
        parameters.toArray());
    return uids;
  }

  void updateAll(Tx tx, List<JobDraft> drafts, JobDraft.Origin origin) {
    List<Object> parameters = new ArrayList<>();
    parameters.add(origin.source());
    parameters.add(origin.commit());
    parameters.add(origin.by());
    parameters.addAll(columns(drafts));
    tx.update(UPDATE, parameters.toArray());
  }

  void insertRevisions(
      Tx tx, List<JobDraft> drafts, Map<JobKey, Long> uids, JobDraft.Origin origin) {
    tx.update(
        INSERT_REVISIONS,
        origin.author(),
        origin.source(),
        origin.commit(),
        origin.ciRun(),
        origin.via().word(),
        origin.reason(),
        SqlArray.longs(drafts.stream().map(draft -> uids.get(draft.key())).toList()),
        SqlArray.ints(drafts.stream().map(JobDraft::revision).toList()),
        texts(drafts, draft -> JsonText.write(SpecForm.toMap(draft.spec()))),
        texts(drafts, draft -> JsonText.write(draft.labels())));
  }

  void adoptAll(Tx tx, Collection<Long> uids, JobDraft.Origin origin) {
    tx.update(ADOPT, origin.source(), origin.commit(), origin.by(), SqlArray.longs(uids));
  }

  /** In the order of {@link #WANTED_COLUMNS}. */
  private static List<SqlArray> columns(List<JobDraft> drafts) {
    return List.of(
        SqlArray.longs(drafts.stream().map(JobDraft::appId).toList()),
        texts(drafts, draft -> draft.key().name()),
        texts(drafts, draft -> draft.spec().title()),
        texts(drafts, draft -> JsonText.write(draft.labels())),
        texts(drafts, draft -> draft.spec().handler()),
        texts(drafts, draft -> schedule(draft).kind()),
        texts(drafts, draft -> schedule(draft).text()),
        texts(drafts, draft -> schedule(draft).zone()),
        texts(drafts, draft -> draft.spec().owner().name()),
        texts(drafts, draft -> draft.spec().owner().email()),
        texts(drafts, draft -> JsonText.write(SpecForm.toMap(draft.spec()))),
        SqlArray.ints(drafts.stream().map(JobDraft::revision).toList()),
        flags(drafts, JobDraft::enabled),
        SqlArray.instants(drafts.stream().map(JobDraft::anchor).toList()));
  }

  private static ScheduleText schedule(JobDraft draft) {
    return ScheduleText.of(draft.spec().schedule());
  }

  private static SqlArray texts(List<JobDraft> drafts, Function<JobDraft, String> column) {
    return SqlArray.texts(drafts.stream().map(column).toList());
  }

  private static SqlArray flags(List<JobDraft> drafts, Function<JobDraft, Boolean> column) {
    return SqlArray.flags(drafts.stream().map(column).toList());
  }

  private static ManagedJob managed(Row row) {
    int revision = row.number("revision");
    StoredSpec stored = StoredSpec.of(revision, row.text("spec"), row.optionalText("other_spec"));
    return new ManagedJob(
        row.longNumber("uid"),
        new JobKey(row.text("app"), row.text("name")),
        new TreeMap<>(JsonText.texts(row.text("labels"))),
        stored.spec(),
        stored.unreadable(),
        row.flag("enabled"),
        row.optionalInstant("off_after"),
        revision,
        row.instant("anchor_at"),
        row.optionalText("source"),
        row.optionalNumber("applied_revision"),
        row.flag("running"));
  }
}
