package io.oasis.server.console;

import io.oasis.server.database.JsonText;
import io.oasis.ui.row.ChangedPart;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What differs between the two sides of an audit entry, part by part. */
final class ChangedParts {
  private static final int MAX_VALUE = 300;

  private ChangedParts() {}

  /** The parts that differ, by name; nested ones by their path. */
  static List<ChangedPart> of(
      Optional<Map<String, Object>> before, Optional<Map<String, Object>> after) {
    Map<String, String> old = new TreeMap<>();
    Map<String, String> now = new TreeMap<>();
    before.ifPresent(side -> flatten("", side, old));
    after.ifPresent(side -> flatten("", side, now));
    TreeSet<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(old.get(name), now.get(name)))
        .map(name -> new ChangedPart(name, old.getOrDefault(name, ""), now.getOrDefault(name, "")))
        .toList();
  }

  private static void flatten(String path, Map<?, ?> side, Map<String, String> into) {
    side.forEach(
        (key, value) -> {
          String name = path.isEmpty() ? key.toString() : path + "." + key;
          if (value instanceof Map<?, ?> inner && !inner.isEmpty()) {
            flatten(name, inner, into);
          } else if (value != null) {
            into.put(name, cut(value instanceof String text ? text : JsonText.write(value)));
          }
        });
  }

  private static String cut(String text) {
    return text.length() > MAX_VALUE ? text.substring(0, MAX_VALUE) + "…" : text;
  }
}
