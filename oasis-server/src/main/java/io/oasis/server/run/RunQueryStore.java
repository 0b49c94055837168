package io.oasis.server.run;

import io.oasis.manifest.JobKey;
import io.oasis.server.database.Row;
import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What pages ask of single runs and of the runs of a page's jobs; {@link RunSearchStore} lists
 * them.
 */
@ApplicationScoped
public class RunQueryStore {
  static final String COLUMNS =
      RunColumns.ALL
          + """
          , r.progress, r.progress_text, r.rerun_of, r.triggered_by, r.stretch_from, r.stretch_to,
          r.stretch_count\
          """;

  private static final String ONE = "SELECT " + COLUMNS + " FROM run r WHERE r.id = ?";

  private static final String NOTES =
      """
      SELECT at, kind, attempt, reason, detail, who FROM run_event
       WHERE run_id = ? AND nominal_at = ? ORDER BY at
      """;

  private static final String ATTEMPTS =
      """
      SELECT attempt, member, node_id, node_why, state, reason, message, dispatched_at, started_at,
             finished_at, result
        FROM attempt WHERE run_id = ? AND nominal_at = ? ORDER BY attempt, member
      """;

  /** Who deletes the job just now is waited for: no run is made of a job that is gone. */
  private static final String LIVE_JOB =
      """
      SELECT j.uid, j.revision FROM job j JOIN app a ON a.id = j.app_id
       WHERE a.name = ? AND j.name = ? AND j.deleted_at IS NULL
         FOR KEY SHARE OF j
      """;

  private static final String JOB_OF_RUN =
      """
      SELECT j.uid, j.revision FROM job j WHERE j.uid = ? AND j.deleted_at IS NULL
         FOR KEY SHARE
      """;

  private static final String QUEUED_COUNT =
      "SELECT count(*) AS waiting FROM slot_wait WHERE job_uid = ?";

  private static final String UNDER_WAY =
      """
      SELECT r.job_uid, r.id FROM run r
       WHERE r.state IN ('DISPATCHED', 'RUNNING', 'KILLING') AND r.job_uid = ANY(?)
       ORDER BY r.id LIMIT 1000
      """;

  // Each job's newest runs come from the index of its unique key, at most twenty of a month.
  private static final String TYPICAL =
      """
      SELECT w.uid, percentile_cont(0.5) WITHIN GROUP (ORDER BY l.took)::bigint AS took_ms
        FROM unnest(?::bigint[]) AS w(uid)
       CROSS JOIN LATERAL (
         SELECT extract(epoch FROM r.finished_at - r.started_at) * 1000 AS took FROM run r
          WHERE r.job_uid = w.uid AND r.state = 'SUCCEEDED' AND r.started_at IS NOT NULL
            AND r.nominal_at > now() - interval '30 days'
          ORDER BY r.nominal_at DESC LIMIT 20) l
       GROUP BY w.uid
      """;

  /** Runs of these jobs that are on a node, by the job's uid. */
  Map<Long, List<Long>> underWay(Tx tx, Collection<Long> jobUids) {
    Map<Long, List<Long>> runs = new HashMap<>();
    tx.query(
        UNDER_WAY,
        row ->
            runs.computeIfAbsent(row.longNumber("job_uid"), uid -> new ArrayList<>())
                .add(row.longNumber("id")),
        SqlArray.longs(jobUids));
    return runs;
  }

  /** The median time of the newest runs of these jobs that succeeded, by the job's uid. */
  Map<Long, Duration> typical(Tx tx, Collection<Long> jobUids) {
    Map<Long, Duration> typical = new HashMap<>();
    tx.query(
        TYPICAL,
        row -> typical.put(row.longNumber("uid"), Duration.ofMillis(row.longNumber("took_ms"))),
        SqlArray.longs(jobUids));
    return typical;
  }

  /** A row of the ledger with what only people ask for. */
  record Listed(
      RunRow run,
      Optional<RunView.Progress> progress,
      Optional<Long> rerunOf,
      Optional<String> by,
      Optional<RunView.Stretch> stretch) {}

  /** One run. */
  Optional<Listed> find(Tx tx, long id) {
    return tx.first(ONE, RunQueryStore::listed, id);
  }

  /** What the trace keeps beyond the row. */
  List<RunTrace.Event> notes(Tx tx, RunRow run) {
    return tx.query(
        NOTES,
        row ->
            new RunTrace.Event(
                row.instant("at"),
                row.constant("kind", RunEvent.class),
                row.number("attempt"),
                row.optionalText("reason"),
                row.optionalText("detail"),
                row.optionalText("who")),
        run.id(),
        run.nominalAt());
  }

  /** Earlier attempts, and members of broadcasts. */
  List<RunTrace.Attempt> attempts(Tx tx, RunRow run) {
    return tx.query(
        ATTEMPTS,
        row ->
            new RunTrace.Attempt(
                row.number("attempt"),
                row.number("member"),
                row.optionalText("node_id"),
                row.optionalText("node_why"),
                row.constant("state", RunState.class),
                row.optionalText("reason"),
                row.optionalText("message"),
                row.optionalInstant("dispatched_at"),
                row.optionalInstant("started_at"),
                row.optionalInstant("finished_at"),
                row.optionalText("result")),
        run.id(),
        run.nominalAt());
  }

  /** The current revision of a job that is not deleted. */
  Optional<JobVersion.Id> current(Tx tx, JobKey job) {
    return tx.first(LIVE_JOB, RunQueryStore::version, job.app(), job.name());
  }

  /** The current revision of the job with this uid, unless it is deleted. */
  Optional<JobVersion.Id> current(Tx tx, long jobUid) {
    return tx.first(JOB_OF_RUN, RunQueryStore::version, jobUid);
  }

  /** How many runs of the job wait for a slot. */
  int waiting(Tx tx, long jobUid) {
    return tx.one(QUEUED_COUNT, row -> row.number("waiting"), jobUid);
  }

  private static JobVersion.Id version(Row row) {
    return new JobVersion.Id(row.longNumber("uid"), row.number("revision"));
  }

  static Listed listed(Row row) {
    Optional<Instant> from = row.optionalInstant("stretch_from");
    return new Listed(
        RunColumns.read(row),
        row.optionalNumber("progress")
            .map(p -> new RunView.Progress(p, row.optionalText("progress_text").orElse(""))),
        row.optionalLong("rerun_of"),
        row.optionalText("triggered_by"),
        from.map(
            f ->
                new RunView.Stretch(
                    f, row.instant("stretch_to"), row.longNumber("stretch_count"))));
  }
}
