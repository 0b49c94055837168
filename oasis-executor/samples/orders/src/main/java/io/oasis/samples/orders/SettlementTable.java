package io.oasis.samples.orders;

import io.oasis.executor.NonRetryableException;
import io.oasis.executor.RunContext;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import javax.sql.DataSource;

/**
 * Settlements in a table of PostgreSQL, one row for each day. The row keeps the epoch of its last
 * writer, so that a copy of a run that was given up earlier, and wakes up late, changes nothing.
 *
 * @param database where the table is
 */
record SettlementTable(DataSource database) {
  static final String CREATE =
      """
      CREATE TABLE settlement (
        day        date PRIMARY KEY,
        run_id     bigint NOT NULL,
        last_epoch bigint NOT NULL,
        total      numeric NOT NULL)
      """;

  /** The database decides in the statement that writes: a look before it would be too early. */
  static final String WRITE =
      """
      INSERT INTO settlement (day, run_id, last_epoch, total) VALUES (?, ?, ?, ?)
      ON CONFLICT (day) DO UPDATE
        SET run_id = excluded.run_id, last_epoch = excluded.last_epoch, total = excluded.total
        WHERE settlement.run_id <> excluded.run_id OR settlement.last_epoch <= excluded.last_epoch
      """;

  /**
   * Writes what a day comes to.
   *
   * @throws NonRetryableException when a later hand-over of the same run has written already
   */
  void write(RunContext run, LocalDate day, BigDecimal total) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement write = connection.prepareStatement(WRITE)) {
      write.setObject(1, day);
      write.setLong(2, run.runId());
      write.setLong(3, run.epoch());
      write.setBigDecimal(4, total);
      if (write.executeUpdate() == 0) {
        throw new NonRetryableException(
            "a later hand-over of run " + run.runId() + " has settled " + day + " already");
      }
    }
  }
}
