package io.oasis.bench.oasis;

import io.oasis.bench.machine.BenchException;
import io.oasis.bench.peer.DueTimes;
import io.oasis.bench.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Copies a job that was applied by REST as often as needed, with one statement: applying a hundred
 * thousand of them would take longer than what is to be measured. A copy has all rows that an
 * applied job has; {@code job_term} is written by the table's own trigger.
 */
public final class JobSeed {
  private static final String COLUMNS =
      """
      SELECT column_name FROM information_schema.columns
       WHERE table_schema = current_schema() AND table_name = ? AND is_identity = 'NO'
       ORDER BY ordinal_position
      """;

  /** When a copy is due; n counts from 0. */
  private static final String DUE =
      "timestamptz 'epoch' + (%d::bigint + n * %d::bigint) * interval '1 microsecond'";

  private static final String COPY =
      """
      WITH template AS (
        SELECT j.* FROM job j JOIN app a ON a.id = j.app_id
         WHERE a.name = '%s' AND j.name = '%s' AND j.deleted_at IS NULL),
      made AS (
        INSERT INTO job (%s)
        SELECT %s FROM template t CROSS JOIN generate_series(0, %d::bigint - 1) n
        RETURNING uid, revision, name, spec),
      fired AS (
        INSERT INTO job_fire (job_uid, revision, next_fire_at)
        SELECT uid, revision, %s
          FROM (SELECT *, substr(name, %d)::bigint AS n FROM made) AS numbered ORDER BY uid),
      revised AS (
        INSERT INTO job_revision (%s)
        SELECT %s FROM template t JOIN job_revision v ON v.job_uid = t.uid
           AND v.revision = t.revision CROSS JOIN made m RETURNING job_uid)
      SELECT min(job_uid) AS first_uid, max(job_uid) AS last_uid, count(*) AS made FROM revised
      """;

  private final Database database;
  private int batches;

  /** Into the database of a server that has applied {@link Templates}. */
  public JobSeed(Database database) {
    this.database = database;
  }

  /**
   * One-time jobs that are all due at the same second.
   *
   * @param beforeCommit called when all of them are written and none can be seen yet
   */
  public Batch once(Instant second, int count, Runnable beforeCommit) {
    String at = second.truncatedTo(ChronoUnit.SECONDS).toString();
    DueTimes due = DueTimes.atOnce(Instant.parse(at).getEpochSecond() * 1_000_000, count);
    String spec = "jsonb_set(t.spec, '{schedule,at}', to_jsonb('" + at + "'::text))";
    return copy(
        Templates.ONCE, due, Map.of("spec", spec, "schedule_text", "'" + at + "'"), beforeCommit);
  }

  /** Jobs at a fixed rate of a day, whose times are spread over the seconds and within them. */
  public Batch daily(DueTimes due) {
    String anchor = DUE.formatted(due.firstMicros(), due.apartMicros()) + " - interval '24 hours'";
    return copy(Templates.DAILY, due, Map.of("anchor_at", anchor), () -> {});
  }

  /**
   * Jobs at a fixed rate, so that all of them come up once within it.
   *
   * @param rateSeconds the rate of each
   */
  public Batch soaking(Cluster cluster, DueTimes due, int rateSeconds) {
    cluster.apply(Templates.soaking(rateSeconds));
    String anchor =
        DUE.formatted(due.firstMicros(), due.apartMicros())
            + " - interval '%d seconds'".formatted(rateSeconds);
    Map<String, String> values =
        Map.of(
            "anchor_at", anchor,
            "enabled", "true",
            "disabled_reason", "NULL",
            "disabled_at", "NULL",
            "spec", "t.spec - 'enabled'");
    return copy(Templates.SOAKING, due, values, () -> {});
  }

  /** One-time jobs that log, applied by REST. */
  public Batch chatty(Cluster cluster, Instant second, int count, int lines) {
    String prefix = "l" + ++batches + "-" + second.getEpochSecond() + "-";
    StringBuilder manifest = new StringBuilder();
    for (int i = 0; i < count; i++) {
      manifest.append(Templates.chattyJob(prefix + i, second, lines));
    }
    cluster.apply(manifest.toString());
    return applied(prefix, DueTimes.atOnce(second.getEpochSecond() * 1_000_000, count));
  }

  /** Cron jobs that all mean the same second (and it again in a year), applied by REST. */
  public Batch cron(Cluster cluster, Instant second, int count) {
    String prefix = "c" + ++batches + "-" + second.getEpochSecond() + "-";
    String cron =
        DateTimeFormatter.ofPattern("s m H d M '?'").withZone(ZoneOffset.UTC).format(second);
    StringBuilder manifest = new StringBuilder();
    for (int i = 0; i < count; i++) {
      manifest.append(Templates.cronJob(prefix + i, cron));
    }
    cluster.apply(manifest.toString());
    return applied(prefix, DueTimes.atOnce(second.getEpochSecond() * 1_000_000, count));
  }

  private Batch applied(String prefix, DueTimes due) {
    String where = " FROM job WHERE name LIKE ? || '%' AND deleted_at IS NULL";
    long made = database.number("SELECT count(*)" + where, prefix);
    if (made != due.count()) {
      throw new BenchException("only " + made + " of " + due.count() + " jobs were applied");
    }
    return new Batch(
        due,
        database.number("SELECT min(uid)" + where, prefix),
        database.number("SELECT max(uid)" + where, prefix));
  }

  private Batch copy(
      String template, DueTimes due, Map<String, String> changed, Runnable beforeCommit) {
    String prefix = "b" + ++batches + "-" + due.firstMicros() + "-";
    Map<String, String> values = new HashMap<>(changed);
    values.put("name", "'" + prefix + "' || n");
    values.put("title", "'" + prefix + "' || n");
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      List<String> job = columns(connection, "job");
      List<String> revision = columns(connection, "job_revision");
      String sql =
          COPY.formatted(
              Cluster.APP,
              template,
              String.join(", ", job),
              expressions(job, "t.", values),
              due.count(),
              DUE.formatted(due.firstMicros(), due.apartMicros()),
              prefix.length() + 1,
              String.join(", ", revision),
              expressions(revision, "v.", Map.of("job_uid", "m.uid", "spec", "m.spec")));
      Batch batch;
      try (PreparedStatement copy = connection.prepareStatement(sql);
          ResultSet made = copy.executeQuery()) {
        made.next();
        if (made.getInt("made") != due.count()) {
          throw new BenchException("only " + made.getInt("made") + " jobs were made");
        }
        batch = new Batch(due, made.getLong("first_uid"), made.getLong("last_uid"));
      }
      try (Statement analyze = connection.createStatement()) {
        analyze.execute("ANALYZE job, job_fire, job_revision");
      }
      beforeCommit.run();
      connection.commit();
      return batch;
    } catch (SQLException e) {
      throw new BenchException("jobs cannot be made: " + e.getMessage(), e);
    }
  }

  private static String expressions(
      List<String> columns, String source, Map<String, String> values) {
    return columns.stream()
        .map(column -> values.getOrDefault(column, source + column))
        .collect(Collectors.joining(", "));
  }

  private static List<String> columns(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setString(1, table);
      List<String> columns = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          columns.add(rows.getString(1));
        }
      }
      return columns;
    }
  }
}
