package io.oasis.server.database;

import java.time.Instant;
import java.util.Collection;

/**
 * An array parameter, for {@code unnest(?)} and {@code = ANY(?)}. It is sent as it is, and not as
 * text that PostgreSQL has to read.
 *
 * @param elements in order; may hold nulls
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared: only handed to the driver.
public record SqlArray(Object[] elements) {

  /** An array of {@code bigint}. */
  public static SqlArray longs(Collection<Long> values) {
    return new SqlArray(values.toArray(Long[]::new));
  }

  /** An array of {@code integer}. */
  public static SqlArray ints(Collection<Integer> values) {
    return new SqlArray(values.toArray(Integer[]::new));
  }

  /** An array of {@code boolean}. */
  public static SqlArray flags(Collection<Boolean> values) {
    return new SqlArray(values.toArray(Boolean[]::new));
  }

  /** An array of {@code text}; enums go by name. */
  public static SqlArray texts(Collection<?> values) {
    String[] texts = new String[values.size()];
    int next = 0;
    for (Object value : values) {
      texts[next++] =
          value == null ? null : value instanceof Enum<?> e ? e.name() : value.toString();
    }
    return new SqlArray(texts);
  }

  /** An array of {@code timestamptz}; may hold nulls. */
  public static SqlArray instants(Collection<Instant> values) {
    return new SqlArray(values.toArray(Instant[]::new));
  }
}
