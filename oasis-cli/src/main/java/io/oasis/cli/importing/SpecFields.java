package io.oasis.cli.importing;

import java.util.LinkedHashMap;
import java.util.Map;

/** Mappings of a manifest, in the order in which they are to be written. */
public final class SpecFields {
  private SpecFields() {}

  /** A mapping of two fields. */
  public static Map<String, Object> of(
      String first, Object firstValue, String second, Object secondValue) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(first, firstValue);
    fields.put(second, secondValue);
    return fields;
  }
}
