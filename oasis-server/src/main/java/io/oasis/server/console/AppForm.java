package io.oasis.server.console;

import io.oasis.manifest.AppSpec;
import io.oasis.manifest.Owner;
import io.oasis.manifest.SourceFile;
import io.oasis.server.app.App;
import io.oasis.server.apply.AppEditor;
import io.oasis.server.database.JsonText;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of the app editor, and the document that they amount to. What the app was like when
 * the edit began travels with the form.
 *
 * @param fields what is typed, by name
 */
record AppForm(Map<String, String> fields) {
  /** Where the reader's words about a path go; the first that fits. */
  static final Map<String, String> FIELD_OF_PATH = fieldsOfPaths();

  /** The form of an app that is to be made. */
  static AppForm empty() {
    return new AppForm(Map.of());
  }

  /** The form of an app that is there. */
  static AppForm of(App app) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("name", app.name());
    fields.put("title", app.title());
    fields.put("ownerName", app.owner().name());
    fields.put("ownerEmail", app.owner().email());
    fields.put("id", Long.toString(app.id()));
    fields.put("baseTitle", app.title());
    fields.put("baseOwnerName", app.owner().name());
    fields.put("baseOwnerEmail", app.owner().email());
    return new AppForm(fields);
  }

  /** The form as it was sent. */
  static AppForm typed(MultivaluedMap<String, String> form) {
    Map<String, String> fields = new LinkedHashMap<>();
    form.forEach((name, values) -> fields.put(name, values.get(0).strip()));
    return new AppForm(fields);
  }

  /** The same words beside an app as it is now: the next save is of that one. */
  AppForm on(App app) {
    Map<String, String> now = new LinkedHashMap<>(of(app).fields());
    for (String name : new String[] {"title", "ownerName", "ownerEmail", "reason"}) {
      now.put(name, field(name));
    }
    return new AppForm(now);
  }

  String field(String name) {
    return fields.getOrDefault(name, "");
  }

  /** What the app was like when the edit began. */
  AppEditor.Base base() {
    try {
      return new AppEditor.Base(
          Long.parseLong(field("id")),
          new AppSpec(
              field("baseTitle"), new Owner(field("baseOwnerName"), field("baseOwnerEmail"))));
    } catch (NumberFormatException e) {
      throw new BadRequestException(e);
    }
  }

  /** The document as the reader of manifests takes it: JSON is YAML. */
  SourceFile file() {
    Map<String, Object> owner = new LinkedHashMap<>();
    put(owner, "name", "ownerName");
    put(owner, "email", "ownerEmail");
    Map<String, Object> spec = new LinkedHashMap<>();
    put(spec, "title", "title");
    if (!owner.isEmpty()) {
      spec.put("owner", owner);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", "oasis/v1");
    document.put("kind", "App");
    document.put("metadata", Map.of("name", field("name")));
    document.put("spec", spec);
    return new SourceFile("form", JsonText.write(document).getBytes(StandardCharsets.UTF_8));
  }

  /** Why somebody makes the change, for the audit trail. */
  Optional<String> reason() {
    return Optional.of(field("reason")).filter(text -> !text.isEmpty());
  }

  private void put(Map<String, Object> map, String key, String name) {
    if (!field(name).isEmpty()) {
      map.put(key, field(name));
    }
  }

  private static Map<String, String> fieldsOfPaths() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("metadata.name", "name");
    fields.put("spec.title", "title");
    fields.put("spec.owner.name", "ownerName");
    fields.put("spec.owner", "ownerEmail");
    return fields;
  }
}
