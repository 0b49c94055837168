package io.oasis.bench.seed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/**
 * Writes the ledger, one day with each call: runs, and from them what goes with them. Chance is a
 * hash of the seed and the run's id, so that the order of the work does not matter.
 */
final class SeedLedger {
  /**
   * The times of a day's jobs, in their order, and what became of each: of a usual job's runs 0.8 %
   * go wrong, of a flaky one's 8 %; a few were killed, cancelled, skipped, merged or missed. Runs
   * by hand come at any time, also beside another run of their job, which only forced ones may.
   */
  private static final String RUNS =
      """
      INSERT INTO run (id, nominal_at, job_uid, app_id, revision, trigger, occurrence, state, reason,
             message, node_id, node_why, attempt, max_attempts, epoch, triggered_by, created_at,
             dispatched_at, started_at, finished_at, result, last_log_seq, stretch_from, stretch_to,
             stretch_count, forced)
      WITH given AS (
        SELECT ?::timestamptz AS from_at, ?::timestamptz AS to_at, ?::bigint AS first_id,
               ?::bigint AS seed, ?::int AS by_hand, ?::int AS generation,
               (SELECT count(*) FROM seed_job) AS jobs),
      times AS (
        SELECT s.number, t.at, false AS by_hand
          FROM given g, seed_job s,
               generate_series(date_trunc('day', g.from_at, 'UTC') + s.off * interval '1 second',
                               g.to_at - interval '1 microsecond',
                               s.period * interval '1 second') AS t(at)
         WHERE t.at >= g.from_at
        UNION ALL
        SELECT 1 + (hashint8extended(n, g.seed) & 2147483647) % g.jobs,
               g.from_at + (g.to_at - g.from_at)
                 * ((hashint8extended(n, g.seed + 1) & 2147483647) / 2147483648.0), true
          FROM given g, generate_series(1, g.by_hand) AS n),
      numbered AS (
        SELECT row_number() OVER (ORDER BY t.at, t.number, t.by_hand) + g.first_id - 1 AS id,
               t.at, t.by_hand, g.seed, g.generation, s.*
          FROM given g, times t JOIN seed_job s ON s.number = t.number),
      drawn AS (
        SELECT n.*, (hashint8extended(id, seed) & 2147483647) % 10000 AS luck,
               (hashint8extended(id, seed + 1) & 2147483647) % 1000 AS dice
          FROM numbered n),
      ended AS (
        SELECT d.*,
               CASE WHEN luck < 60 * (CASE WHEN flaky THEN 10 ELSE 1 END) THEN 'FAILED'
                    WHEN luck < 75 * (CASE WHEN flaky THEN 10 ELSE 1 END) THEN 'TIMED_OUT'
                    WHEN luck < 80 * (CASE WHEN flaky THEN 10 ELSE 1 END) THEN 'LOST'
                    WHEN luck BETWEEN 9000 AND 9009 THEN 'KILLED'
                    WHEN by_hand THEN 'SUCCEEDED'
                    WHEN luck BETWEEN 9010 AND 9014 THEN 'CANCELLED'
                    WHEN luck BETWEEN 9020 AND 9059 THEN 'SKIPPED'
                    WHEN luck BETWEEN 9060 AND 9069 THEN 'COALESCED'
                    WHEN luck BETWEEN 9070 AND 9074 THEN 'MISSED'
                    ELSE 'SUCCEEDED' END AS state,
               d.app || '-' || d.generation || '-' || (1 + dice % 6) AS node
          FROM drawn d),
      placed AS (
        SELECT e.*, e.state NOT IN ('CANCELLED', 'SKIPPED', 'COALESCED', 'MISSED') AS ran,
               CASE WHEN e.state = 'FAILED' OR luck BETWEEN 8000 AND 8099 THEN 2 ELSE 1 END AS tries
          FROM ended e)
      SELECT id, at, uid, app_id, revision,
             CASE WHEN NOT by_hand THEN 'SCHEDULE' WHEN dice % 3 = 0 THEN 'MANUAL'
                  WHEN dice % 3 = 1 THEN 'API' ELSE 'RERUN' END,
             CASE WHEN by_hand THEN id ELSE 0 END, state,
             CASE state WHEN 'FAILED' THEN 'HANDLER_FAILED' WHEN 'TIMED_OUT' THEN 'RUN_TIMEOUT'
                  WHEN 'LOST' THEN 'NODE_LOST' WHEN 'KILLED' THEN 'KILL_REQUESTED'
                  WHEN 'CANCELLED' THEN 'NO_EXECUTOR' WHEN 'SKIPPED' THEN 'BLOCKED'
                  WHEN 'COALESCED' THEN 'QUEUE_FULL' WHEN 'MISSED' THEN 'DOWNTIME' END,
             CASE state WHEN 'FAILED' THEN 'exit code 2: connection refused by 10.0.3.'
                  || dice % 250 WHEN 'LOST' THEN 'no heartbeat from ' || node END,
             CASE WHEN ran THEN node END,
             CASE WHEN ran THEN 'next of 6 nodes in turn' END,
             CASE WHEN ran THEN tries ELSE 1 END, 2, CASE WHEN ran THEN tries ELSE 0 END,
             CASE WHEN by_hand THEN (ARRAY['anna', 'li', 'omar'])[1 + dice % 3] END,
             at - CASE WHEN by_hand THEN interval '0' ELSE interval '300 milliseconds' END,
             CASE WHEN ran THEN at + ((tries - 1) * 2000 + 1 + dice % 40) * interval '1 millisecond'
               END,
             CASE WHEN ran THEN at + ((tries - 1) * 2000 + 4 + dice % 40) * interval '1 millisecond'
               END,
             CASE WHEN ran THEN at + ((tries - 1) * 2000 + 4 + dice % 40
                    + millis * (500 + dice) / 1000) * interval '1 millisecond'
                  ELSE at + interval '5 milliseconds' END,
             CASE WHEN state = 'SUCCEEDED' THEN 'ok' END,
             CASE WHEN ran AND id % 50 = 0 THEN 3 ELSE 0 END,
             CASE WHEN state IN ('COALESCED', 'MISSED') THEN at END,
             CASE WHEN state IN ('COALESCED', 'MISSED') THEN at END,
             CASE WHEN state IN ('COALESCED', 'MISSED') THEN 1 END,
             by_hand
        FROM placed ORDER BY id
      """;

