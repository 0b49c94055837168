package io.oasis.cli.importing.kubernetes;

import io.oasis.manifest.yaml.YamlValue;
import io.oasis.manifest.yaml.YamlValue.Fields;
import io.oasis.manifest.yaml.YamlValue.Items;
import io.oasis.manifest.yaml.YamlValue.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value of an object, asked leniently: what is not there, or is something else, is empty.
 *
 * @param value empty when nothing is there
 */
record Node(Optional<YamlValue> value) {

  static Node of(YamlValue value) {
    return new Node(Optional.of(value));
  }

  /** What a path of names leads to. */
  Node at(String... path) {
    Optional<YamlValue> at = value;
    for (String name : path) {
      at = at.filter(Fields.class::isInstance).flatMap(v -> ((Fields) v).get(name));
    }
    return new Node(at);
  }

  boolean exists() {
    return value.isPresent();
  }

  /** Its text; empty when it is nothing or no scalar. */
  Optional<String> text() {
    return value
        .filter(Scalar.class::isInstance)
        .map(Scalar.class::cast)
        .filter(scalar -> !scalar.isNothing())
        .map(Scalar::text);
  }

  /** Its whole number, up to nine digits. */
  Optional<Integer> number() {
    return text().filter(t -> t.matches("-?\\d{1,9}")).map(Integer::valueOf);
  }

  List<Node> items() {
    return value
        .filter(Items.class::isInstance)
        .map(v -> ((Items) v).items().stream().map(Node::of).toList())
        .orElse(List.of());
  }

  /** Its fields that are texts. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    value
        .filter(Fields.class::isInstance)
        .ifPresent(
            v ->
                ((Fields) v)
                    .fields()
                    .forEach(
                        f -> Node.of(f.value()).text().ifPresent(t -> texts.put(f.name(), t))));
    return texts;
  }

  int line() {
    return value.map(v -> v.mark().line()).orElse(0);
  }
}
