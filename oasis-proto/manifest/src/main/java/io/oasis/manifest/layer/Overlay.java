package io.oasis.manifest.layer;

import io.oasis.manifest.yaml.Suggestion;
import io.oasis.manifest.yaml.YamlError;
import io.oasis.manifest.yaml.YamlValue;
import io.oasis.manifest.yaml.YamlValue.Field;
import io.oasis.manifest.yaml.YamlValue.Fields;
import io.oasis.manifest.yaml.YamlValue.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Patches a document: mappings are merged field by field, lists and scalars are replaced, and a
 * field that the patch gives no value ({@code null}) is removed.
 */
public final class Overlay {
  private final Consumer<YamlError> errors;

  private Overlay(Consumer<YamlError> errors) {
    this.errors = errors;
  }

  /**
   * The patched document. It keeps the place of the base; every value keeps its own.
   *
   * @param errors takes fields that the patch removes though the base does not have them
   */
  public static Fields patched(Fields base, Fields patch, Consumer<YamlError> errors) {
    return new Overlay(errors).merged(base, patch, "");
  }

  private Fields merged(Fields base, Fields patch, String path) {
    Map<String, Field> fields = new LinkedHashMap<>();
    base.fields().forEach(field -> fields.put(field.name(), field));
    for (Field change : patch.fields()) {
      String inner = path.isEmpty() ? change.name() : path + "." + change.name();
      Field old = fields.get(change.name());
      if (change.value() instanceof Scalar scalar && scalar.isNothing()) {
        remove(change, inner, fields);
      } else if (change.value() instanceof Fields mapping) {
        boolean merges = old != null && old.value() instanceof Fields;
        Fields under = merges ? (Fields) old.value() : new Fields(List.of(), mapping.mark());
        Fields value = merged(under, mapping, inner);
        fields.put(change.name(), new Field(change.name(), change.nameMark(), value));
      } else if (old == null || !isSame(old.value(), change.value())) {
        fields.put(change.name(), change);
      }
    }
    return new Fields(List.copyOf(new ArrayList<>(fields.values())), base.mark());
  }

  /** A value that a patch repeats keeps its place in the base. */
  private static boolean isSame(YamlValue old, YamlValue young) {
    return old instanceof Scalar before
        && young instanceof Scalar after
        && before.text().equals(after.text())
        && before.plain() == after.plain();
  }

  private void remove(Field change, String path, Map<String, Field> fields) {
    if (fields.remove(change.name()) == null) {
      errors.accept(
          new YamlError(
              change.nameMark(),
              path,
              "there is no `" + change.name() + "` to remove",
              Suggestion.closest(change.name(), fields.keySet())
                  .map(near -> "did you mean `" + near + "`?")
                  .orElse("leave it out of the overlay")));
    }
  }
}
