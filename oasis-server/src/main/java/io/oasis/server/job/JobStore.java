package io.oasis.server.job;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.Owner;
import io.oasis.schedule.ScheduleText;
import io.oasis.server.database.JsonText;
import io.oasis.server.database.Row;
import io.oasis.server.database.Tx;
import io.oasis.server.secret.MarkKeyStore;
import io.oasis.server.secret.SecretMarks;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** SQL of jobs as people see and switch them. */
@ApplicationScoped
class JobStore {
  /** Columns of the table that a list needs; not the spec. */
  static final String OF_JOB =
      """
      j.uid, j.app_id, j.name, j.title, j.labels, j.handler, j.schedule_kind, j.schedule_text,
      j.time_zone, j.enabled, j.disabled_reason, j.revision, j.source, j.source_commit,
      j.created_at, j.updated_at, j.updated_by, j.anchor_at, j.applied_revision,
      j.owner_name, j.owner_email, j.deleted_at""";

  static final String COLUMNS =
      """
      j.uid, a.name AS app, j.name, j.title, j.labels, j.handler, j.schedule_kind, j.schedule_text,
      j.time_zone, j.enabled, j.disabled_reason, j.revision, f.next_fire_at, j.source,
      j.source_commit, j.created_at, j.updated_at, j.updated_by, j.anchor_at,
      j.schedule_kind <> 'none' AND f.job_uid IS NULL AS completed,
      (SELECT r.author FROM job_revision r WHERE r.job_uid = j.uid AND r.revision = j.revision)
        AS author,
      (SELECT r.ci_run FROM job_revision r WHERE r.job_uid = j.uid AND r.revision = j.revision)
        AS ci_run,
      j.source IS NOT NULL AND j.applied_revision IS DISTINCT FROM j.revision AS overridden,
      CASE WHEN j.owner_name = '' AND j.owner_email = '' THEN a.owner_name ELSE j.owner_name END
        AS owner_name,
      CASE WHEN j.owner_name = '' AND j.owner_email = '' THEN a.owner_email ELSE j.owner_email END
        AS owner_email""";
  private static final String FIND =
      "SELECT "
          + COLUMNS
          + """
          , j.spec,
          (SELECT r.spec FROM job_revision r
            WHERE r.job_uid = j.uid AND r.revision = j.revision AND r.spec <> j.spec) AS other_spec
          FROM job j JOIN app a ON a.id = j.app_id LEFT JOIN job_fire f ON f.job_uid = j.uid
          WHERE j.deleted_at IS NULL AND a.name = ? AND j.name = ?""";
  private static final String REVISIONS =
      """
      SELECT r.revision, r.author, r.source, r.source_commit, r.ci_run, r.created_at, r.labels, r.spec,
             r.via, r.reason
      FROM job_revision r
      JOIN job j ON j.uid = r.job_uid
      JOIN app a ON a.id = j.app_id
      WHERE j.deleted_at IS NULL AND a.name = ? AND j.name = ?
        AND (?::int IS NULL OR r.revision = ?)
      ORDER BY r.revision DESC""";
  private static final String ENABLE =
      """
      UPDATE job
      SET enabled = true, disabled_reason = NULL, disabled_at = NULL,
          updated_at = now(), updated_by = ?
      WHERE uid = ? AND deleted_at IS NULL""";
  private static final String DISABLE =
      """
      UPDATE job
      SET enabled = false, disabled_reason = ?, disabled_at = now(),
          updated_at = now(), updated_by = ?
      WHERE uid = ? AND deleted_at IS NULL""";
  private static final String DELETE =
      """
      UPDATE job
      SET deleted_at = now(), updated_at = now(), updated_by = ?
      WHERE uid = ? AND deleted_at IS NULL""";
  private final MarkKeyStore marks;
  private final JobFireStore fires;
  private final JobListStore lists;

  JobStore(MarkKeyStore marks, JobFireStore fires, JobListStore lists) {
    this.marks = marks;
    this.fires = fires;
    this.lists = lists;
  }

  /** A job with its spec as people may see it. */
  record Stored(Job job, StoredSpec spec, Instant anchor) {}

  JobListStore.Found list(
      Tx tx, JobFilter filter, JobOrder order, int limit, Optional<JobOrder.Place> after) {
    return lists.list(tx, filter, order, limit, after);
  }

  Optional<Stored> find(Tx tx, JobKey key) {
    return tx.first(
        FIND,
        row ->
            new Stored(
                job(row),
                StoredSpec.of(
                        row.number("revision"), row.text("spec"), row.optionalText("other_spec"))
                    .hidden(marks.marks(tx)),
                row.instant("anchor_at")),
        key.app(),
        key.name());
  }

  List<JobRevision> revisions(Tx tx, JobKey key) {
    SecretMarks hidden = marks.marks(tx);
    return revisions(tx, key, Optional.empty()).stream()
        .map(revision -> revision.withSpec(hidden.hideForm(revision.spec())))
        .toList();
  }

  Optional<JobRevision> revision(Tx tx, JobKey key, int number) {
    return revisions(tx, key, Optional.of(number)).stream().findFirst();
  }

  private static List<JobRevision> revisions(Tx tx, JobKey key, Optional<Integer> number) {
    return tx.query(
        REVISIONS,
        row ->
            new JobRevision(
                row.number("revision"),
                row.text("author"),
                row.optionalText("source"),
                row.optionalText("source_commit"),
                row.optionalText("ci_run"),
                row.instant("created_at"),
                new TreeMap<>(JsonText.texts(row.text("labels"))),
                StoredSpec.form(row.text("spec")),
                row.text("via"),
                row.optionalText("reason")),
        key.app(),
        key.name(),
        number,
        number);
  }

  void enable(Tx tx, long uid, Firing firing, String by) {
    tx.update(ENABLE, by, uid);
    fires.set(tx, Map.of(uid, firing));
  }

  void disable(Tx tx, long uid, Optional<String> reason, String by) {
    tx.update(DISABLE, reason, by, uid);
  }

  void delete(Tx tx, long uid, String by) {
    tx.update(DELETE, by, uid);
  }

  static Job job(Row row) {
    return new Job(
        row.longNumber("uid"),
        new JobKey(row.text("app"), row.text("name")),
        row.text("title"),
        new TreeMap<>(JsonText.texts(row.text("labels"))),
        row.text("handler"),
        new ScheduleText(
            row.text("schedule_kind"), row.text("schedule_text"), row.text("time_zone")),
        new Owner(row.text("owner_name"), row.text("owner_email")),
        state(row),
        row.optionalText("disabled_reason"),
        row.number("revision"),
        row.optionalInstant("next_fire_at"),
        new Job.History(
            row.optionalText("source"),
            row.optionalText("source_commit"),
            row.instant("created_at"),
            row.instant("updated_at"),
            row.text("updated_by"),
            row.optionalText("author"),
            row.optionalText("ci_run"),
            row.flag("overridden")));
  }

  private static Job.State state(Row row) {
    if (!row.flag("enabled")) {
      return Job.State.OFF;
    }
    return row.flag("completed") ? Job.State.DONE : Job.State.ON;
  }
}
