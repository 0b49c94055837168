package io.oasis.worker;

import io.oasis.executor.ExecutorBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The flags that say whom the worker works for. */
final class ConnectionOptions {
  @Option(
      names = "--server",
      paramLabel = "ADDRESS",
      defaultValue = "${env:OASIS_SERVER:-localhost:8080}",
      description = {
        "Server, host:port or https://host:port; several are separated by commas.",
        "Environment: OASIS_SERVER; otherwise localhost:8080."
      })
  String server;

  @Option(
      names = "--app",
      paramLabel = "NAME",
      defaultValue = "${env:OASIS_APP:-}",
      description = {"App that this worker works for.", "Environment: OASIS_APP."})
  String app;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = {
        "File that holds the executor token, so that it stands in no command line.",
        "Environment: OASIS_TOKEN, the token itself."
      })
  Path tokenFile;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "",
      description = "First part of the node's id; by default the host's name.")
  String name;

  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "4",
      description = "Runs at once; by default ${DEFAULT-VALUE}.")
  int slots;

  @Option(
      names = "--label",
      paramLabel = "KEY=VALUE",
      description = "Label of this node for selectors; may be given again.")
  Map<String, String> labels = new LinkedHashMap<>();

  @Option(
      names = "--drain-timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "How long running work may take after SIGTERM before it is handed back; by default"
              + " ${DEFAULT-VALUE}.")
  int drainSeconds;

  /**
   * Hands the flags to a builder.
   *
   * @param environment where OASIS_TOKEN is looked for
   * @throws IllegalArgumentException with one line for people when something is missing or wrong
   */
  void applyTo(ExecutorBuilder builder, Map<String, String> environment) {
    if (app.isBlank()) {
      throw new IllegalArgumentException("no app: pass --app NAME or set OASIS_APP");
    }
    if (slots < 1) {
      throw new IllegalArgumentException("--slots must be at least 1, not " + slots);
    }
    if (drainSeconds < 0) {
      throw new IllegalArgumentException("--drain-timeout must not be negative");
    }
    builder
        .server(server)
        .app(app)
        .token(token(environment))
        .name(name)
        .slots(slots)
        .drainTimeout(Duration.ofSeconds(drainSeconds));
    labels.forEach(builder::label);
  }

  /** The first of the servers, as an HTTP address. */
  URI firstServer() {
    String first = server.split(",", -1)[0].strip();
    return URI.create(first.contains("://") ? first : "http://" + first);
  }

  private String token(Map<String, String> environment) {
    if (tokenFile == null) {
      String token = environment.getOrDefault("OASIS_TOKEN", "");
      if (token.isBlank()) {
        throw new IllegalArgumentException("no token: set OASIS_TOKEN or pass --token-file FILE");
      }
      return token;
    }
    try {
      String token = Files.readString(tokenFile).strip();
      if (token.isEmpty()) {
        throw new IllegalArgumentException("the token file " + tokenFile + " is empty");
      }
      return token;
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the token file " + tokenFile, e);
    }
  }
}
