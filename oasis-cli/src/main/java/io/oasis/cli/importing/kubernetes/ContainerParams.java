package io.oasis.cli.importing.kubernetes;

import io.oasis.cli.importing.JobNames;
import io.oasis.cli.importing.Note;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a container is given, as parameters of a handler. */
final class ContainerParams {
  private static final int MOST = 100;
  private static final Pattern KEY =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]{0,126}[A-Za-z0-9])?");

  private ContainerParams() {}

  /** Command, arguments and environment; a secret becomes a reference to one. */
  static Map<String, Object> of(Node container, List<Note> notes) {
    Map<String, Object> params = new LinkedHashMap<>();
    for (String field : List.of("command", "args")) {
      String text =
          container.at(field).items().stream()
              .map(item -> item.text().orElse(""))
              .collect(Collectors.joining("\n"));
      if (!text.isEmpty()) {
        params.put(field, text);
      }
    }
    if (!params.isEmpty()) {
      notes.add(Note.changed("command and args", "parameters of the handler, one argument a line"));
    }
    for (Node variable : container.at("env").items()) {
      env(variable, params, notes);
    }
    if (container.at("envFrom").exists()) {
      notes.add(Note.lost("envFrom", "give these variables to the executor"));
    }
    return params;
  }

  private static void env(Node variable, Map<String, Object> params, List<Note> notes) {
    String name = variable.at("name").text().orElse("");
    if (!KEY.matcher(name).matches() || params.size() >= MOST) {
      notes.add(Note.lost("env " + JobNames.line(name), "cannot be the name of a parameter"));
      return;
    }
    Node secret = variable.at("valueFrom", "secretKeyRef");
    if (secret.exists()) {
      String reference =
          JobNames.slug(
              secret.at("name").text().orElse("") + "-" + secret.at("key").text().orElse(""),
              "secret");
      params.put(name, Map.of("secretRef", reference));
      notes.add(Note.changed("env " + name, "secretRef " + reference + ", known to executors"));
    } else if (variable.at("valueFrom").exists()) {
      notes.add(
          Note.lost("env " + name, "its value comes from the cluster; give it to the executor"));
    } else {
      params.put(name, variable.at("value").text().orElse(""));
    }
  }
}
