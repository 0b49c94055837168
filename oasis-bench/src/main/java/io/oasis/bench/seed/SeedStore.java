package io.oasis.bench.seed;

import io.oasis.bench.machine.BenchException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes around the ledger: what is there, the jobs' past, idle jobs, nodes, audit. */
final class SeedStore {
  private static final String HAS_TABLES = "SELECT to_regclass('job') IS NOT NULL AS yes";

  private static final String IN_USE =
      "SELECT EXISTS (SELECT FROM job) OR EXISTS (SELECT FROM run) AS yes";

  private static final String MAKE_JOBS =
      """
      CREATE TEMPORARY TABLE seed_job (
        number integer PRIMARY KEY, uid bigint NOT NULL, app_id bigint NOT NULL, app text NOT NULL,
        revision integer NOT NULL, period integer NOT NULL, off integer NOT NULL,
        flaky boolean NOT NULL, millis integer NOT NULL)
      """;

  private static final String FILL_JOBS =
      """
      INSERT INTO seed_job
      SELECT s.number, j.uid, j.app_id, a.name, j.revision, s.period, s.off, s.flaky, s.millis
        FROM unnest(?::int[], ?::text[], ?::text[], ?::int[], ?::int[], ?::boolean[], ?::int[])
          AS s(number, app, name, period, off, flaky, millis)
        JOIN app a ON a.name = s.app AND a.deleted_at IS NULL
        JOIN job j ON j.app_id = a.id AND j.name = s.name AND j.deleted_at IS NULL
      """;

  /** The jobs were made before the first of their times. */
  private static final String AGE_JOBS =
      """
      UPDATE job j SET created_at = ?, updated_at = ?, disabled_at = ?
        FROM seed_job s WHERE j.uid = s.uid
      """;

  private static final String AGE_REVISIONS =
      "UPDATE job_revision r SET created_at = ? FROM seed_job s WHERE r.job_uid = s.uid";

  /** They were on until the end of the history, and off since. */
  private static final String AGE_TERMS =
      """
      WITH began AS (
        UPDATE job_term t SET state = 'ON', asked_at = ?, since = ?, first_at = to_timestamp(
                 ceil((extract(epoch FROM ?::timestamptz) - s.off) / s.period) * s.period + s.off)
          FROM seed_job s WHERE t.job_uid = s.uid AND t.revision = s.revision
        RETURNING t.job_uid, t.revision)
      INSERT INTO job_term (job_uid, revision, state, asked_at, since, withdrawn_at)
      SELECT b.job_uid, b.revision, 'OFF', ?, ?, to_timestamp(
               ceil((extract(epoch FROM ?::timestamptz) - s.off) / s.period) * s.period + s.off)
        FROM began b JOIN seed_job s ON s.uid = b.job_uid ORDER BY b.job_uid
      """;

  /** The next full block of ids; the server takes the ones after it. */
  private static final String TAKE_IDS =
      "SELECT setval('run_id', nextval('run_id') + ?) - ? AS first";

  private static final String NODES =
      """
      INSERT INTO node (id, app_id, address, sdk_version, app_version, handlers, slots, state,
             connected_at, heartbeat_at, lease_until)
      SELECT a.app || '-' || ?::int || '-' || n, a.app_id, '10.0.' || a.app_id || '.' || n || ':7070',
             '0.1.0', '1.0', ARRAY['handler-0'], 32, 'OFFLINE', ?, ?, ?
        FROM (SELECT DISTINCT app, app_id FROM seed_job) a, generate_series(1, 6) AS n
      ON CONFLICT (id) DO NOTHING
      """;

  private static final String AUDIT =
      """
      INSERT INTO audit (at, who, action, object, app, after)
      SELECT ?::timestamptz + n * (?::timestamptz - ?::timestamptz) / ?,
             (ARRAY['anna', 'li', 'omar', 'ci-token', 'admin'])[1 + n % 5],
             (ARRAY['job.change', 'job.disable', 'job.enable', 'job.rollback', 'run.cancel'])[1 + n % 5],
             'job ' || s.app || '/' || j.name, s.app, '{"reason": "seeded"}'
        FROM generate_series(1, ?) AS n
        JOIN seed_job s ON s.number = 1 + (n::bigint * 7919) % (SELECT count(*) FROM seed_job)
        JOIN job j ON j.uid = s.uid
       ORDER BY n
      """;

