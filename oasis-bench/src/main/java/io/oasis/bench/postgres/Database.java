package io.oasis.bench.postgres;

import io.oasis.bench.machine.BenchException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * One database of the benchmark's PostgreSQL, which trusts whoever reaches the loopback address.
 *
 * @param port of PostgreSQL
 * @param name of the database
 */
public record Database(int port, String name) {
  /** Who everybody is there. */
  public static final String USER = "postgres";

  /** Its JDBC address. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
  }

  /** A new connection. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), USER, "");
  }

  /** Runs one or more statements without parameters. */
  public void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new BenchException("database " + name + ": " + e.getMessage(), e);
    }
  }

  /** The one number that a query answers. */
  public long number(String sql, Object... parameters) {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new BenchException("database " + name + ": " + e.getMessage(), e);
    }
  }
}
