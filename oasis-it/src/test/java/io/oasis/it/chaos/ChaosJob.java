package io.oasis.it.chaos;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A job of the chaos run.
 *
 * @param app whose executors run it
 * @param name unique in its app
 * @param timing when it fires
 * @param edited when it fires after the edit in the middle; empty: it is not edited
 * @param most how many of its runs may run at once
 * @param stopsAlone whether an executor without a server has to stop it by itself: it may be
 *     retried elsewhere (FN7)
 * @param rest further lines of its spec, already indented
 */
record ChaosJob(
    String app,
    String name,
    Timing timing,
    Optional<Timing> edited,
    int most,
    boolean stopsAlone,
    String rest) {
  static final String LEDGER_APP = "chaos";
  static final String WORKER_APP = "scripts";

  String key() {
    return app + "/" + name;
  }

  String manifest(Timing timing, Instant start, Instant end) {
    return """
    ---
    apiVersion: oasis/v1
    kind: Job
    metadata: {app: %s, name: %s}
    spec:
      schedule: %s
    %s
    """
        .formatted(app, name, timing.manifest(start, end), rest.indent(2).stripTrailing());
  }

  static String apps() {
    var text = new StringBuilder();
    for (var app : Map.of(LEDGER_APP, "Chaos", WORKER_APP, "Scripts").entrySet()) {
      text.append("---\napiVersion: oasis/v1\nkind: App\n")
          .append(
              "metadata: {name: %s}\nspec: {title: %s}\n".formatted(app.getKey(), app.getValue()));
    }
    return text.toString();
  }
}
