package io.oasis.server.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
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
    try {
      return result.getString(column);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** Text that may be null. */
  public Optional<String> optionalText(String column) {
    return Optional.ofNullable(text(column));
  }

  /** An integer that is not null. */
  public int number(String column) {
    try {
      return result.getInt(column);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** A bigint that is not null. */
  public long longNumber(String column) {
    try {
      return result.getLong(column);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** A bigint that may be null. */
  public Optional<Long> optionalLong(String column) {
    try {
      long value = result.getLong(column);
      return result.wasNull() ? Optional.empty() : Optional.of(value);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** An integer that may be null. */
  public Optional<Integer> optionalNumber(String column) {
    return optionalLong(column).map(Math::toIntExact);
  }

  /** A boolean that is not null. */
  public boolean flag(String column) {
    try {
      return result.getBoolean(column);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** A timestamptz that is not null. */
  public Instant instant(String column) {
    return optionalInstant(column).orElseThrow();
  }

  /** A timestamptz that may be null. */
  public Optional<Instant> optionalInstant(String column) {
    try {
      Timestamp time = result.getTimestamp(column);
      if (time == null) {
        return Optional.empty();
      }
      // The quick way has the Julian calendar in it, for days long ago.
      return Optional.of(
          time.getTime() > 0
              ? time.toInstant()
              : result.getObject(column, OffsetDateTime.class).toInstant());
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** A bytea; null when the column is. */
  public byte[] bytes(String column) {
    try {
      return result.getBytes(column);
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** A text array that is not null. */
  public List<String> texts(String column) {
    try {
      return List.of((String[]) result.getArray(column).getArray());
    } catch (SQLException e) {
      throw new DatabaseException(e);
    }
  }

  /** A text column that holds the name of an enum's constant. */
  public <E extends Enum<E>> E constant(String column, Class<E> type) {
    return Enum.valueOf(type, text(column));
  }
}
