package io.oasis.bench.postgres;

import io.oasis.bench.machine.BenchException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The least that a scheduler with a history has to ask of PostgreSQL: claim a batch of due rows and
 * insert a run for each in one transaction, finish those runs in a second one. There is no server,
 * executor, event or log.
 */
public final class RawSql implements AutoCloseable {
  /** Rows of one claim. */
  public static final int BATCH = 500;

  /** Empty tables. */
  public static final String TABLES =
      """
      CREATE TABLE bench_job (id bigint PRIMARY KEY, next_fire_at timestamptz);
      CREATE INDEX bench_job_due ON bench_job (next_fire_at) WHERE next_fire_at IS NOT NULL;
      CREATE TABLE bench_run (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, job_id bigint NOT NULL,
        nominal_at timestamptz NOT NULL, state text NOT NULL, finished_at timestamptz,
        UNIQUE (job_id, nominal_at));
      """;

  /** Rows whose times are numbers: first, distance in microseconds, how many. */
  public static final String FILL =
      """
      INSERT INTO bench_job
      SELECT coalesce((SELECT max(id) FROM bench_job), 0) + n + 1,
             timestamptz 'epoch' + (?::bigint + n * ?::bigint) * interval '1 microsecond'
        FROM generate_series(0, ?::bigint - 1) n
      """;

  /** Due rows that nobody else holds are taken off the schedule. */
  static final String MOVE =
      """
      WITH due AS (
        SELECT id, next_fire_at FROM bench_job WHERE next_fire_at <= clock_timestamp()
         ORDER BY next_fire_at LIMIT 500 FOR UPDATE SKIP LOCKED),
      moved AS (
        UPDATE bench_job j SET next_fire_at = NULL FROM due WHERE j.id = due.id
        RETURNING j.id, due.next_fire_at)
      """;

  /** Behind {@link #MOVE}: each of them gets a run. */
  static final String INSERT =
      """
      INSERT INTO bench_run (job_id, nominal_at, state)
      SELECT id, next_fire_at, 'RUNNING' FROM moved RETURNING id,
        (extract(epoch FROM nominal_at) * 1000000)::bigint AS due_micros
      """;

  static final String FINISH =
      """
      UPDATE bench_run SET state = 'SUCCEEDED', finished_at = clock_timestamp()
       WHERE id = ANY (?) AND state = 'RUNNING'
      """;

  private final Connection connection;
  private final PreparedStatement claim;
  private final PreparedStatement finish;

  /**
   * Some claimed rows.
   *
   * @param ids of their runs
   * @param dueMicros when each was due, in microseconds since 1970
   */
  public record Claimed(List<Long> ids, List<Long> dueMicros) {}

  /** On a connection of its own. */
  public RawSql(Database database) throws SQLException {
    this.connection = database.connect();
    this.claim = connection.prepareStatement(MOVE + INSERT);
    this.finish = connection.prepareStatement(FINISH);
  }

  /** Claims up to {@link #BATCH} rows that are due, and commits. */
  public Claimed claim() throws SQLException {
    List<Long> ids = new ArrayList<>(BATCH);
    List<Long> due = new ArrayList<>(BATCH);
    try (ResultSet rows = claim.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
        due.add(rows.getLong(2));
      }
    }
    return new Claimed(ids, due);
  }

  /** Finishes their runs, and commits. */
  public void finish(Claimed claimed) throws SQLException {
    finish.setArray(1, connection.createArrayOf("bigint", claimed.ids().toArray()));
    int finished = finish.executeUpdate();
    if (finished != claimed.ids().size()) {
      throw new BenchException("only " + finished + " of " + claimed.ids().size() + " finished");
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
