package io.oasis.manifest.layer;

import io.oasis.manifest.yaml.YamlValue;
import io.oasis.manifest.yaml.YamlValue.Fields;
import io.oasis.manifest.yaml.YamlValue.Mark;
import io.oasis.manifest.yaml.YamlValue.Scalar;
import java.util.Optional;

/**
 * Which object a document speaks of, as far as a glance tells.
 *
 * @param kind such as {@code Job}
 * @param name {@code app/name} of what belongs to an app, else the name
 * @param mark where the name is written
 */
public record ObjectName(String kind, String name, Mark mark) {

  /** The name of a document; empty when it has none that could be read. */
  public static Optional<ObjectName> of(YamlValue document) {
    if (!(document instanceof Fields fields)) {
      return Optional.empty();
    }
    Optional<Scalar> kind = scalar(fields, "kind");
    Optional<Fields> head =
        fields.get("metadata").filter(Fields.class::isInstance).map(Fields.class::cast);
    Optional<Scalar> name = head.flatMap(h -> scalar(h, "name"));
    String app = head.flatMap(h -> scalar(h, "app")).map(a -> a.text() + "/").orElse("");
    return kind.isEmpty() || name.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ObjectName(kind.get().text(), app + name.get().text(), name.get().mark()));
  }

  /** {@code job billing/nightly}. */
  public String describe() {
    return kind.toLowerCase(java.util.Locale.ROOT) + " " + name;
  }

  private static Optional<Scalar> scalar(Fields fields, String name) {
    return fields
        .get(name)
        .filter(Scalar.class::isInstance)
        .map(Scalar.class::cast)
        .filter(s -> !s.isNothing());
  }
}
