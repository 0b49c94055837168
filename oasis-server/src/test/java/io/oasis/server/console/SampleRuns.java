package io.oasis.server.console;

import io.oasis.manifest.JobKey;
import io.oasis.server.database.Database;
import jakarta.enterprise.context.ApplicationScoped;

/** Writes apps, jobs, nodes and runs as the pages may find them, with text that means harm. */
@ApplicationScoped
class SampleRuns {
  static final JobKey JOB = new JobKey("shop", "settle");
  static final String HARM = "<script>alert(1)</script>";
  static final int LINES = 7;

  private static final String APP =
      """
      INSERT INTO app (name, title, registration, owner_name) VALUES ('shop', ?, 'AUTO', ?)
      ON CONFLICT DO NOTHING
      """;
  private static final String JOB_ROW =
      """
      INSERT INTO job (app_id, name, title, handler, schedule_kind, schedule_text, time_zone, spec,
                       enabled, updated_by, owner_name, source, source_commit, labels)
      SELECT id, 'settle', ?, 'settle', 'cron', '0 30 2 * * ?', 'Asia/Shanghai', ?::jsonb, true,
             'li', ?, 'infra', '3f2a91c0de', '{"team": "a&b"}'
        FROM app WHERE name = 'shop'
      ON CONFLICT DO NOTHING
      """;
  private static final String FIRES =
      """
      INSERT INTO job_fire (job_uid, revision, next_fire_at)
      SELECT uid, revision, now() + interval '20 minutes' FROM job WHERE name = 'settle'
      ON CONFLICT DO NOTHING
      """;
  private static final String SPEC =
      """
      {"title": "<script>alert(1)</script>", "handler": "settle",
       "schedule": {"cron": "0 30 2 * * ?", "timeZone": "Asia/Shanghai"},
       "params": {"region": "<script>alert(1)</script>"}}""";
  private static final String REVISION =
      """
      INSERT INTO job_revision (job_uid, revision, spec, labels, author)
      SELECT uid, 1, spec, labels, ? FROM job WHERE name = 'settle'
      ON CONFLICT DO NOTHING
      """;
  private static final String NODE =
      """
      INSERT INTO node (id, app_id, address, sdk_version, app_version, handlers, slots, state, lease_until)
      SELECT 'node-' || ?, id, ?, '1', '1', ARRAY['settle'], 4, 'DRAINING', now() + interval '1 h'
        FROM app WHERE name = 'shop'
      ON CONFLICT DO NOTHING
      """;
  private static final String RUN =
      """
      INSERT INTO run (id, nominal_at, job_uid, app_id, revision, trigger, occurrence, state, reason,
                       message, node_id, attempt, epoch, max_attempts, dispatched_at, started_at,
                       finished_at, result, last_log_seq)
      SELECT nextval('run_id'), now() - interval '1 hour', uid, app_id, 1, 'MANUAL',
             currval('run_id'), 'FAILED', 'HANDLER_FAILED', ?, 'node-1', 2, 2, 4,
             now() - interval '59 minutes', now() - interval '59 minutes', now() - interval '58 minutes', ?, ?
        FROM job WHERE name = 'settle'
      RETURNING id
      """;
  private static final String LOG =
      """
      INSERT INTO run_log (run_id, nominal_at, attempt, epoch, member, first_seq, last_seq, lines)
      SELECT r.id, r.nominal_at, a.n, a.n, 0, 1, ?,
             (SELECT json_agg(json_build_array(1780000000000 + j, 'O',
                      j || ' ' || ? || chr(27) || '[31m'))::text FROM generate_series(1, ?) j)
        FROM run r, generate_series(1, 2) a(n) WHERE r.id = ?
      """;
  private static final String INCIDENT =
      """
      INSERT INTO incident (job_uid, app_id, kind, opened_at, first_run_id, failures, last_run_id,
                            last_failed_at, message, told_run_id, told_at)
      SELECT job_uid, app_id, 'FAILURE', now(), id, 3, id, now(), ?, id, now() FROM run WHERE id = ?
      RETURNING id
      """;
  private static final String DELIVERY =
      """
      INSERT INTO alarm (incident_id, event, run_id, failures, address, language, state, due_at, error)
      VALUES (?, 'OPENED', ?, 1, ?, 'en', 'FAILED', now(), ?)
      """;
  private static final String ATTEMPT =
      """
      INSERT INTO attempt (run_id, nominal_at, attempt, member, node_id, epoch, state, last_log_seq)
      SELECT id, nominal_at, 1, 0, 'node-1', 1, 'FAILED', ? FROM run WHERE id = ?
      """;

