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
import java.util.Set;
import java.util.stream.Collectors;

/** The questions of the log center. Newest first is by id, the primary key of every partition. */
@ApplicationScoped
public class RunQueryStore {
  private static final String COLUMNS =
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

  private static final String LIVE_JOB =
      """
      SELECT j.uid, j.revision FROM job j JOIN app a ON a.id = j.app_id
       WHERE a.name = ? AND j.name = ? AND j.deleted_at IS NULL
      """;

  private static final String JOB_OF_RUN =
      "SELECT j.uid, j.revision FROM job j WHERE j.uid = ? AND j.deleted_at IS NULL";

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

  /** Runs with an id below {@code before}, newest first. */
  List<Listed> list(Tx tx, RunFilter filter, long before, int limit) {
    StringBuilder sql = new StringBuilder("SELECT " + COLUMNS + " FROM run r WHERE r.id < ?");
    List<Object> parameters = new ArrayList<>();
    parameters.add(before);
    filter.apps().names().ifPresent(names -> apps(sql, parameters, names));
    filter
        .job()
        .ifPresent(
            job -> {
              // Only for a job that lives is there an index by name; a deleted one keeps its rows.
              sql.append(
                  """
                   AND r.job_uid = coalesce(
                     (SELECT j.uid FROM job j JOIN app a ON a.id = j.app_id
                       WHERE a.name = ? AND j.name = ? AND j.deleted_at IS NULL
                         AND a.deleted_at IS NULL),
                     (SELECT j.uid FROM job j JOIN app a ON a.id = j.app_id
                       WHERE a.name = ? AND j.name = ?
                       ORDER BY j.deleted_at DESC LIMIT 1))
                  """);
              parameters.addAll(List.of(job.app(), job.name(), job.app(), job.name()));
            });
    if (!filter.states().isEmpty()) {
      // Written out, not a parameter: only so can the index run_trouble be known to fit.
      sql.append(
          filter.states().stream()
              .map(Enum::name)
              .collect(Collectors.joining("', '", " AND r.state IN ('", "')")));
    }
    if (!filter.triggers().isEmpty()) {
      sql.append(" AND r.trigger = ANY(?)");
      parameters.add(SqlArray.texts(filter.triggers()));
    }
    clause(sql, parameters, " AND r.node_id = ?", filter.node());
    clause(sql, parameters, " AND r.nominal_at >= ?", filter.from());
    clause(sql, parameters, " AND r.nominal_at < ?", filter.to());
    sql.append(" ORDER BY r.id DESC LIMIT ?");
    parameters.add(limit);
    return tx.query(sql.toString(), RunQueryStore::listed, parameters.toArray());
  }

  // A removed app keeps its row; a name means the one that lives, or the last one.
  private static void apps(StringBuilder sql, List<Object> parameters, Set<String> names) {
    if (names.size() == 1) {
      sql.append(
          """
           AND r.app_id = (SELECT id FROM app WHERE name = ?
                            ORDER BY deleted_at DESC NULLS FIRST LIMIT 1)
          """);
      parameters.add(names.iterator().next());
    } else {
      sql.append(
          """
           AND r.app_id = ANY(ARRAY(
             SELECT DISTINCT ON (name) id FROM app WHERE name = ANY(?)
              ORDER BY name, deleted_at DESC NULLS FIRST))
          """);
      parameters.add(SqlArray.texts(names));
    }
  }

  private static void clause(
      StringBuilder sql, List<Object> parameters, String clause, Optional<?> value) {
    value.ifPresent(
        v -> {
          sql.append(clause);
          parameters.add(v);
        });
  }

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

  private static Listed listed(Row row) {
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
