package io.oasis.server.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** Turns a parameter into what the PostgreSQL driver takes. */
final class SqlValue {
  private SqlValue() {}

  static Object toJdbc(Connection connection, Object value) throws SQLException {
    if (value instanceof Optional<?> optional) {
      return toJdbc(connection, optional.orElse(null));
    }
    if (value instanceof Instant instant) {
      return instant.atOffset(ZoneOffset.UTC);
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof SqlArray array) {
      return BinaryArray.toJdbc(connection, array.elements());
    }
    return value;
  }
}
