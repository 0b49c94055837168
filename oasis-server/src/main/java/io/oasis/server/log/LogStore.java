package io.oasis.server.log;

import io.oasis.server.database.Row;
import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.RunState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The SQL of {@code run_log}. */
@ApplicationScoped
public class LogStore {
  /**
   * A hand-over may log when it is the run's current one, or an earlier attempt's last one, or when
   * lines of it are there (it was current once: its last lines may come after its end was known).
   */
  private static final String TAILS =
      """
      SELECT k.place::int AS place,
             (r.id IS NOT NULL OR a.run_id IS NOT NULL OR l.own IS NOT NULL)
               AND coalesce(l.newest, 0) <= k.epoch AS open,
             coalesce(l.base, 0) AS base,
             greatest(coalesce(l.own, 0) - coalesce(l.base, 0), 0) AS seq
      FROM unnest(?, ?, ?, ?, ?) WITH ORDINALITY
             AS k(run_id, nominal_at, attempt, member, epoch, place)
      LEFT JOIN run r ON r.id = k.run_id AND r.nominal_at = k.nominal_at
             AND r.attempt = k.attempt AND r.epoch = k.epoch AND k.member = 0
      LEFT JOIN attempt a ON a.run_id = k.run_id AND a.nominal_at = k.nominal_at
             AND a.attempt = k.attempt AND a.member = k.member AND a.epoch = k.epoch
      LEFT JOIN LATERAL (
        SELECT max(g.epoch) AS newest,
               max(g.last_seq) FILTER (WHERE g.epoch < k.epoch) AS base,
               max(g.last_seq) FILTER (WHERE g.epoch = k.epoch) AS own
        FROM run_log g
        WHERE g.run_id = k.run_id AND g.nominal_at = k.nominal_at
          AND g.attempt = k.attempt AND g.member = k.member) l ON true
      """;

  private static final String INSERT =
      """
      INSERT INTO run_log (run_id, nominal_at, attempt, member, epoch, first_seq, last_seq, lines)
      SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      RETURNING run_id, nominal_at, attempt, member, epoch
      """;

  private static final String RUN =
      """
      SELECT nominal_at, state,
             coalesce(finished_at < clock_timestamp() - ? * interval '1 millisecond', false) AS drained
      FROM run WHERE id = ?
      """;

  private static final String MISSING =
      """
      WITH part AS (
        SELECT attempt, 0 AS member, epoch, last_log_seq FROM run
        WHERE id = ? AND nominal_at = ? AND member_count = 0
        UNION ALL
        SELECT attempt, member, epoch, last_log_seq FROM attempt
        WHERE run_id = ? AND nominal_at = ?)
      SELECT coalesce(sum(greatest(p.last_log_seq - coalesce(l.own - l.base, 0), 0)), 0)::bigint AS missing
      FROM part p
      LEFT JOIN LATERAL (
        SELECT coalesce(max(g.last_seq) FILTER (WHERE g.epoch < p.epoch), 0) AS base,
               max(g.last_seq) FILTER (WHERE g.epoch = p.epoch) AS own
        FROM run_log g
        WHERE g.run_id = ? AND g.nominal_at = ? AND g.attempt = p.attempt AND g.member = p.member) l
        ON true
      WHERE p.last_log_seq > 0 AND (?::int IS NULL OR p.attempt = ?::int)
      """;

  /** Rows until so many lines are together; the text of the others is not touched. */
  private static final String READ =
      """
      SELECT attempt, member, first_seq, lines, seen
      FROM (
        SELECT l.attempt, l.member, l.first_seq, l.lines, coalesce(p.seq, 0) AS seen,
               sum(l.last_seq - greatest(l.first_seq - 1, coalesce(p.seq, 0)))
                 OVER (ORDER BY l.attempt, l.member, l.first_seq
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
        FROM run_log l
        LEFT JOIN unnest(?, ?, ?) AS p(attempt, member, seq)
               ON p.attempt = l.attempt AND p.member = l.member
        WHERE l.run_id = ? AND l.nominal_at = ? AND l.attempt >= ?
          AND l.last_seq > coalesce(p.seq, 0) AND (?::int IS NULL OR l.attempt = ?::int)) r
      WHERE coalesce(before, 0) < ?
      ORDER BY attempt, member, first_seq
      """;

