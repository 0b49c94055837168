package io.oasis.it.chaos;

import io.oasis.it.harness.Postgres;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the database says happened, read once everything is quiet.
 *
 * @param runs every row of the ledger
 * @param attempts earlier attempts, and parts of broadcasts
 * @param logs stored batches of lines, in their order
 * @param edits when a job got its second revision, by job
 * @param unfinishedJobs jobs whose schedule has further times
 */
record History(
    List<Run> runs,
    List<Attempt> attempts,
    List<LogRow> logs,
    Map<String, Instant> edits,
    List<String> unfinishedJobs) {
  private static final String RUNS =
      """
      SELECT r.*, a.name || '/' || j.name AS job FROM run r
        JOIN job j ON j.uid = r.job_uid JOIN app a ON a.id = j.app_id ORDER BY r.id
      """;
  private static final String ATTEMPTS = "SELECT * FROM attempt ORDER BY run_id, attempt, member";
  private static final String LOGS =
      "SELECT * FROM run_log ORDER BY run_id, attempt, member, first_seq";
  private static final String EDITS =
      """
      SELECT a.name || '/' || j.name AS job, v.created_at FROM job_revision v
        JOIN job j ON j.uid = v.job_uid JOIN app a ON a.id = j.app_id WHERE v.revision = 2
      """;
  private static final String UNFINISHED =
      """
      SELECT a.name || '/' || j.name AS job FROM job j JOIN app a ON a.id = j.app_id
       WHERE j.schedule_kind <> 'none'
         AND (NOT j.enabled OR EXISTS (SELECT FROM job_fire f WHERE f.job_uid = j.uid))
      """;
  private static final String EVENTS =
      "SELECT at, kind, attempt, reason, detail FROM run_event WHERE run_id = %d ORDER BY at";

  /** A row of the ledger. */
  record Run(
      long id,
      String job,
      int revision,
      Instant nominal,
      String trigger,
      String state,
      Optional<String> reason,
      int attempt,
      long epoch,
      int members,
      Optional<Instant> dispatched,
      Optional<Instant> started,
      Optional<Instant> finished,
      Optional<Stretch> stretch,
      long lastLogSeq) {
    boolean isFinal() {
      return finished.isPresent();
    }

    boolean isScheduled() {
      return trigger.equals("SCHEDULE");
    }
  }

  /** A stretch of nominal times that did not run. */
  record Stretch(Instant from, Instant to, long count) {}

  /** An earlier attempt, or a part of a broadcast. */
  record Attempt(
      long run,
      int attempt,
      int member,
      long epoch,
      String state,
      Optional<String> reason,
      Optional<Instant> dispatched,
      Optional<Instant> finished,
      long lastLogSeq) {}

  /** A batch of log lines. */
  record LogRow(
      long run, int attempt, int member, long epoch, long first, long last, String lines) {}

  static History read(Postgres postgres) {
    var edits = new HashMap<String, Instant>();
    query(
        postgres,
        EDITS,
        r -> edits.put(r.getString("job"), instant(r, "created_at").orElseThrow()));
    return new History(
        query(postgres, RUNS, History::run),
        query(postgres, ATTEMPTS, History::attempt),
        query(postgres, LOGS, History::logRow),
        edits,
        unfinishedJobs(postgres));
  }

  /** Jobs whose schedule has further times. */
  static List<String> unfinishedJobs(Postgres postgres) {
    return query(postgres, UNFINISHED, r -> r.getString("job"));
  }

  /** How many runs are under way. */
  static long active(Postgres postgres) {
    return query(postgres, "SELECT count(*) FROM run WHERE finished_at IS NULL", r -> r.getLong(1))
        .getFirst();
  }

  /** How many lines of log are stored. */
  static long logLines(Postgres postgres) {
    var sum = "SELECT coalesce(sum(last_seq - first_seq + 1), 0)::bigint FROM run_log";
    return query(postgres, sum, r -> r.getLong(1)).getFirst();
  }

  /** The trace of a run, for people. */
  static List<String> events(Postgres postgres, long run) {
    var row =
        query(postgres, "SELECT row_to_json(r) FROM run r WHERE id = " + run, r -> r.getString(1));
    var lines = new ArrayList<String>(row);
    lines.addAll(
        query(
            postgres,
            "SELECT row_to_json(a) FROM attempt a WHERE run_id = " + run,
            r -> r.getString(1)));
    lines.addAll(
        query(
            postgres,
            EVENTS.formatted(run),
            r ->
                "%s %s attempt %d %s %s"
                    .formatted(
                        instant(r, "at").orElseThrow(),
                        r.getString("kind"),
                        r.getInt("attempt"),
                        r.getString("reason"),
                        r.getString("detail"))));
    return lines;
  }

  /** The first column of a query, as text. */
  static List<String> texts(Postgres postgres, String sql) {
    return query(postgres, sql, r -> r.getString(1));
  }

  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static <T> List<T> query(Postgres postgres, String sql, Reader<T> reader) {
    try (var connection = postgres.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var found = new ArrayList<T>();
      while (rows.next()) {
        found.add(reader.read(rows));
      }
      return found;
    } catch (SQLException e) {
      throw new AssertionError(sql + ": " + e.getMessage(), e);
    }
  }

  private static Run run(ResultSet row) throws SQLException {
    var from = instant(row, "stretch_from");
    Optional<Stretch> stretch =
        from.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Stretch(
                    from.get(),
                    instant(row, "stretch_to").orElseThrow(),
                    row.getLong("stretch_count")));
    return new Run(
        row.getLong("id"),
        row.getString("job"),
        row.getInt("revision"),
        instant(row, "nominal_at").orElseThrow(),
        row.getString("trigger"),
        row.getString("state"),
        Optional.ofNullable(row.getString("reason")),
        row.getInt("attempt"),
        row.getLong("epoch"),
        row.getInt("member_count"),
        instant(row, "dispatched_at"),
        instant(row, "started_at"),
        instant(row, "finished_at"),
        stretch,
        row.getLong("last_log_seq"));
  }

  private static Attempt attempt(ResultSet row) throws SQLException {
    return new Attempt(
        row.getLong("run_id"),
        row.getInt("attempt"),
        row.getInt("member"),
        row.getLong("epoch"),
        row.getString("state"),
        Optional.ofNullable(row.getString("reason")),
        instant(row, "dispatched_at"),
        instant(row, "finished_at"),
        row.getLong("last_log_seq"));
  }

  private static LogRow logRow(ResultSet row) throws SQLException {
    return new LogRow(
        row.getLong("run_id"),
        row.getInt("attempt"),
        row.getInt("member"),
        row.getLong("epoch"),
        row.getLong("first_seq"),
        row.getLong("last_seq"),
        row.getString("lines"));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }
}
