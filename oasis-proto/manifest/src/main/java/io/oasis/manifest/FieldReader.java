package io.oasis.manifest;

import io.oasis.manifest.yaml.Suggestion;
import io.oasis.manifest.yaml.YamlValue;
import io.oasis.manifest.yaml.YamlValue.Field;
import io.oasis.manifest.yaml.YamlValue.Fields;
import io.oasis.phrase.Phrase;
import io.oasis.phrase.Saying;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the fields of one mapping. A field is known once it has been asked for; {@link #close}
 * reports those that nobody asked for.
 */
final class FieldReader {
  private static final int MOST_UNKNOWN = 50;

  private final Fields mapping;
  private final String path;
  private final ProblemSink problems;
  private final Map<String, Field> fields = new HashMap<>();
  private final Set<String> known = new LinkedHashSet<>();
  private final Map<String, Phrase> misplaced = new LinkedHashMap<>();

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
    if (path.isEmpty() || name.isEmpty()) {
      return path + name;
    }
    return path + "." + name;
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
  <T> Optional<T> require(String name, ValueReader<T> reader, Phrase advice) {
    if (!has(name)) {
      known.add(name);
      problems.add(mapping.mark(), path(name), Saying.MISSING.of(name), advice);
      return Optional.empty();
    }
    return read(name, reader);
  }

  /** Tells what to say of a field that is not allowed here though a user may expect it. */
  FieldReader refuse(String name, Phrase said) {
    misplaced.put(name, said);
    return this;
  }

  /** Reports a mistake of a field that is written, at its value. */
  void report(String name, Phrase said, Phrase advice) {
    Field field = fields.get(name);
    problems.add(field == null ? mapping.mark() : field.value().mark(), path(name), said, advice);
  }

  /** Reports every field that nobody asked for. */
  void close() {
    List<Field> unknown =
        mapping.fields().stream().filter(field -> !known.contains(field.name())).toList();
    if (unknown.size() > MOST_UNKNOWN) {
      problems.add(
          unknown.get(MOST_UNKNOWN).nameMark(),
          path,
          Saying.FURTHER_UNKNOWN.of(unknown.size() - MOST_UNKNOWN),
          Saying.CORRECT_THE_FIRST.of());
    }
    for (Field field : unknown.subList(0, Math.min(MOST_UNKNOWN, unknown.size()))) {
      String written = Values.shown(field.name());
      Optional<Phrase> told = told(written);
      problems.add(
          field.nameMark(),
          path(written),
          told.orElseGet(() -> Saying.UNKNOWN_FIELD.of(written)),
          told.isPresent() ? Saying.MOVE_OR_REMOVE.of() : Suggestion.of(written, known));
    }
  }

  /** What is to be said of a field that belongs elsewhere, also when it is written with a slip. */
  private Optional<Phrase> told(String written) {
    if (misplaced.containsKey(written) || Suggestion.closest(written, known).isPresent()) {
      return Optional.ofNullable(misplaced.get(written));
    }
    return Suggestion.closest(written, misplaced.keySet()).map(misplaced::get);
  }
}
