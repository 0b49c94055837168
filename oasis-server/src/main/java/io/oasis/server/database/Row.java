package io.oasis.server.database;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** The row that a query stands on. Only valid inside the mapper it is given to. */
public final class Row {
  private final ResultSet result;

  Row(ResultSet result) {
    this.result = result;
  }

  /** Text, also JSON; null when the column is. */
  public String text(String column) {
    return read(() -> result.getString(column));
  }

  /** Text that may be null. */
  public Optional<String> optionalText(String column) {
    return Optional.ofNullable(text(column));
  }

  /** An integer that is not null. */
  public int number(String column) {
    return read(() -> result.getInt(column));
  }

  /** A bigint that is not null. */
  public long longNumber(String column) {
    return read(() -> result.getLong(column));
  }

  /** A bigint that may be null. */
  public Optional<Long> optionalLong(String column) {
    return read(
        () -> {
          long value = result.getLong(column);
          return result.wasNull() ? Optional.empty() : Optional.of(value);
        });
  }

  /** An integer that may be null. */
  public Optional<Integer> optionalNumber(String column) {
    return optionalLong(column).map(Math::toIntExact);
  }

  /** A boolean that is not null. */
  public boolean flag(String column) {
    return read(() -> result.getBoolean(column));
  }

  /** A timestamptz that is not null. */
  public Instant instant(String column) {
    return read(() -> result.getObject(column, OffsetDateTime.class).toInstant());
  }

  /** A timestamptz that may be null. */
  public Optional<Instant> optionalInstant(String column) {
    return read(
        () ->
            Optional.ofNullable(result.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant));
  }

  /** A bytea; null when the column is. */
  public byte[] bytes(String column) {
    return read(() -> result.getBytes(column));
  }

  /** A text array that is not null. */
  public List<String> texts(String column) {
    return read(
        () -> {
          Array array = result.getArray(column);
          return List.of((String[]) array.getArray());
        });
  }

  /** A text column that holds the name of an enum's constant. */
  public <E extends Enum<E>> E constant(String column, Class<E> type) {
    return Enum.valueOf(type, text(column));
  }

  private interface Read<T> {
    T get() throws SQLException;
  }

  private static <T> T read(Read<T> read) {
    try {
      return read.get();
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }
}