  private static final String IDLE =
      """
      WITH first AS (SELECT * FROM job WHERE uid = ?),
      made AS (
        INSERT INTO job (app_id, name, title, labels, handler, schedule_kind, schedule_text,
               time_zone, spec, enabled, updated_by)
        SELECT f.app_id, 'idle-' || lpad(n::text, 8, '0'), 'idle ' || n, f.labels, f.handler,
               f.schedule_kind, f.schedule_text, f.time_zone, f.spec, true, f.updated_by
          FROM first f, generate_series(?::int, ?::int) AS n
        ON CONFLICT DO NOTHING
        RETURNING uid, revision, spec, labels),
      fired AS (
        INSERT INTO job_fire (job_uid, revision, next_fire_at)
        SELECT m.uid, m.revision, f.next_fire_at
          FROM made m, first JOIN job_fire f ON f.job_uid = first.uid ORDER BY m.uid)
      INSERT INTO job_revision (job_uid, revision, spec, labels, author)
      SELECT uid, revision, spec, labels, 'seed' FROM made
      """;

  private static final int IDLE_BATCH = 50_000;

  private final Connection connection;

  SeedStore(Connection connection) {
    this.connection = connection;
  }

  /** Whether somebody uses this database. Before the first start of a server it has no table. */
  boolean inUse() throws SQLException {
    return ask(HAS_TABLES) && ask(IN_USE);
  }

  private boolean ask(String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(question)) {
      result.next();
      return result.getBoolean("yes");
    }
  }

  /** Makes the connection know the jobs of the plan; fails when one of them is not there. */
  void remember(List<SeedJob> jobs) throws SQLException {
    execute("SET synchronous_commit = off");
    execute("SET work_mem = '256MB'");
    execute(MAKE_JOBS);
    int found =
        update(
            FILL_JOBS,
            array("int4", jobs, SeedJob::number),
            array("text", jobs, SeedJob::app),
            array("text", jobs, SeedJob::name),
            array("int4", jobs, SeedJob::period),
            array("int4", jobs, SeedJob::offset),
            array("bool", jobs, SeedJob::flaky),
            array("int4", jobs, SeedJob::millis));
    if (found != jobs.size()) {
      throw new BenchException("only " + found + " of " + jobs.size() + " jobs are there");
    }
    execute("ANALYZE seed_job");
  }

  /**
   * Lets the jobs be as old as their history. A time at which a job is made or switched off is one
   * that it does not have any more, or still has: that happens between two seconds.
   */
  void age(Instant from, Instant until) throws SQLException {
    Object made = time(from.minusMillis(500));
    Object off = time(until.minusMillis(500));
    update(AGE_JOBS, made, made, off);
    update(AGE_REVISIONS, made);
    update(AGE_TERMS, made, made, time(from), off, off, time(until));
  }

  /** Takes ids for runs; the answer is the first. */
  long takeIds(long count) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TAKE_IDS)) {
      statement.setLong(1, count);
      statement.setLong(2, count);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getLong("first");
      }
    }
  }

  /** The nodes of the newest generation; they went a moment after the end. */
  void nodes(int generation, Instant until) throws SQLException {
    update(NODES, generation, time(until.minus(Duration.ofDays(5))), time(until), time(until));
  }

  void audit(Instant from, Instant until, int entries) throws SQLException {
    update(AUDIT, time(from), time(until), time(from), entries, entries);
  }

  /** Copies a job until there are so many. */
  void idle(long firstUid, int count) throws SQLException {
    for (int from = 1; from <= count; from += IDLE_BATCH) {
      update(IDLE, firstUid, from, Math.min(count, from + IDLE_BATCH - 1));
    }
  }

  long uid(String app, String name) throws SQLException {
    String sql =
        "SELECT j.uid FROM job j JOIN app a ON a.id = j.app_id WHERE a.name = ? AND j.name = ?";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, app);
      statement.setString(2, name);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getLong("uid");
      }
    }
  }

  /** Does at once what autovacuum would do within minutes. */
  void tidy() throws SQLException {
    for (String table :
        List.of(
            "run",
            "run_event",
            "attempt",
            "run_log",
            "run_count",
            "incident",
            "alarm",
            "audit",
            "job",
            "job_revision",
            "job_term",
            "job_trouble",
            "node")) {
      execute("VACUUM (ANALYZE) " + table);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private int update(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement.executeUpdate();
    }
  }

  private java.sql.Array array(String type, List<SeedJob> jobs, Function<SeedJob, Object> part)
      throws SQLException {
    List<Object> parts = jobs.stream().map(part).collect(Collectors.toList());
    return connection.createArrayOf(type, parts.toArray());
  }

  static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
