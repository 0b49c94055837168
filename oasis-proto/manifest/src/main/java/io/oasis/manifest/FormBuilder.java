package io.oasis.manifest;

import io.oasis.schedule.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A map in the making; every value gets its one spelling. */
final class FormBuilder {
  private final Map<String, Object> map = new LinkedHashMap<>();

  void put(String name, Object value) {
    map.put(name, plain(value));
  }

  /** Leaves out a value that is the default. */
  void putUnless(Object usual, String name, Object value) {
    if (!usual.equals(value)) {
      put(name, value);
    }
  }

  /** Leaves out an empty map. */
  void putMap(String name, Map<String, ?> value) {
    if (!value.isEmpty()) {
      map.put(name, Collections.unmodifiableMap(value));
    }
  }

  Map<String, Object> map() {
    return Collections.unmodifiableMap(map);
  }

  private static Object plain(Object value) {
    if (value instanceof Duration duration) {
      return DurationText.of(duration);
    }
    if (value instanceof Enum<?> constant) {
      return Values.wordOf(constant);
    }
    if (value instanceof Instant instant) {
      return instant.toString();
    }
    if (value instanceof ZoneId zone) {
      return zone.getId();
    }
    if (value instanceof Double number && number == Math.rint(number)) {
      return number.intValue();
    }
    return value;
  }
}
