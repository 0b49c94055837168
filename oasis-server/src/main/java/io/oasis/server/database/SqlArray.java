package io.oasis.server.database;

import java.time.Instant;
import java.util.Collection;

/**
 * An array parameter, for {@code unnest(?)} and {@code = ANY(?)}. The elements keep their Java
 * type: from it the driver knows that it can send them as they are, and not as text that PostgreSQL
 * has to read.
 *
 * @param type of the elements in PostgreSQL
 * @param elements in order; may hold nulls
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared: only handed to the driver.
public record SqlArray(String type, Object[] elements) {

  /** An array of {@code bigint}. */
  public static SqlArray longs(Collection<Long> values) {
    return new SqlArray("int8", values.toArray(Long[]::new));
  }

  /** An array of {@code integer}. */
  public static SqlArray ints(Collection<Integer> values) {
    return new SqlArray("int4", values.toArray(Integer[]::new));
  }

  /** An array of {@code boolean}. */
  public static SqlArray flags(Collection<Boolean> values) {
    return new SqlArray("bool", values.toArray(Boolean[]::new));
  }

  /** An array of {@code text}; enums go by name. */
  public static SqlArray texts(Collection<?> values) {
    return new SqlArray(
        "text",
        values.stream()
            .map(v -> v == null ? null : v instanceof Enum<?> e ? e.name() : v.toString())
            .toArray(String[]::new));
  }

  /** An array of {@code timestamptz}; may hold nulls. */
  public static SqlArray instants(Collection<Instant> values) {
    return new SqlArray("timestamptz", values.toArray(Instant[]::new));
  }
}
