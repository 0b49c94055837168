package io.oasis.bench.oasis;

import io.oasis.bench.machine.BenchException;
import io.oasis.bench.postgres.Database;
import io.oasis.bench.report.Lateness;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** How long the first statement of a claim takes: locking the hundred jobs that are due next. */
public final class ClaimProbe {
  private static final int TIMES = 500;
  private static final int JOBS = 100;

  /** As the server asks, but far ahead, so that there always are as many. */
  private static final String CLAIM =
      """
      SELECT job_uid AS uid, revision, next_fire_at FROM job_fire
       WHERE next_fire_at <= (SELECT clock_timestamp() + interval '2 days')
       ORDER BY next_fire_at LIMIT ? FOR UPDATE SKIP LOCKED
      """;

  private ClaimProbe() {}

  /** Percentiles over many claims, each rolled back. */
  public static Map<String, Double> run(Database database) {
    long[] micros = new long[TIMES];
    try (Connection connection = database.connect();
        PreparedStatement claim = connection.prepareStatement(CLAIM)) {
      connection.setAutoCommit(false);
      claim.setInt(1, JOBS);
      for (int i = 0; i < TIMES; i++) {
        long begun = System.nanoTime();
        try (ResultSet rows = claim.executeQuery()) {
          micros[i] = (System.nanoTime() - begun) / 1_000;
          if (!rows.next()) {
            throw new BenchException("no job is due in the next days");
          }
        }
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new BenchException("a claim fails: " + e.getMessage(), e);
    }
    return Lateness.figures(micros);
  }
}
