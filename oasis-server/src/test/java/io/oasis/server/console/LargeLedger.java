package io.oasis.server.console;

import io.oasis.server.database.Database;
import io.oasis.server.database.SqlArray;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** A month of a busy platform: 210,000 runs of 300 jobs in three apps. */
final class LargeLedger {
  static final int DAYS = 30;
  static final int RUNS_OF_DAY = 7_000;
  static final String BUSY = "busy";
  static final String QUIET = "quiet";

  private static final String APPS =
      """
      INSERT INTO app (name, title, registration) VALUES ('busy', 'Busy', 'MANUAL'),
        ('other', 'Other', 'MANUAL'), ('quiet', 'Quiet', 'MANUAL')
      """;

  /** The three jobs of the quiet app run once a day, all others thirty times. */
  private static final String JOBS =
      """
      INSERT INTO job (app_id, name, title, handler, schedule_kind, schedule_text, spec, enabled,
             updated_by)
      SELECT a.id, 'job-' || n, 'Title ' || n, 'work', 'none', 'by hand',
             '{"schedule": "none", "handler": "work"}', true, 'test'
        FROM generate_series(1, 300) AS n
        JOIN app a ON a.name = CASE WHEN n > 297 THEN 'quiet' WHEN n % 3 = 0 THEN 'other' ELSE 'busy' END
      """;

  private static final String REVISIONS =
      """
      INSERT INTO job_revision (job_uid, revision, spec, labels, author)
      SELECT uid, revision, spec, '{}', 'test' FROM job
      """;

  private static final String OF_DAY =
      """
      INSERT INTO run (id, nominal_at, job_uid, app_id, revision, trigger, occurrence, state, reason,
             node_id, dispatched_at, started_at, finished_at)
      SELECT nextval('run_id'), t.at, j.uid, j.app_id, 1, t.trigger,
             CASE WHEN t.trigger = 'SCHEDULE' THEN 0 ELSE currval('run_id') END, t.state,
             CASE t.state WHEN 'SUCCEEDED' THEN NULL WHEN 'LOST' THEN 'NODE_LOST'
               ELSE 'HANDLER_FAILED' END,
             t.node, t.at, t.at, t.at + interval '2 seconds'
        FROM (SELECT n, ?::timestamptz + n * interval '12 seconds' AS at,
                     CASE WHEN n % 1000 = 500 THEN 'MANUAL' ELSE 'SCHEDULE' END AS trigger,
                     CASE WHEN n % 100 = 50 THEN 'FAILED' WHEN n = 777 THEN 'LOST'
                       WHEN n = 888 THEN 'KILLED' ELSE 'SUCCEEDED' END AS state,
                     'node-' || n % 5 AS node,
                     CASE WHEN n BETWEEN 1 AND 3 THEN 297 + n ELSE 1 + n % 297 END AS job
                FROM generate_series(1, ?) AS n) t
        JOIN job j ON j.name = 'job-' || t.job
       ORDER BY t.n
      """;

  private static final String EVENTS =
      """
      INSERT INTO run_event (run_id, nominal_at, kind, attempt, reason)
      SELECT id, nominal_at, state, 1, reason FROM run WHERE state <> 'SUCCEEDED'
      """;

  private static final String COUNTS =
      """
      INSERT INTO run_count (app_id, bucket_at, state, shard, runs)
      SELECT app_id, date_bin('15 minutes', finished_at, 'epoch'::timestamptz), state, 0, count(*)
        FROM run GROUP BY 1, 2, 3
      """;

  private static final String INCIDENTS =
      """
      INSERT INTO incident (job_uid, app_id, kind, opened_at, first_run_id, failures, last_run_id,
             last_failed_at, told_run_id, told_at, resolved_at)
      SELECT j.uid, j.app_id, 'FAILURE', now(), n, 1, n, now(), n, now(),
             CASE WHEN n > 100 THEN now() END
        FROM generate_series(1, 20000) AS n JOIN job j ON j.name = 'job-' || 1 + n % 100
      """;

  private static final String AUDIT =
      """
      INSERT INTO audit (at, who, action, object, app)
      SELECT now() - n * interval '1 minute', 'user-' || n % 7, 'job.run', 'job busy/job-' || n % 300,
             'busy'
        FROM generate_series(1, 20000) AS n
      """;

  private LargeLedger() {}

  /** Writes it, unless it is there; the partitions are the server's own. */
  static void write(Database database, Instant now) {
    boolean there =
        database.call(
            tx -> tx.one("SELECT EXISTS (SELECT FROM run) AS yes", row -> row.flag("yes")));
    if (there) {
      return;
    }
    database.run(
        tx -> {
          tx.update(APPS);
          tx.update(JOBS);
          tx.update(REVISIONS);
        });
    Instant first = now.minus(Duration.ofDays(DAYS));
    for (int day = 0; day < DAYS; day++) {
      Instant begin = first.plus(Duration.ofDays(day));
      database.run(tx -> tx.update(OF_DAY, begin, RUNS_OF_DAY));
    }
    database.run(
        tx -> {
          for (String rest : List.of(EVENTS, COUNTS, INCIDENTS, AUDIT)) {
            tx.update(rest);
          }
        });
    // What autovacuum does on its own time.
    database.run(tx -> tx.update("ANALYZE"));
  }

  /** The ids of some runs, spread over the history. */
  static List<Long> someRuns(Database database) {
    long last =
        database.call(tx -> tx.one("SELECT max(id) AS last FROM run", r -> r.longNumber("last")));
    List<Long> ids = new ArrayList<>(LongStream.of(1, last / 3, last / 2, last).boxed().toList());
    ids.addAll(
        database.call(
            tx ->
                tx.query(
                    "SELECT run_id FROM run_event ORDER BY run_id DESC LIMIT 2",
                    row -> row.longNumber("run_id"))));
    return ids;
  }

  /** The tables that hold rows: a plan may do what it likes with an empty partition. */
  static List<String> filledTables(Database database) {
    return database.call(
        tx ->
            tx.query(
                """
                SELECT c.relname AS name FROM pg_class c
                 WHERE c.relkind = 'r' AND c.reltuples > 1000 AND c.relname ~ ANY(?)
                """,
                row -> row.text("name"),
                SqlArray.texts(List.of("^run", "^attempt", "^audit$", "^incident$"))));
  }
}
