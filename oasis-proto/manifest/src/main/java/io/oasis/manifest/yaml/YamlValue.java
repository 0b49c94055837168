package io.oasis.manifest.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A value of a YAML document, with the place where it was written. */
public sealed interface YamlValue {

  /** Where it starts. */
  Mark mark();

  /**
   * A place in a text.
   *
   * @param line 1-based; 0 when the value was never text
   * @param column 1-based, in characters; 0 when the value was never text
   * @param file when it is another one than the document's, because an overlay wrote the value;
   *     else empty
   */
  record Mark(int line, int column, String file) {
    public static final Mark NONE = new Mark(0, 0);

    /** A place in the document's own file. */
    public Mark(int line, int column) {
      this(line, column, "");
    }

    /** The same place, named from outside of the file. */
    public Mark in(String otherFile) {
      return new Mark(line, column, otherFile);
    }

    /** Where a mistake of a whole file is shown, so that every tool has a place to point at. */
    public static final Mark START = new Mark(1, 1);
  }

  /**
   * Text, a number, true, false or nothing.
   *
   * @param text exactly as written, without quotes
   * @param plain true when it was written without quotes, so that it may be a number or nothing
   */
  record Scalar(String text, boolean plain, Mark mark) implements YamlValue {
    private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

    /** True for {@code null}, {@code ~} and an empty value. */
    public boolean isNothing() {
      return plain && NOTHING.contains(text);
    }
  }

  /** A list. */
  record Items(List<YamlValue> items, Mark mark) implements YamlValue {}

  /** A mapping; no name comes twice. */
  record Fields(List<Field> fields, Mark mark) implements YamlValue {

    /** The value of a name; empty when the mapping does not have it. */
    public Optional<YamlValue> get(String name) {
      for (Field field : fields) {
        if (field.name().equals(name)) {
          return Optional.of(field.value());
        }
      }
      return Optional.empty();
    }
  }

  /** One entry of a mapping. */
  record Field(String name, Mark nameMark, YamlValue value) {

    /** The same field, every place of it named from outside of the file. */
    Field in(String file) {
      return new Field(name, nameMark.in(file), value.in(file));
    }
  }

  /** The same tree, every place of it named from outside of the file. */
  default YamlValue in(String file) {
    Mark place = mark().in(file);
    if (this instanceof Fields mapping) {
      List<Field> fields = new ArrayList<>();
      mapping.fields().forEach(f -> fields.add(f.in(file)));
      return new Fields(fields, place);
    }
    if (this instanceof Items list) {
      return new Items(list.items().stream().map(item -> item.in(file)).toList(), place);
    }
    Scalar scalar = (Scalar) this;
    return new Scalar(scalar.text(), scalar.plain(), place);
  }

  /** A tree of maps, lists, texts, numbers and booleans as if it had been read from YAML. */
  static YamlValue of(Object value) {
    if (value instanceof Map<?, ?> map) {
      List<Field> fields = new ArrayList<>();
      map.forEach((name, inner) -> fields.add(new Field(name.toString(), Mark.NONE, of(inner))));
      return new Fields(fields, Mark.NONE);
    }
    if (value instanceof Iterable<?> list) {
      List<YamlValue> items = new ArrayList<>();
      list.forEach(inner -> items.add(of(inner)));
      return new Items(items, Mark.NONE);
    }
    return new Scalar(String.valueOf(value), !(value instanceof CharSequence), Mark.NONE);
  }
}
