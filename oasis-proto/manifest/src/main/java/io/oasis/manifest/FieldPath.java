package io.oasis.manifest;

import io.oasis.manifest.yaml.YamlValue;
import io.oasis.manifest.yaml.YamlValue.Field;
import io.oasis.manifest.yaml.YamlValue.Fields;
import io.oasis.manifest.yaml.YamlValue.Items;
import java.util.Optional;

/** Follows paths such as {@code spec.params.a.b} and {@code spec.alarm.mail[0]} into a document. */
final class FieldPath {
  private FieldPath() {}

  /** The value at a path; empty when it is not written. */
  static Optional<YamlValue> find(YamlValue document, String path) {
    Step end = walk(document, path);
    return end.rest().isEmpty() ? Optional.of(end.value()) : Optional.empty();
  }

  /** The value at a path, or the innermost one around it that is written. */
  static YamlValue innermost(YamlValue document, String path) {
    return walk(document, path).value();
  }

  /** How far a walk has come, and what is left of its path. */
  private record Step(YamlValue value, String rest) {}

  private static Step walk(YamlValue document, String path) {
    Step at = new Step(document, path);
    while (!at.rest().isEmpty()) {
      Optional<Step> next = inner(at);
      if (next.isEmpty()) {
        return at;
      }
      at = next.get();
    }
    return at;
  }

  private static Optional<Step> inner(Step at) {
    if (at.value() instanceof Fields fields) {
      // A name may hold dots itself, so the longest one that fits is taken.
      return fields.fields().stream()
          .filter(field -> begins(at.rest(), field.name()))
          .max((a, b) -> Integer.compare(a.name().length(), b.name().length()))
          .map(field -> new Step(field.value(), after(at.rest(), field)));
    }
    if (at.value() instanceof Items items && at.rest().matches("(?s)\\[\\d{1,6}\\].*")) {
      int close = at.rest().indexOf(']');
      int index = Integer.parseInt(at.rest().substring(1, close));
      String rest = at.rest().substring(close + 1);
      return index < items.items().size()
          ? Optional.of(
              new Step(items.items().get(index), rest.startsWith(".") ? rest.substring(1) : rest))
          : Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean begins(String path, String name) {
    if (!path.startsWith(name) || name.isEmpty()) {
      return false;
    }
    return path.length() == name.length() || ".[".indexOf(path.charAt(name.length())) >= 0;
  }

  private static String after(String path, Field field) {
    String rest = path.substring(field.name().length());
    return rest.startsWith(".") ? rest.substring(1) : rest;
  }
}
