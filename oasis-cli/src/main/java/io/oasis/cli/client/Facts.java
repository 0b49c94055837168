package io.oasis.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One JSON object of an answer, read leniently: a field that is absent, null or of another type is
 * simply not known, so that an older CLI reads what a newer server says.
 *
 * @param node the object; never null
 */
public record Facts(JsonNode node) {

  /** Nothing known. */
  public static final Facts NONE = new Facts(MissingNode.getInstance());

  /** The field as text; empty when it is not known. */
  public String text(String field) {
    JsonNode value = node.path(field);
    return value.isValueNode() && !value.isNull() ? value.asText() : "";
  }

  /** The field as text, if it is known and not empty. */
  public Optional<String> optional(String field) {
    return Optional.of(text(field)).filter(t -> !t.isEmpty());
  }

  /** The field as a number; 0 when it is not known. */
  public long number(String field) {
    return node.path(field).asLong(0);
  }

  /** The field as a number of milliseconds, if it is known. */
  public Optional<Duration> millis(String field) {
    JsonNode value = node.path(field);
    return value.isNumber() ? Optional.of(Duration.ofMillis(value.asLong())) : Optional.empty();
  }

  /** Whether the field is true. */
  public boolean flag(String field) {
    return node.path(field).asBoolean(false);
  }

  /** The field as an instant, if it is one. */
  public Optional<Instant> instant(String field) {
    return instantOf(text(field));
  }

  /** The field as a time zone, if it is one. */
  public Optional<ZoneId> zone(String field) {
    try {
      return optional(field).map(ZoneId::of);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The object inside the field. */
  public Facts in(String field) {
    return new Facts(node.path(field));
  }

  /** The object as text, but for one field. */
  public String without(String field) {
    if (!(node instanceof ObjectNode object) || !object.has(field)) {
      return node.toString();
    }
    return object.deepCopy().without(List.of(field)).toString();
  }

  /** Whether the field holds an object. */
  public boolean has(String field) {
    return node.path(field).isObject();
  }

  /** The objects in the array of the field; empty when there is none. */
  public List<Facts> list(String field) {
    return elements(node.path(field)).map(Facts::new).toList();
  }

  /** The texts in the array of the field. */
  public List<String> texts(String field) {
    return elements(node.path(field)).map(JsonNode::asText).toList();
  }

  /** The instants in the array of the field. */
  public List<Instant> instants(String field) {
    return texts(field).stream().map(Facts::instantOf).flatMap(Optional::stream).toList();
  }

  /** The fields of the object in the field, in their order. */
  public Map<String, String> map(String field) {
    Map<String, String> map = new LinkedHashMap<>();
    node.path(field)
        .properties()
        .forEach(
            e ->
                map.put(
                    e.getKey(),
                    e.getValue().isValueNode() ? e.getValue().asText() : e.getValue().toString()));
    return map;
  }

  /** The object in the field as plain maps, lists and values, for whoever compares it. */
  public Map<String, Object> tree(String field) {
    Map<String, Object> tree = new LinkedHashMap<>();
    node.path(field).properties().forEach(e -> tree.put(e.getKey(), JsonText.plain(e.getValue())));
    return tree;
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return array.isArray() ? StreamSupport.stream(array.spliterator(), false) : Stream.empty();
  }

  private static Optional<Instant> instantOf(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
