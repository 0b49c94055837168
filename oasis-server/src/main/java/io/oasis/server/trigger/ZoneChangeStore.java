package io.oasis.server.trigger;

import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** SQL of {@code zone_rules}, and of the jobs whose times depend on it. */
@ApplicationScoped
public class ZoneChangeStore {
  /**
   * Only when all servers that live agree: in a rolling update the last of the old ones decides.
   */
  private static final String AGREED =
      """
      SELECT min(s.tzdb) AS tzdb FROM server s
       WHERE s.lease_until > clock_timestamp()
      HAVING count(DISTINCT s.tzdb) = 1
         AND NOT EXISTS (SELECT 1 FROM zone_rules z WHERE z.tzdb = min(s.tzdb))
      """;

  /** What is due in a moment belongs to the poller. */
  private static final String PAGE =
      """
      SELECT j.uid, f.revision, f.next_fire_at FROM job j JOIN job_fire f ON f.job_uid = j.uid
       WHERE f.job_uid > ? AND j.schedule_kind = 'cron'
         AND f.next_fire_at > clock_timestamp() + interval '2 seconds'
       ORDER BY f.job_uid LIMIT ? FOR UPDATE OF f
      """;

  /** The change is noted for those who recompute the times: by these rules only from now on. */
  private static final String MOVE =
      """
      WITH moved AS (
        SELECT * FROM unnest(?::bigint[], ?::timestamptz[]) AS u(uid, next_at)),
      noted AS (
        INSERT INTO job_term (job_uid, revision, state, asked_at, since, withdrawn_at, first_at,
               new_rules)
        SELECT f.job_uid, f.revision, 'ON', now(), clock_timestamp(), f.next_fire_at, m.next_at, true
          FROM moved m JOIN job_fire f ON f.job_uid = m.uid),
      ended AS (
        DELETE FROM job_fire f USING moved m WHERE f.job_uid = m.uid AND m.next_at IS NULL)
      UPDATE job_fire f SET next_fire_at = m.next_at
        FROM moved m
       WHERE f.job_uid = m.uid AND m.next_at IS NOT NULL
      """;

  private static final String KEEP =
      """
      INSERT INTO zone_rules (tzdb) VALUES (?)
      ON CONFLICT (only_row) DO UPDATE SET tzdb = excluded.tzdb
      """;

  private static final String KNOWN = "SELECT tzdb FROM zone_rules";

  /** A job with a cron schedule, and when it is to fire next. */
  record Planned(JobVersion.Id version, Instant nextAt) {}

  /** Where a job's next time moves to; empty: there is none any more. */
  record Move(long jobUid, Optional<Instant> nextAt) {}

  /** The version of the rules of all living servers, when the next times are not known by it. */
  Optional<String> agreed(Tx tx) {
    return tx.first(AGREED, row -> row.text("tzdb"));
  }

  /** The version by which the next times are known; empty: never noted. */
  Optional<String> known(Tx tx) {
    return tx.first(KNOWN, row -> row.text("tzdb"));
  }

  /** Some jobs in the order of their uids, locked until the end of the transaction. */
  List<Planned> page(Tx tx, long after, int limit) {
    return tx.query(
        PAGE,
        row ->
            new Planned(
                new JobVersion.Id(row.longNumber("uid"), row.number("revision")),
                row.instant("next_fire_at")),
        after,
        limit);
  }

  void move(Tx tx, List<Move> moves) {
    if (!moves.isEmpty()) {
      tx.update(
          MOVE,
          SqlArray.longs(moves.stream().map(Move::jobUid).toList()),
          SqlArray.instants(
              moves.stream()
                  .map(m -> m.nextAt().orElse(null))
                  .collect(java.util.stream.Collectors.toList())));
    }
  }

  void keep(Tx tx, String tzdb) {
    tx.update(KEEP, tzdb);
  }
}
