package io.oasis.server.database;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;

/** Opens transactions. Every piece of work runs in exactly one, committed when it returns. */
@Singleton
public class Database {
  private final DataSource dataSource;

  public Database(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Runs the work in a transaction of its own: committed when it returns, rolled back when it
   * throws. Never nested: a store that needs a transaction takes a {@link Tx}.
   *
   * @throws DatabaseException when the database refuses or cannot be reached
   */
  public <T> T call(Function<Tx, T> work) {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      boolean committed = false;
      Tx tx = new Tx(connection);
      try {
        T result = work.apply(tx);
        connection.commit();
        committed = true;
        return result;
      } finally {
        if (!committed) {
          rollBackQuietly(connection);
        }
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** {@link #call} for work without a result. */
  public void run(Consumer<Tx> work) {
    call(
        tx -> {
          work.accept(tx);
          return null;
        });
  }

  /** The rollback of a broken connection fails as well; the first error is the one that matters. */
  private static void rollBackQuietly(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException ignored) {
      // The connection is gone, and the transaction with it.
    }
  }
}