  private static final String OF_DAY = "r.nominal_at >= ? AND r.nominal_at < ?";

  private static final String ATTEMPTS =
      """
      INSERT INTO attempt (run_id, nominal_at, attempt, member, node_id, epoch, state, reason, message,
             dispatched_at, started_at, finished_at)
      SELECT r.id, r.nominal_at, 1, 0, r.node_id, 1, 'FAILED', 'HANDLER_FAILED', 'exit code 2',
             r.nominal_at + interval '1 millisecond', r.nominal_at + interval '4 milliseconds',
             r.nominal_at + interval '900 milliseconds'
        FROM run r WHERE r.attempt = 2 AND\s"""
          + OF_DAY;

  private static final String EVENTS =
      """
      INSERT INTO run_event (run_id, nominal_at, at, kind, attempt, reason, detail, who)
      SELECT r.id, r.nominal_at, e.at, e.kind, e.attempt, e.reason, e.detail, e.who
        FROM run r CROSS JOIN LATERAL (
          SELECT r.nominal_at + interval '900 milliseconds' AS at, 'FAILED' AS kind, 1 AS attempt,
                 'HANDLER_FAILED' AS reason, 'exit code 2' AS detail, NULL AS who
           WHERE r.attempt = 2
          UNION ALL
          SELECT r.nominal_at + interval '901 milliseconds', 'RETRY_PLANNED', 1, 'BACKOFF', NULL, NULL
           WHERE r.attempt = 2
          UNION ALL
          SELECT r.finished_at - interval '50 milliseconds', 'KILL_ASKED', r.attempt,
                 'KILL_REQUESTED', NULL, 'anna' WHERE r.state = 'KILLED'
          UNION ALL
          SELECT r.finished_at, r.state, r.attempt, r.reason, r.message, NULL
           WHERE r.state NOT IN ('SUCCEEDED', 'MISSED')) e
       WHERE (r.attempt = 2 OR r.state <> 'SUCCEEDED') AND\s"""
          + OF_DAY;

  private static final String LOGS =
      """
      INSERT INTO run_log (run_id, nominal_at, attempt, member, first_seq, last_seq, lines, received_at,
             epoch)
      SELECT r.id, r.nominal_at, r.attempt, 0, 1, 3,
             json_build_array(
               json_build_array((extract(epoch FROM r.started_at) * 1000)::bigint, 'o',
                 'begin of run ' || r.id),
               json_build_array((extract(epoch FROM r.started_at) * 1000)::bigint + 20, 'o',
                 'fetched ' || r.id % 997 || ' rows'),
               json_build_array((extract(epoch FROM r.finished_at) * 1000)::bigint, 'o', 'done'))::text,
             r.finished_at, r.epoch
        FROM run r WHERE r.last_log_seq > 0 AND\s"""
          + OF_DAY;

  private static final String COUNTS =
      """
      INSERT INTO run_count (app_id, bucket_at, state, shard, runs)
      SELECT r.app_id, date_bin('15 minutes', r.finished_at, 'epoch'::timestamptz), r.state, 0, count(*)
        FROM run r WHERE\s"""
          + OF_DAY
          + """

       GROUP BY 1, 2, 3
       ORDER BY 2, 1, 3
      ON CONFLICT ON CONSTRAINT run_count_pk DO UPDATE SET runs = run_count.runs + excluded.runs
      """;

