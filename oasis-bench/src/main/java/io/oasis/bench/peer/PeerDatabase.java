package io.oasis.bench.peer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.oasis.bench.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A contender's database: a pool of connections as its users would have, and SQL for the frame. */
public final class PeerDatabase {
  private final Database database;
  private final HikariDataSource pool;

  /**
   * Opens the pool.
   *
   * @param arguments of the process, which begin with port and name of the database
   */
  public PeerDatabase(String[] arguments, int connections) {
    this.database = new Database(Integer.parseInt(arguments[0]), arguments[1]);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setUsername(Database.USER);
    config.setPassword("");
    config.setMaximumPoolSize(connections);
    this.pool = new HikariDataSource(config);
  }

  /** The pool. */
  public HikariDataSource pool() {
    return pool;
  }

  /** Where it is. */
  public Database database() {
    return database;
  }

  /** Runs a script. */
  public void execute(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Inserts one row for each job with a statement that takes first, distance and count. */
  public void seed(String sql, DueTimes due) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, due.firstMicros());
      statement.setLong(2, due.apartMicros());
      statement.setLong(3, due.count());
      statement.execute();
    }
  }

  /** The answer of a query for a boolean. */
  public boolean holds(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getBoolean(1);
    }
  }
}
