package io.oasis.server.run;

import io.oasis.server.database.Row;
import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** SQL of {@link LastRuns}. */
@ApplicationScoped
class LastRunStore {
  // The newest run of a job comes from the index of its unique key, the running ones from the small
  // index of what is under way.
  private static final String FIND =
      """
      SELECT w.uid, l.id, l.state, l.nominal_at, l.started_at, l.finished_at,
             coalesce(c.running, 0) AS running
      FROM unnest(?) AS w (uid)
      LEFT JOIN LATERAL (
        SELECT r.id, r.state, r.nominal_at, r.started_at, r.finished_at
        FROM run r
        WHERE r.job_uid = w.uid AND r.state NOT IN ('QUEUED', 'COALESCED', 'SKIPPED')
        ORDER BY r.nominal_at DESC, r.occurrence DESC
        LIMIT 1) l ON true
      LEFT JOIN (
        SELECT r.job_uid, count(*) AS running
        FROM run r
        WHERE r.state IN ('QUEUED', 'DISPATCHED', 'RUNNING', 'KILLING') AND r.state <> 'QUEUED'
          AND r.job_uid = ANY(?)
        GROUP BY r.job_uid) c ON c.job_uid = w.uid""";

  List<LastRuns.OfJob> find(Tx tx, Collection<Long> jobUids) {
    return tx.query(FIND, LastRunStore::ofJob, SqlArray.longs(jobUids), SqlArray.longs(jobUids));
  }

  private static LastRuns.OfJob ofJob(Row row) {
    return new LastRuns.OfJob(
        row.longNumber("uid"),
        row.optionalLong("id").map(id -> last(row, id)),
        row.number("running"));
  }

  private static LastRuns.Last last(Row row, long id) {
    Optional<Instant> started = row.optionalInstant("started_at");
    Optional<Instant> finished = row.optionalInstant("finished_at");
    return new LastRuns.Last(
        id,
        row.constant("state", RunState.class),
        row.instant("nominal_at"),
        started.flatMap(from -> finished.map(to -> Duration.between(from, to))));
  }
}
