package io.oasis.manifest.schema;

import io.oasis.schedule.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A schema in the making. */
final class SchemaNode {
  /** YAML reads 007, yes and 1.5 as numbers or words; a manifest takes them as text. */
  private static final List<String> TEXT_TYPES = List.of("string", "number", "boolean");

  private static final String DURATION =
      "^\\s*((?=\\d)(\\d{1,9}d)?(\\d{1,9}h)?(\\d{1,9}m)?(\\d{1,9}s)?(\\d{1,9}ms)?|[Pp].+)\\s*$";

  private static final String MOMENT = "^\\s*\\d{4}-\\d\\d-\\d\\d([Tt ].+)?\\s*$";
  private static final String SLUG = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$";
  private static final String KEY = "^[A-Za-z0-9]([A-Za-z0-9._/-]{0,126}[A-Za-z0-9])?$";

  private final Map<String, Object> words = new LinkedHashMap<>();

  static SchemaNode any() {
    return new SchemaNode();
  }

  static SchemaNode type(Object type) {
    return new SchemaNode().with("type", type);
  }

  /** Text of up to {@code longest} characters. */
  static SchemaNode text(int longest) {
    return type(TEXT_TYPES).with("maxLength", longest);
  }

  /** Text that is not blank. */
  static SchemaNode line(int longest) {
    return text(longest).with("minLength", 1).with("pattern", "\\S");
  }

  /** A name that is part of addresses. */
  static SchemaNode slug() {
    return type(TEXT_TYPES).with("maxLength", 63).with("pattern", SLUG);
  }

  static SchemaNode bool(boolean usual) {
    return type("boolean").with("default", usual);
  }

  static SchemaNode whole(long min, long max) {
    return type("integer").with("minimum", min).with("maximum", max);
  }

  static SchemaNode number(int min, int max) {
    return type("number").with("minimum", min).with("maximum", max);
  }

  static SchemaNode duration() {
    return type("string").with("pattern", DURATION);
  }

  static SchemaNode moment() {
    return type("string").with("pattern", MOMENT);
  }

  static SchemaNode oneOf(String... words) {
    return new SchemaNode().with("enum", List.of(words));
  }

  /** The words of an enum, in lower case with hyphens. */
  static <E extends Enum<E>> SchemaNode words(Class<E> type) {
    return new SchemaNode()
        .with("enum", Arrays.stream(type.getEnumConstants()).map(SchemaNode::word).toList());
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A mapping with no other fields than those that are added with {@link #field}. */
  static SchemaNode mapping() {
    return type("object").with("additionalProperties", false);
  }

  /** A mapping from free names to values. */
  static SchemaNode map(SchemaNode value, int most) {
    return type("object")
        .with("propertyNames", Map.of("pattern", KEY))
        .with("additionalProperties", value.map())
        .with("maxProperties", most);
  }

  static SchemaNode list(SchemaNode item, int most) {
    return type("array").with("items", item.map()).with("maxItems", most);
  }

  /** Any of several forms. */
  static SchemaNode either(SchemaNode... forms) {
    return new SchemaNode().with("anyOf", Arrays.stream(forms).map(SchemaNode::map).toList());
  }

  SchemaNode with(String keyword, Object value) {
    words.put(keyword, value);
    return this;
  }

  /** What people read: a title, and what the field is for. */
  SchemaNode about(String title, String description) {
    return with("title", title).with("description", description);
  }

  SchemaNode usual(Object value) {
    return with("default", value instanceof Duration duration ? DurationText.of(duration) : value);
  }

  SchemaNode examples(Object... values) {
    return with("examples", List.of(values));
  }

  @SuppressWarnings("unchecked") // Only this class puts "properties" there.
  SchemaNode field(String name, SchemaNode schema) {
    Map<String, Object> fields =
        (Map<String, Object>) words.computeIfAbsent("properties", k -> new LinkedHashMap<>());
    fields.put(name, schema.map());
    return this;
  }

  SchemaNode require(String... names) {
    return with("required", List.of(names));
  }

  /** Forbids fields unless another one has a value that gives them a meaning. */
  SchemaNode onlyWith(String field, String value, String... dependent) {
    Map<String, Object> forbidden = new LinkedHashMap<>();
    for (String name : dependent) {
      forbidden.put(name, false);
    }
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put(
        "if",
        Map.of("properties", Map.of(field, Map.of("const", value)), "required", List.of(field)));
    rule.put("else", Map.of("properties", forbidden));
    @SuppressWarnings("unchecked") // Only this method puts "allOf" there.
    List<Object> rules = (List<Object>) words.computeIfAbsent("allOf", k -> new ArrayList<>());
    rules.add(rule);
    return this;
  }

  Map<String, Object> map() {
    return words;
  }
}
