package io.oasis.server.stats;

import io.oasis.server.database.Tx;
import io.oasis.server.run.RunState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The SQL of the dashboard. */
@ApplicationScoped
class StatsStore {
  private static final String JOBS =
      """
      SELECT count(*) FILTER (WHERE enabled AND NOT completed) AS enabled,
             count(*) FILTER (WHERE NOT enabled) AS disabled,
             count(*) FILTER (WHERE enabled AND completed) AS completed
        FROM job
       WHERE deleted_at IS NULL
      """;

  // The list of states is that of the index run_active, word for word: only so is it used.
  private static final String ACTIVE =
      """
      SELECT count(*) FILTER (WHERE state = 'QUEUED') AS queued,
             count(*) FILTER (WHERE state <> 'QUEUED') AS running,
             count(DISTINCT job_uid) FILTER (WHERE state <> 'QUEUED') AS running_jobs
        FROM run
       WHERE state IN ('QUEUED', 'DISPATCHED', 'RUNNING', 'KILLING')
      """;

  private static final String APPS_AND_NODES =
      """
      SELECT (SELECT count(*) FROM app WHERE deleted_at IS NULL) AS apps,
             count(DISTINCT app_id) FILTER (WHERE state = 'ONLINE') AS apps_online,
             count(*) FILTER (WHERE state = 'ONLINE') AS online,
             count(*) FILTER (WHERE state = 'DRAINING') AS draining,
             count(*) FILTER (WHERE state = 'OFFLINE') AS offline
        FROM node
      """;

  private static final String COUNTS =
      """
      SELECT bucket_at, state, sum(runs)::bigint AS runs
        FROM run_count
       WHERE bucket_at >= ?
       GROUP BY bucket_at, state
      """;

  private static final String FIRES =
      """
      SELECT date_trunc('minute', next_fire_at) AS minute, count(*) AS fires
        FROM job
       WHERE next_fire_at IS NOT NULL AND next_fire_at >= ? AND next_fire_at < ?
       GROUP BY 1
       ORDER BY 1
      """;

  // A server that has been gone for a day is history.
  private static final String SERVERS =
      """
      SELECT id, address, version, started_at, clock_offset_ms,
             lease_until > clock_timestamp() AS alive
        FROM server
       WHERE lease_until > clock_timestamp() - interval '1 day'
       ORDER BY started_at, id
      """;

  Totals totals(Tx tx) {
    Totals.Jobs jobs =
        tx.one(
            JOBS,
            row ->
                new Totals.Jobs(
                    row.longNumber("enabled"),
                    row.longNumber("disabled"),
                    row.longNumber("completed")));
    Totals.Active active =
        tx.one(
            ACTIVE,
            row ->
                new Totals.Active(
                    row.longNumber("queued"),
                    row.longNumber("running"),
                    row.longNumber("running_jobs")));
    return tx.one(
        APPS_AND_NODES,
        row ->
            new Totals(
                jobs,
                active,
                row.number("apps"),
                row.number("apps_online"),
                new Totals.Nodes(
                    row.number("online"), row.number("draining"), row.number("offline"))));
  }

  List<Bucket> counts(Tx tx, Instant since) {
    return tx.query(
        COUNTS,
        row ->
            new Bucket(
                row.instant("bucket_at"),
                row.constant("state", RunState.class),
                row.longNumber("runs")),
        since);
  }

  List<MinuteFires> fires(Tx tx, Instant from, Instant to) {
    return tx.query(
        FIRES, row -> new MinuteFires(row.instant("minute"), row.longNumber("fires")), from, to);
  }

  List<ServerHealth> servers(Tx tx) {
    return tx.query(
        SERVERS,
        row ->
            new ServerHealth(
                row.text("id"),
                row.text("address"),
                row.text("version"),
                row.instant("started_at"),
                row.flag("alive"),
                Duration.ofMillis(row.longNumber("clock_offset_ms"))));
  }
}
