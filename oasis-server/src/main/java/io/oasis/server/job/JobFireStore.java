package io.oasis.server.job;

import static java.util.stream.Collectors.toList;

import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** SQL of {@code job_fire} as management writes it: the next times of jobs that were changed. */
@ApplicationScoped
class JobFireStore {
  /**
   * A fixed delay whose run is under way has a row without a time. The change has been noted in
   * {@code job_term} by a trigger that did not know yet what comes of it.
   */
  private static final String SET =
      """
      WITH wanted AS (
        SELECT j.uid, j.revision, w.next_at,
               j.enabled AND j.deleted_at IS NULL
                 AND (w.next_at IS NOT NULL OR (j.schedule_kind = 'fixedDelay' AND NOT w.completed))
                 AS lives
          FROM unnest(?::bigint[], ?::timestamptz[], ?::boolean[]) AS w (uid, next_at, completed)
          JOIN job j ON j.uid = w.uid),
      ended AS (
        DELETE FROM job_fire f USING wanted w WHERE f.job_uid = w.uid AND NOT w.lives),
      fired AS (
        INSERT INTO job_fire (job_uid, revision, next_fire_at)
        SELECT uid, revision, next_at FROM wanted WHERE lives ORDER BY uid
        ON CONFLICT (job_uid) DO UPDATE
          SET revision = excluded.revision, next_fire_at = excluded.next_fire_at)
      UPDATE job_term t SET first_at = CASE WHEN w.lives THEN w.next_at END
        FROM wanted w
       WHERE t.id = (SELECT max(l.id) FROM job_term l WHERE l.job_uid = w.uid)
      """;

  /** Sets when jobs fire next, by their uids. They are written and locked already. */
  void set(Tx tx, Map<Long, Firing> firings) {
    if (firings.isEmpty()) {
      return;
    }
    List<Map.Entry<Long, Firing>> all = List.copyOf(firings.entrySet());
    tx.update(
        SET,
        SqlArray.longs(all.stream().map(Map.Entry::getKey).toList()),
        SqlArray.instants(
            all.stream().map(job -> job.getValue().next().orElse(null)).collect(toList())),
        SqlArray.flags(all.stream().map(job -> job.getValue().completed()).toList()));
  }
}
