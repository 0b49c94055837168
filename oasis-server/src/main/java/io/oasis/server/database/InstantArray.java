package io.oasis.server.database;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/**
 * Points in time as PostgreSQL's own form of a {@code timestamptz[]}, which the driver does not
 * make by itself: as text, reading them would be a good part of what a batch costs the database.
 *
 * <p>The form is that of {@code array_send} and {@code timestamptz_send} of PostgreSQL, unchanged
 * since 8.4: dimensions, whether there are nulls, type, length, lower bound, and for each element
 * its length (-1: null) and the microseconds since 2000.
 */
final class InstantArray {
  private static final long EPOCH_SECOND = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
  private static final int HEADER = 5 * Integer.BYTES;
  private static final int ELEMENT = Integer.BYTES + Long.BYTES;

  private InstantArray() {}

  static Array toJdbc(Connection connection, Instant[] instants) throws SQLException {
    return new PgArray(
        connection.unwrap(BaseConnection.class), Oid.TIMESTAMPTZ_ARRAY, encode(instants));
  }

  private static byte[] encode(Instant[] instants) {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + instants.length * ELEMENT);
    bytes.putInt(instants.length == 0 ? 0 : 1).putInt(1).putInt(Oid.TIMESTAMPTZ);
    if (instants.length > 0) {
      bytes.putInt(instants.length).putInt(1);
    }
    for (Instant instant : instants) {
      if (instant == null) {
        bytes.putInt(-1);
      } else {
        bytes.putInt(Long.BYTES).putLong(micros(instant));
      }
    }
    byte[] form = new byte[bytes.position()];
    bytes.flip().get(form);
    return form;
  }

  /** Rounded to the nearest, as PostgreSQL does with text. */
  private static long micros(Instant instant) {
    long seconds = Math.multiplyExact(instant.getEpochSecond() - EPOCH_SECOND, 1_000_000L);
    return Math.addExact(seconds, (instant.getNano() + 500) / 1_000);
  }
}
