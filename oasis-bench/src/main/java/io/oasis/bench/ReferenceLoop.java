package io.oasis.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What the same PostgreSQL does when nothing but SQL is asked of it: one connection claims due rows
 * in batches of 500 and inserts a run for each in one transaction, and finishes those runs in a
 * second one. There is no server, no executor, no event and no log: an upper end for comparison,
 * not a scheduler.
 */
final class ReferenceLoop {
  private static final int BATCH = 500;
  private static final int COMMITS = 50;

  private static final String TABLES =
      """
      DROP SCHEMA IF EXISTS bench_reference CASCADE;
      CREATE SCHEMA bench_reference;
      CREATE TABLE bench_reference.job (id bigint PRIMARY KEY, next_fire_at timestamptz);
      CREATE INDEX job_due ON bench_reference.job (next_fire_at) WHERE next_fire_at IS NOT NULL;
      CREATE TABLE bench_reference.run (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, job_id bigint NOT NULL,
        nominal_at timestamptz NOT NULL, state text NOT NULL, finished_at timestamptz,
        UNIQUE (job_id, nominal_at));
      CREATE TABLE bench_reference.probe (n integer)
      """;

  private static final String FILL =
      "INSERT INTO bench_reference.job SELECT n, now() FROM generate_series(1, ?) n";

  private static final String CLAIM =
      """
      WITH due AS (
        SELECT id, next_fire_at FROM bench_reference.job WHERE next_fire_at <= now()
         ORDER BY next_fire_at LIMIT 500 FOR UPDATE SKIP LOCKED),
      moved AS (
        UPDATE bench_reference.job j SET next_fire_at = NULL FROM due WHERE j.id = due.id
        RETURNING j.id, due.next_fire_at)
      INSERT INTO bench_reference.run (job_id, nominal_at, state)
      SELECT id, next_fire_at, 'RUNNING' FROM moved RETURNING id
      """;

  private static final String FINISH =
      """
      UPDATE bench_reference.run SET state = 'SUCCEEDED', finished_at = clock_timestamp()
       WHERE id = ANY (?) AND state = 'RUNNING'
      """;

  private final Database database;

  ReferenceLoop(Database database) {
    this.database = database;
  }

  /**
   * What one round of the loop showed.
   *
   * @param rowsPerSecond rows claimed, inserted and finished
   * @param postgresMicros processor time of PostgreSQL for each of them
   * @param commitMillis median time of a transaction that inserts one row: what durability costs
   */
  record Result(int round, double rowsPerSecond, double postgresMicros, double commitMillis) {}

  /** Fills fresh tables with due rows and moves them all. */
  Result run(int round, int rows) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLES);
      try (PreparedStatement fill = connection.prepareStatement(FILL)) {
        fill.setInt(1, rows);
        fill.executeUpdate();
      }
      statement.execute("ANALYZE bench_reference.job");
      double commitMillis = commitProbe(statement);
      CpuTime before = CpuTime.ofTree(database.pid());
      long begun = System.nanoTime();
      int moved = moveAll(connection);
      double seconds = (System.nanoTime() - begun) / 1e9;
      CpuTime used = CpuTime.ofTree(database.pid()).since(before);
      if (moved != rows) {
        throw new BenchException("the reference loop moved " + moved + " of " + rows + " rows");
      }
      statement.execute("DROP SCHEMA bench_reference CASCADE");
      return new Result(round, rows / seconds, (double) used.micros() / rows, commitMillis);
    } catch (SQLException e) {
      throw new BenchException("the reference loop fails: " + e.getMessage(), e);
    }
  }

  private static int moveAll(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    int moved = 0;
    try (PreparedStatement claim = connection.prepareStatement(CLAIM);
        PreparedStatement finish = connection.prepareStatement(FINISH)) {
      List<Long> claimed;
      do {
        claimed = claim(claim);
        connection.commit();
        finish.setArray(1, connection.createArrayOf("bigint", claimed.toArray()));
        moved += finish.executeUpdate();
        connection.commit();
      } while (claimed.size() == BATCH);
    }
    connection.setAutoCommit(true);
    return moved;
  }

  private static List<Long> claim(PreparedStatement claim) throws SQLException {
    List<Long> ids = new ArrayList<>(BATCH);
    try (ResultSet rows = claim.executeQuery()) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    return ids;
  }

  private static double commitProbe(Statement statement) throws SQLException {
    double[] millis = new double[COMMITS];
    for (int i = 0; i < COMMITS; i++) {
      long begun = System.nanoTime();
      statement.execute("INSERT INTO bench_reference.probe VALUES (1)");
      millis[i] = (System.nanoTime() - begun) / 1e6;
    }
    return Spread.median(millis);
  }
}
