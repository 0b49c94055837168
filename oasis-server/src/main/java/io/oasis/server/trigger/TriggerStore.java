package io.oasis.server.trigger;

import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The trigger's SQL over {@code job}. */
@ApplicationScoped
public class TriggerStore {
  /**
   * The partial index {@code job_due} has this very order: an idle look is one probe of it. The
   * time is a query of its own, asked once: compared with a function that may change from row to
   * row, the index would be read to its end.
   */
  static final String CLAIM =
      """
      SELECT uid, revision, next_fire_at FROM job
       WHERE next_fire_at <= (SELECT clock_timestamp() + ? * interval '1 millisecond')
       ORDER BY next_fire_at LIMIT ? FOR UPDATE SKIP LOCKED
      """;

  private static final String EARLIEST =
      "SELECT next_fire_at FROM job WHERE next_fire_at IS NOT NULL ORDER BY next_fire_at LIMIT 1";

  private static final String ADVANCE =
      """
      UPDATE job j SET next_fire_at = u.next_at, completed = u.completed
        FROM unnest(?::bigint[], ?::timestamptz[], ?::boolean[]) AS u(uid, next_at, completed)
       WHERE j.uid = u.uid
      """;

  private static final String FIXED_DELAY_JOBS =
      """
      SELECT uid, revision, next_fire_at FROM job
       WHERE uid = ANY(?) AND schedule_kind = 'fixedDelay' AND enabled AND deleted_at IS NULL
         AND next_fire_at IS NULL
       ORDER BY uid FOR UPDATE
      """;

  /** A job that is due, and when. */
  record DueJob(JobVersion.Id version, Instant dueAt) {}

  /** A job's next time; empty with {@code completed}: the schedule is over. */
  record Next(long jobUid, Optional<Instant> at, boolean completed) {}

  /**
   * Claims jobs that are due within the look-ahead; they stay locked until the transaction ends.
   */
  List<DueJob> claim(Tx tx, Duration lookAhead, int limit) {
    return tx.query(
        CLAIM,
        row ->
            new DueJob(
                new JobVersion.Id(row.longNumber("uid"), row.number("revision")),
                row.instant("next_fire_at")),
        lookAhead.toMillis(),
        limit);
  }

  /** When the next job is due. */
  Optional<Instant> earliest(Tx tx) {
    return tx.first(EARLIEST, row -> row.instant("next_fire_at"));
  }

  /** Moves jobs to their next times. */
  void advance(Tx tx, List<Next> next) {
    if (!next.isEmpty()) {
      tx.update(
          ADVANCE,
          SqlArray.longs(next.stream().map(Next::jobUid).toList()),
          SqlArray.instants(
              next.stream()
                  .map(n -> n.at().orElse(null))
                  .collect(java.util.stream.Collectors.toList())),
          SqlArray.flags(next.stream().map(Next::completed).toList()));
    }
  }

  /** Those of the jobs that count from the end of their last run and wait for it. */
  List<JobVersion.Id> lockFixedDelay(Tx tx, Collection<Long> jobUids) {
    return tx.query(
        FIXED_DELAY_JOBS,
        row -> new JobVersion.Id(row.longNumber("uid"), row.number("revision")),
        SqlArray.longs(jobUids));
  }
}
