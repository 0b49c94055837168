package io.oasis.manifest.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON Schema of one document of a manifest. */
public final class ManifestSchema {
  /** What the schema calls itself. */
  public static final String ID = "urn:oasis:manifest:v1";

  private ManifestSchema() {}

  /** The schema as JSON text that ends in a line break; the same for every call. */
  public static String text() {
    return Lazy.TEXT;
  }

  /** Nothing is built before somebody asks. */
  private static final class Lazy {
    static final String TEXT = JsonWriter.write(root());
  }

  private static Map<String, Object> root() {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("$id", ID);
    root.put("title", "Oasis manifest");
    root.put("description", "One document of a manifest: an App or a Job.");
    root.put("type", "object");
    root.put("required", List.of("apiVersion", "kind", "metadata"));
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(
        "apiVersion",
        SchemaNode.any()
            .with("const", "oasis/v1")
            .about("Version", "The version of this format.")
            .usual("oasis/v1")
            .examples("oasis/v1")
            .map());
    properties.put(
        "kind",
        SchemaNode.oneOf("App", "Job")
            .about("Kind", "What the document describes.")
            .examples("Job")
            .map());
    root.put("properties", properties);
    root.put("allOf", List.of(when("App"), when("Job")));
    Map<String, Object> kinds = new LinkedHashMap<>();
    kinds.put("App", JobSchema.app().map());
    kinds.put("Job", JobSchema.job().map());
    root.put("$defs", kinds);
    return root;
  }

  private static Map<String, Object> when(String kind) {
    Map<String, Object> test = new LinkedHashMap<>();
    test.put("properties", Map.of("kind", Map.of("const", kind)));
    test.put("required", List.of("kind"));
    Map<String, Object> rule = new LinkedHashMap<>();
    rule.put("if", test);
    rule.put("then", Map.of("$ref", "#/$defs/" + kind));
    return rule;
  }
}
