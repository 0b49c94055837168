package io.oasis.server.database;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/**
 * Arrays in PostgreSQL's own form. The driver makes none of points in time: as text, reading them
 * would be a good part of what a batch costs the database. For the others it looks up their type
 * each time, which costs more than the array.
 *
 * <p>The form is that of {@code array_send}, unchanged since 7.4: dimensions, whether there are
 * nulls, type, length, lower bound, and for each element its length (-1: null) and itself. A point
 * in time is the microseconds since 2000.
 */
final class BinaryArray {
  private static final long EPOCH_SECOND = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
  private static final int HEADER = 5 * Integer.BYTES;
  private static final int NULL = -1;

  private BinaryArray() {}

  static Array toJdbc(Connection connection, Object[] elements) throws SQLException {
    BaseConnection postgres = connection.unwrap(BaseConnection.class);
    return switch (elements) {
      case Long[] longs -> new PgArray(postgres, Oid.INT8_ARRAY, longs(longs));
      case Integer[] ints -> new PgArray(postgres, Oid.INT4_ARRAY, ints(ints));
      case Boolean[] flags -> new PgArray(postgres, Oid.BOOL_ARRAY, flags(flags));
      case Instant[] instants -> new PgArray(postgres, Oid.TIMESTAMPTZ_ARRAY, instants(instants));
      case String[] texts -> new PgArray(postgres, Oid.TEXT_ARRAY, texts(texts));
      default -> throw new IllegalArgumentException("no array of " + elements.getClass());
    };
  }

  private static byte[] longs(Long[] elements) {
    ByteBuffer bytes = begin(elements, Oid.INT8, Long.BYTES);
    for (Long element : elements) {
      if (element == null) {
        bytes.putInt(NULL);
      } else {
        bytes.putInt(Long.BYTES).putLong(element);
      }
    }
    return end(bytes);
  }

  private static byte[] ints(Integer[] elements) {
    ByteBuffer bytes = begin(elements, Oid.INT4, Integer.BYTES);
    for (Integer element : elements) {
      if (element == null) {
        bytes.putInt(NULL);
      } else {
        bytes.putInt(Integer.BYTES).putInt(element);
      }
    }
    return end(bytes);
  }

  private static byte[] flags(Boolean[] elements) {
    ByteBuffer bytes = begin(elements, Oid.BOOL, Byte.BYTES);
    for (Boolean element : elements) {
      if (element == null) {
        bytes.putInt(NULL);
      } else {
        bytes.putInt(Byte.BYTES).put((byte) (element ? 1 : 0));
      }
    }
    return end(bytes);
  }

  private static byte[] instants(Instant[] elements) {
    ByteBuffer bytes = begin(elements, Oid.TIMESTAMPTZ, Long.BYTES);
    for (Instant element : elements) {
      if (element == null) {
        bytes.putInt(NULL);
      } else {
        bytes.putInt(Long.BYTES).putLong(micros(element));
      }
    }
    return end(bytes);
  }

  private static byte[] texts(String[] elements) {
    byte[][] texts = new byte[elements.length][];
    int longest = 0;
    for (int i = 0; i < elements.length; i++) {
      if (elements[i] != null) {
        texts[i] = elements[i].getBytes(StandardCharsets.UTF_8);
        longest = Math.addExact(longest, texts[i].length);
      }
    }
    ByteBuffer bytes = begin(elements, Oid.TEXT, 0, longest);
    for (byte[] text : texts) {
      if (text == null) {
        bytes.putInt(NULL);
      } else {
        bytes.putInt(text.length).put(text);
      }
    }
    return end(bytes);
  }

  private static ByteBuffer begin(Object[] elements, int type, int size) {
    return begin(elements, type, size, 0);
  }

  /**
   * The beginning, with room for the rest.
   *
   * @param size of each element that is not null, in bytes
   * @param more room for all of them together, in bytes
   */
  private static ByteBuffer begin(Object[] elements, int type, int size, int more) {
    int room = HEADER + elements.length * (Integer.BYTES + size) + more;
    ByteBuffer bytes = ByteBuffer.allocate(room);
    bytes.putInt(elements.length == 0 ? 0 : 1).putInt(hasNull(elements) ? 1 : 0).putInt(type);
    if (elements.length > 0) {
      bytes.putInt(elements.length).putInt(1);
    }
    return bytes;
  }

  private static boolean hasNull(Object[] elements) {
    for (Object element : elements) {
      if (element == null) {
        return true;
      }
    }
    return false;
  }

  @SuppressWarnings("ByteBufferBackingArray") // begin() allocated it: its array begins with it.
  private static byte[] end(ByteBuffer bytes) {
    if (!bytes.hasRemaining()) {
      return bytes.array();
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