  private final Database database;

  SampleRuns(Database database) {
    this.database = database;
  }

  /** A run that failed in its second attempt; each attempt has {@link #LINES} lines. */
  long failedRun() {
    return database.call(
        tx -> {
          tx.update(APP, "Shop " + HARM, HARM);
          tx.update(JOB_ROW, HARM, SPEC, HARM);
          tx.update(FIRES);
          tx.update(REVISION, HARM);
          tx.update(NODE, 1, HARM);
          long id = tx.one(RUN, row -> row.longNumber("id"), HARM, HARM, LINES);
          tx.update(LOG, LINES, HARM, LINES, id);
          tx.update(ATTEMPT, LINES, id);
          return id;
        });
  }

  /** A run that waits for a person's word. */
  long heldRun() {
    return like(failedRun(), "QUEUED", "HELD");
  }

  /** A run that waits for its next attempt. */
  long retriedRun() {
    return like(failedRun(), "QUEUED", "BACKOFF");
  }

  /** A run that was asked to stop and does not. */
  long stubbornRun() {
    return like(failedRun(), "KILLING", "UNCOOPERATIVE");
  }

  /** A run that is over and wrote no line. */
  long silentRun() {
    return silent(failedRun());
  }

  /** A run that a node has, and that has not written a line. */
  long silentYet() {
    return silent(stubbornRun());
  }

  private long silent(long run) {
    database.run(
        tx -> {
          tx.update("DELETE FROM run_log WHERE run_id = ?", run);
          tx.update("UPDATE attempt SET last_log_seq = 0 WHERE run_id = ?", run);
          tx.update("UPDATE run SET last_log_seq = 0 WHERE id = ?", run);
        });
    return run;
  }

  /** A job, switched off, whose stored spec cannot be read; the answer is its page. */
  String brokenJob() {
    database.run(
        tx -> {
          tx.update(
              """
              INSERT INTO app (name, title, registration, owner_name)
              VALUES ('attic', 'Attic', 'AUTO', '') ON CONFLICT DO NOTHING
              """);
          tx.update(
              """
              INSERT INTO job (app_id, name, title, handler, schedule_kind, schedule_text, spec,
                               enabled, updated_by, disabled_at)
              SELECT id, 'broken', 'Broken', 'work', 'none', '', '{"handler": 7}', false, 'li', now()
                FROM app WHERE name = 'attic'
              ON CONFLICT DO NOTHING
              """);
          tx.update(
              """
              INSERT INTO job_revision (job_uid, revision, spec, labels, author)
              SELECT uid, 1, spec, labels, 'li' FROM job WHERE name = 'broken'
              ON CONFLICT DO NOTHING
              """);
        });
    return "/jobs/attic/broken";
  }

  boolean isForced(long run) {
    return database.call(
        tx -> tx.one("SELECT forced FROM run WHERE id = ?", row -> row.flag("forced"), run));
  }

  private long like(long run, String state, String reason) {
    database.run(
        tx ->
            tx.update(
                "UPDATE run SET state = ?, reason = ?, finished_at = NULL WHERE id = ?",
                state,
                reason,
                run));
    return run;
  }

  /** An incident of a failed run, with a mail that was not taken. */
  long incident(long run) {
    return database.call(
        tx -> {
          tx.update("DELETE FROM incident WHERE resolved_at IS NULL");
          long id = tx.one(INCIDENT, row -> row.longNumber("id"), HARM, run);
          tx.update(DELIVERY, id, run, HARM, HARM);
          return id;
        });
  }
}