  /**
   * Lines that go into one row.
   *
   * @param firstSeq as stored: behind the lines of earlier hand-overs
   * @param lastSeq as stored
   * @param lines as {@link LogText} writes them
   */
  record NewRow(RunHandle run, long firstSeq, long lastSeq, String lines) {}

  /** The run that a log belongs to; {@code drained}: it ended long enough ago. */
  record LogOwner(Instant nominalAt, boolean runFinal, boolean drained) {}

  /**
   * A row of lines.
   *
   * @param seen the last line of its part that the reader has
   */
  record StoredRow(int attempt, int member, long firstSeq, long seen, String lines) {}

  /** Where the lines of these hand-overs end. */
  Map<RunHandle, LogTail> tails(Tx tx, List<RunHandle> runs) {
    Map<RunHandle, LogTail> tails = new HashMap<>();
    tx.query(
        TAILS,
        row ->
            tails.put(
                runs.get(row.number("place") - 1),
                row.flag("open")
                    ? new LogTail.Open(row.longNumber("base"), row.longNumber("seq"))
                    : new LogTail.Fenced()),
        SqlArray.longs(runs.stream().map(RunHandle::runId).toList()),
        SqlArray.instants(runs.stream().map(RunHandle::nominalAt).toList()),
        SqlArray.ints(runs.stream().map(RunHandle::attempt).toList()),
        SqlArray.ints(runs.stream().map(RunHandle::member).toList()),
        SqlArray.longs(runs.stream().map(RunHandle::epoch).toList()));
    return tails;
  }

  /**
   * Writes rows, at most one for each hand-over, in an order that is the same for all servers.
   *
   * @return the hand-overs whose row is written; for the others somebody else was faster
   */
  Set<RunHandle> insert(Tx tx, List<NewRow> rows) {
    return new HashSet<>(
        tx.query(
            INSERT,
            LogStore::readHandle,
            SqlArray.longs(rows.stream().map(r -> r.run().runId()).toList()),
            SqlArray.instants(rows.stream().map(r -> r.run().nominalAt()).toList()),
            SqlArray.ints(rows.stream().map(r -> r.run().attempt()).toList()),
            SqlArray.ints(rows.stream().map(r -> r.run().member()).toList()),
            SqlArray.longs(rows.stream().map(r -> r.run().epoch()).toList()),
            SqlArray.longs(rows.stream().map(NewRow::firstSeq).toList()),
            SqlArray.longs(rows.stream().map(NewRow::lastSeq).toList()),
            SqlArray.texts(rows.stream().map(NewRow::lines).toList())));
  }

  Optional<LogOwner> owner(Tx tx, long runId, Duration drain) {
    return tx.first(
        RUN,
        row ->
            new LogOwner(
                row.instant("nominal_at"),
                row.constant("state", RunState.class).isFinal(),
                row.flag("drained")),
        drain.toMillis(),
        runId);
  }

  /** How many lines executors said that they wrote and that are not here. */
  long missing(Tx tx, long runId, Instant nominalAt, Optional<Integer> attempt) {
    return tx.one(
        MISSING,
        row -> row.longNumber("missing"),
        runId,
        nominalAt,
        runId,
        nominalAt,
        runId,
        nominalAt,
        attempt,
        attempt);
  }

  List<StoredRow> read(
      Tx tx,
      long runId,
      Instant nominalAt,
      LogPosition after,
      Optional<Integer> attempt,
      int limit) {
    return tx.query(
        READ,
        LogStore::readRow,
        SqlArray.ints(after.seen().keySet().stream().map(LogPosition.Part::attempt).toList()),
        SqlArray.ints(after.seen().keySet().stream().map(LogPosition.Part::member).toList()),
        SqlArray.longs(after.seen().values()),
        runId,
        nominalAt,
        after.firstAttempt(),
        attempt,
        attempt,
        limit);
  }

  private static RunHandle readHandle(Row row) {
    return new RunHandle(
        row.longNumber("run_id"),
        row.instant("nominal_at"),
        row.number("attempt"),
        row.longNumber("epoch"),
        row.number("member"));
  }

  private static StoredRow readRow(Row row) {
    return new StoredRow(
        row.number("attempt"),
        row.number("member"),
        row.longNumber("first_seq"),
        row.longNumber("seen"),
        row.text("lines"));
  }
}
