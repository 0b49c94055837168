package io.oasis.manifest;

import io.oasis.manifest.yaml.YamlValue;
import io.oasis.manifest.yaml.YamlValue.Field;
import io.oasis.manifest.yaml.YamlValue.Fields;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the fields of one mapping. A field is known once it has been asked for; {@link #close}
 * reports those that nobody asked for.
 */
final class FieldReader {
  private final Fields mapping;
  private final String path;
  private final ProblemSink problems;
  private final Map<String, Field> fields = new HashMap<>();
  private final Set<String> known = new LinkedHashSet<>();
  private final Map<String, String> misplaced = new HashMap<>();

  FieldReader(Fields mapping, String path, ProblemSink problems) {
    this.mapping = mapping;
    this.path = path;
    this.problems = problems;
    mapping.fields().forEach(field -> fields.put(field.name(), field));
  }

  ProblemSink problems() {
    return problems;
  }

  Fields mapping() {
    return mapping;
  }

  /** The path of a field of this mapping. */
  String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Whether the field is written, with whatever value. */
  boolean has(String name) {
    return fields.containsKey(name);
  }

  /** The field's raw value; empty when it is not written. */
  Optional<YamlValue> value(String name) {
    known.add(name);
    return Optional.ofNullable(fields.get(name)).map(Field::value);
  }

  /** The field's value; empty when it is not written, or is wrong and has been reported. */
  <T> Optional<T> read(String name, ValueReader<T> reader) {
    return value(name).flatMap(value -> reader.read(value, path(name), problems));
  }

  <T> T read(String name, ValueReader<T> reader, T fallback) {
    return read(name, reader).orElse(fallback);
  }

  /** As {@link #read}, and reports the field when it is not written. */
  <T> Optional<T> require(String name, ValueReader<T> reader, String hint) {
    if (!has(name)) {
      known.add(name);
      problems.add(mapping.mark(), path(name), "`" + name + "` is missing", hint);
      return Optional.empty();
    }
    return read(name, reader);
  }

  /** Tells what to say of a field that is not allowed here though a user may expect it. */
  FieldReader refuse(String name, String message) {
    misplaced.put(name, message);
    return this;
  }

  /** Reports a mistake of a field that is written, at its value. */
  void report(String name, String message, String hint) {
    Field field = fields.get(name);
    problems.add(field == null ? mapping.mark() : field.value().mark(), path(name), message, hint);
  }

  /** Reports every field that nobody asked for. */
  void close() {
    for (Field field : mapping.fields()) {
      if (known.contains(field.name())) {
        continue;
      }
      String told = misplaced.get(field.name());
      String message = told != null ? told : "unknown field `" + field.name() + "`";
      String hint;
      if (told != null) {
        hint = "remove it";
      } else if (field.name().equals("<<")) {
        hint = "merge keys are not part of YAML 1.2; write the fields out";
      } else {
        hint = Suggestion.of(field.name(), known);
      }
      problems.add(field.nameMark(), path(field.name()), message, hint);
    }
  }
}
