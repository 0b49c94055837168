package io.oasis.cli.importing.xxl;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A row of a table: its values by the plain names of their columns. */
final class Row {
  private final int line;
  private final Map<String, String> values = new HashMap<>();

  Row(int line, Map<String, String> values) {
    this.line = line;
    values.forEach((name, value) -> this.values.put(SqlDump.plain(name), value));
  }

  /** Where it begins; 0 when that is not known. */
  int line() {
    return line;
  }

  /** A value that is not empty. */
  Optional<String> text(String column) {
    return Optional.ofNullable(values.get(SqlDump.plain(column)))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  boolean has(String column) {
    return values.containsKey(SqlDump.plain(column));
  }

  /** A whole number of up to fifteen digits; 0 when there is none. */
  long number(String column) {
    return text(column).filter(t -> t.matches("\\d{1,15}")).map(Long::parseLong).orElse(0L);
  }
}
