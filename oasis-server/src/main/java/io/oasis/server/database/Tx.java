package io.oasis.server.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * One open transaction. Parameters are positional ({@code ?}) and may be: null, text, numbers,
 * booleans, {@code byte[]}, {@link java.time.Instant}, enums (their name), {@link
 * java.util.Optional} of these, and {@link SqlArray}. JSON goes as text with {@code ?::jsonb}.
 */
public final class Tx {
  private static final String BY_KEYS =
      """
      SELECT set_config('enable_seqscan', 'off', true), set_config('enable_nestloop', 'off', true),
             set_config('plan_cache_mode', 'force_generic_plan', true);
      %s;
      RESET enable_seqscan;
      RESET enable_nestloop;
      RESET plan_cache_mode
      """;

  private static final String IN_ORDER_OF_KEYS =
      """
      SELECT set_config('enable_seqscan', 'off', true), set_config('enable_nestloop', 'off', true),
             set_config('enable_bitmapscan', 'off', true),
             set_config('plan_cache_mode', 'force_generic_plan', true);
      %s;
      RESET enable_seqscan;
      RESET enable_nestloop;
      RESET enable_bitmapscan;
      RESET plan_cache_mode
      """;

  /** To go back to it brings the settings back as well. */
  private static final String NEW =
      """
      SAVEPOINT before_insert;
      %s;
      RELEASE SAVEPOINT before_insert
      """
          .formatted(BY_KEYS.strip());

  /** From about so many rows on, {@link #insertNew} costs less than {@code ON CONFLICT}. */
  public static final int MANY = 32;

  /** One text for each statement: the driver finds what it has prepared by it. */
  private static final Map<String, String> BY_KEYS_OF = new ConcurrentHashMap<>();

  private static final Map<String, String> IN_ORDER_OF = new ConcurrentHashMap<>();
  private static final Map<String, String> NEW_OF = new ConcurrentHashMap<>();

  private final Connection connection;

  Tx(Connection connection) {
    this.connection = connection;
  }

  /** All rows of a query (or of a statement with RETURNING), in its order. */
  public <T> List<T> query(String sql, Function<Row, T> mapper, Object... parameters) {
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet result = statement.executeQuery()) {
      List<T> rows = new ArrayList<>();
      Row row = new Row(result);
      while (result.next()) {
        rows.add(mapper.apply(row));
      }
      return rows;
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /**
   * {@link #query} for a statement that finds the rows of a table by an array of keys ({@code id =
   * ANY(?)}), maybe joined with {@code unnest} of the same keys, or by an index made for it.
   *
   * <p>PostgreSQL does not know how long the arrays are, and of a table that fills and empties all
   * day it knows what was there when somebody counted, often nothing: left to itself it now and
   * then reads the whole table for each batch, or the whole batch for each row, and keeps to that
   * plan. So whole tables and nested loops are off for this one statement. All of it is one round
   * trip.
   */
  public <T> List<T> queryByKeys(String sql, Function<Row, T> mapper, Object... parameters) {
    try {
      return within(byKeys(sql), 1, mapper, parameters);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /**
   * {@link #queryByKeys} for a statement that locks rows and cannot say in which order: they are
   * met in the order of the index that finds them.
   */
  public <T> List<T> queryInOrderOfKeys(String sql, Function<Row, T> mapper, Object... parameters) {
    try {
      return within(
          IN_ORDER_OF.computeIfAbsent(sql, IN_ORDER_OF_KEYS::formatted), 1, mapper, parameters);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /**
   * Inserts many rows that are hardly ever there. {@code ON CONFLICT} looks for each row before it
   * writes it, and marks it as final after that; this does neither.
   *
   * @param sql the statement, with RETURNING
   * @return what it returns; empty when a unique constraint said no, and nothing was inserted
   */
  public <T> Optional<List<T>> insertNew(
      String sql, Function<Row, T> mapper, Object... parameters) {
    try {
      return Optional.of(
          within(NEW_OF.computeIfAbsent(sql, NEW::formatted), 2, mapper, parameters));
    } catch (SQLException e) {
      DatabaseException refused = new DatabaseException(e);
      if (!refused.isUniqueViolation()) {
        throw refused;
      }
    }
    update("ROLLBACK TO SAVEPOINT before_insert");
    return Optional.empty();
  }

  /** The rows of one of several statements that travel together. */
  private <T> List<T> within(
      String statements, int at, Function<Row, T> mapper, Object... parameters)
      throws SQLException {
    try (PreparedStatement statement = prepare(statements, parameters)) {
      statement.execute();
      for (int i = 0; i < at; i++) {
        statement.getMoreResults();
      }
      List<T> rows = new ArrayList<>();
      try (ResultSet result = statement.getResultSet()) {
        Row row = new Row(result);
        while (result.next()) {
          rows.add(mapper.apply(row));
        }
      }
      return rows;
    }
  }

  /** {@link #update} in the way of {@link #queryByKeys}. */
  public int updateByKeys(String sql, Object... parameters) {
    try (PreparedStatement statement = prepare(byKeys(sql), parameters)) {
      statement.execute();
      statement.getMoreResults();
      return statement.getUpdateCount();
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  private static String byKeys(String sql) {
    return BY_KEYS_OF.computeIfAbsent(sql, BY_KEYS::formatted);
  }

  /** The first row of a query, if there is one. */
  public <T> Optional<T> first(String sql, Function<Row, T> mapper, Object... parameters) {
    List<T> rows = query(sql, mapper, parameters);
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
  }

  /** The only row of a query that always has one, such as a count. */
  public <T> T one(String sql, Function<Row, T> mapper, Object... parameters) {
    List<T> rows = query(sql, mapper, parameters);
    if (rows.size() != 1) {
      throw new IllegalStateException("expected one row, got " + rows.size() + ": " + sql);
    }
    return rows.get(0);
  }

  /** Runs a statement that gives no rows back; the answer is how many rows it changed. */
  public int update(String sql, Object... parameters) {
    try (PreparedStatement statement = prepare(sql, parameters)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** Runs one statement for each row of parameters, in one round trip. */
  public void batch(String sql, List<Object[]> rows) {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Object[] parameters : rows) {
        bind(statement, parameters);
        statement.addBatch();
      }
      statement.executeBatch();
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      bind(statement, parameters);
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private void bind(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, SqlValue.toJdbc(connection, parameters[i]));
    }
  }
}