  /**
   * What goes wrong with a job on a day is one incident of its kind, open while no success follows.
   */
  private static final String INCIDENTS =
      """
      WITH troubles AS (
        SELECT r.job_uid, r.app_id, CASE r.state WHEN 'FAILED' THEN 'FAILURE'
                 WHEN 'TIMED_OUT' THEN 'TIMEOUT' ELSE 'LOST' END AS kind,
               min(r.finished_at) AS opened_at, min(r.id) AS first_run, count(*) AS failures,
               max(r.id) AS last_run, max(r.finished_at) AS last_at, max(r.nominal_at) AS nominal_at,
               max(r.reason) AS reason, max(r.message) AS message
          FROM run r WHERE r.state IN ('FAILED', 'TIMED_OUT', 'LOST') AND\s"""
          + OF_DAY
          + """

         GROUP BY 1, 2, 3),
      made AS (
        INSERT INTO incident (job_uid, app_id, kind, opened_at, first_run_id, failures, last_run_id,
               last_failed_at, reason, message, told_run_id, told_at, resolved_at, resolved_run_id)
        SELECT t.job_uid, t.app_id, t.kind, t.opened_at, t.first_run, t.failures, t.last_run, t.last_at,
               t.reason, t.message, t.first_run, t.opened_at,
               CASE WHEN s.id IS NULL AND NOT ? THEN t.last_at + interval '1 hour'
                    ELSE s.finished_at END, s.id
          FROM troubles t LEFT JOIN LATERAL (
            SELECT r.id, r.finished_at FROM run r
             WHERE r.job_uid = t.job_uid AND r.state = 'SUCCEEDED' AND r.nominal_at > t.nominal_at
               AND r.nominal_at < ?
             ORDER BY r.nominal_at LIMIT 1) s ON true
         ORDER BY t.last_at
        RETURNING id, first_run_id, opened_at)
      INSERT INTO alarm (incident_id, event, run_id, failures, channel, address, language, state,
             created_at, due_at, sent_at)
      SELECT id, 'OPENED', first_run_id, 1, 'MAIL', 'oncall@example.com', 'en', 'SENT', opened_at,
             opened_at, opened_at + interval '30 seconds' FROM made
      """;

  private static final String TROUBLES =
      """
      INSERT INTO job_trouble (job_uid, run_id, state)
      SELECT s.uid, l.id, l.state FROM seed_job s CROSS JOIN LATERAL (
        SELECT r.id, r.state FROM run r
         WHERE r.job_uid = s.uid AND r.state NOT IN ('QUEUED', 'COALESCED', 'SKIPPED')
         ORDER BY r.nominal_at DESC LIMIT 1) l
       WHERE l.state IN ('FAILED', 'TIMED_OUT', 'LOST', 'MISSED')
      ON CONFLICT (job_uid) DO NOTHING
      """;

  private final Connection connection;
  private final long seed;
  private final int byHandPerDay;

  SeedLedger(Connection connection, long seed, int byHandPerDay) {
    this.connection = connection;
    this.seed = seed;
    this.byHandPerDay = byHandPerDay;
  }

  /**
   * A day of the history.
   *
   * @param index from 0
   * @param from its first instant
   * @param to the first instant after it, or the end of the history
   * @param firstId of its runs
   * @param last no other follows
   */
  record Day(int index, Instant from, Instant to, long firstId, boolean last) {
    private static final int DAYS_OF_NODES = 5;

    /** Nodes have other names after each release. */
    int generation() {
      return index / DAYS_OF_NODES;
    }
  }

  /** Writes a day; returns how many runs it has. */
  int write(Day day) throws SQLException {
    double share =
        Duration.between(day.from(), day.to()).toSeconds()
            / (double) Duration.ofDays(1).toSeconds();
    int runs =
        update(
            RUNS,
            SeedStore.time(day.from()),
            SeedStore.time(day.to()),
            day.firstId(),
            seed,
            (int) (byHandPerDay * share),
            day.generation());
    Object from = SeedStore.time(day.from());
    Object to = SeedStore.time(day.to());
    update(ATTEMPTS, from, to);
    update(EVENTS, from, to);
    update(LOGS, from, to);
    update(COUNTS, from, to);
    return runs;
  }

  /** Writes the incidents of a day, when the runs of the next one are there. */
  void incidents(Day day) throws SQLException {
    update(
        INCIDENTS,
        SeedStore.time(day.from()),
        SeedStore.time(day.to()),
        day.last(),
        SeedStore.time(day.to().plus(Duration.ofDays(1))));
  }

  /** Notes the jobs whose last run went wrong. */
  void troubles() throws SQLException {
    update(TROUBLES);
  }

  private int update(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement.executeUpdate();
    }
  }
}
