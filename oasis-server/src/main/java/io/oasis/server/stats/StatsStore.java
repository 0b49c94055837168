package io.oasis.server.stats;

import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import io.oasis.server.identity.Reach;
import io.oasis.server.run.RunState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The SQL of the dashboard. */
@ApplicationScoped
class StatsStore {
  // Both parameters are the names of the apps that the viewer sees; null: all.
  private static final String WITHIN =
      """
       AND (?::text[] IS NULL
            OR app_id = ANY(ARRAY(SELECT id FROM app WHERE name = ANY(?))))
      """;

  // The list of states is that of the index run_active, word for word: only so is it used.
  private static final String ACTIVE =
      """
      SELECT count(*) FILTER (WHERE state = 'QUEUED') AS queued,
             count(*) FILTER (WHERE state <> 'QUEUED') AS running,
             count(DISTINCT job_uid) FILTER (WHERE state <> 'QUEUED') AS running_jobs
        FROM run
       WHERE state IN ('QUEUED', 'DISPATCHED', 'RUNNING', 'KILLING')
      """
          + WITHIN;

  private static final String APPS_AND_NODES =
      """
      SELECT (SELECT count(*) FROM app
               WHERE deleted_at IS NULL AND (?::text[] IS NULL OR name = ANY(?))) AS apps,
             count(DISTINCT app_id) FILTER (WHERE state = 'ONLINE') AS apps_online,
             count(*) FILTER (WHERE state = 'ONLINE') AS online,
             count(*) FILTER (WHERE state = 'DRAINING') AS draining,
             count(*) FILTER (WHERE state = 'OFFLINE') AS offline,
             count(*) FILTER (WHERE state = 'ONLINE' AND busy_slots >= slots) AS full_nodes
        FROM node
       WHERE true
      """
          + WITHIN;

  private static final String COUNTS =
      """
      SELECT bucket_at, state, sum(runs)::bigint AS runs
        FROM run_count
       WHERE bucket_at >= ?
      """
          + WITHIN
          + """
       GROUP BY bucket_at, state
      """;

  private static final String FIRES =
      """
      SELECT date_trunc('minute', f.next_fire_at) AS minute, count(*) AS fires
        FROM job_fire f JOIN job j ON j.uid = f.job_uid
       WHERE f.next_fire_at >= ? AND f.next_fire_at < ?
      """
          + WITHIN
          + """
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

  Totals totals(Tx tx, Reach reach, Totals.Jobs jobs) {
    Optional<SqlArray> within = reach.names().map(SqlArray::texts);
    Totals.Active active =
        tx.one(
            ACTIVE,
            row ->
                new Totals.Active(
                    row.longNumber("queued"),
                    row.longNumber("running"),
                    row.longNumber("running_jobs")),
            within,
            within);
    return tx.one(
        APPS_AND_NODES,
        row ->
            new Totals(
                jobs,
                active,
                row.number("apps"),
                row.number("apps_online"),
                new Totals.Nodes(
                    row.number("online"),
                    row.number("draining"),
                    row.number("offline"),
                    row.number("full_nodes"))),
        within,
        within,
        within,
        within);
  }

  List<Bucket> counts(Tx tx, Instant since, Reach reach) {
    Optional<SqlArray> within = reach.names().map(SqlArray::texts);
    return tx.query(
        COUNTS,
        row ->
            new Bucket(
                row.instant("bucket_at"),
                row.constant("state", RunState.class),
                row.longNumber("runs")),
        since,
        within,
        within);
  }

  List<MinuteFires> fires(Tx tx, Instant from, Instant to, Reach reach) {
    Optional<SqlArray> within = reach.names().map(SqlArray::texts);
    return tx.query(
        FIRES,
        row -> new MinuteFires(row.instant("minute"), row.longNumber("fires")),
        from,
        to,
        within,
        within);
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
