package io.oasis.bench.oasis;

import io.oasis.bench.machine.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What the ledger has of the runs of a batch that were finished last, to find out why. */
public final class SlowestRuns {
  private static final int RUNS = 5;

  /** One line of JSON for each run and each of its attempts and events, the slowest run first. */
  private static final String TOLD =
      """
      WITH slowest AS (
        SELECT r.*, r.finished_at - greatest(r.nominal_at,
                 timestamptz 'epoch' + ?::bigint * interval '1 microsecond') AS waited
          FROM run r WHERE r.job_uid BETWEEN ? AND ?
           AND r.finished_at >= timestamptz 'epoch' + ?::bigint * interval '1 microsecond'
         ORDER BY waited DESC LIMIT ?)
      SELECT 'run ' || jsonb_strip_nulls(to_jsonb(s))::text AS line, s.waited, s.id, 0 AS part,
             s.created_at AS at
        FROM slowest s
       UNION ALL
      SELECT '  attempt ' || jsonb_strip_nulls(to_jsonb(a))::text, s.waited, s.id, 1, a.dispatched_at
        FROM slowest s JOIN attempt a ON a.run_id = s.id AND a.nominal_at = s.nominal_at
       UNION ALL
      SELECT '  event ' || jsonb_strip_nulls(to_jsonb(e))::text, s.waited, s.id, 2, e.at
        FROM slowest s JOIN run_event e ON e.run_id = s.id AND e.nominal_at = s.nominal_at
       ORDER BY waited DESC, id, part, at
      """;

  private SlowestRuns() {}

  /**
   * Adds the runs that were finished longest after a moment, or after their own times when those
   * came later, to a file.
   *
   * @param sinceMicros the moment, from the epoch on
   */
  public static void tell(Cluster cluster, Batch batch, long sinceMicros, Path file) {
    StringBuilder told = new StringBuilder("since micros=").append(sinceMicros).append('\n');
    try (Connection connection = cluster.database().connect();
        PreparedStatement statement = connection.prepareStatement(TOLD)) {
      statement.setLong(1, sinceMicros);
      statement.setLong(2, batch.firstUid());
      statement.setLong(3, batch.lastUid());
      statement.setLong(4, sinceMicros);
      statement.setInt(5, RUNS);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          told.append(rows.getString("line")).append('\n');
        }
      }
      String before = Files.exists(file) ? Files.readString(file) : "";
      Files.writeString(file, before + told);
    } catch (SQLException e) {
      throw new BenchException("the ledger cannot be read: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new BenchException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
