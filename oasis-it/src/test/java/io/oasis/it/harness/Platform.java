package io.oasis.it.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One server and what a test puts around it, in a folder under {@code target/it}. */
public final class Platform implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Path folder;
  private final Server server;
  private final List<OwnedProcess> executors = new ArrayList<>();
  private Rest rest;
  private Cli cli;

  private Platform(Path folder, Map<String, String> settings) {
    this.folder = folder;
    this.server = new Server(folder, settings);
  }

  /** A running server without executors; the CLI and the API are signed in as administrator. */
  public static Platform start(Class<?> test) {
    return start(test, Map.of());
  }

  /** The same, with settings of the server that differ from the defaults. */
  public static Platform start(Class<?> test, Map<String, String> settings) {
    var platform = new Platform(newFolder(test), settings);
    try {
      platform.server.start();
      platform.rest = platform.server.rest();
      platform.cli = new Cli(platform.folder, Map.of("OASIS_SERVER", platform.server.address()));
      platform
          .cli
          .callWithInput(
              Server.PASSWORD + "\n", "login", "--username", Server.ADMIN, "--password-stdin")
          .ok();
      return platform;
    } catch (RuntimeException | AssertionError e) {
      platform.close();
      throw e;
    }
  }

  /** An empty folder for a test class, kept until the next {@code clean} for whoever debugs. */
  public static Path newFolder(Class<?> test) {
    try {
      var parent =
          Files.createDirectories(Checkout.root().resolve("oasis-it/target/it").toAbsolutePath());
      return Files.createTempDirectory(parent, test.getSimpleName() + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Server server() {
    return server;
  }

  public Rest rest() {
    return rest;
  }

  public Cli cli() {
    return cli;
  }

  public Path folder() {
    return folder;
  }

  /** Writes a file into the test's folder, for {@code -f}. */
  public Path write(String name, String content) {
    try {
      var file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder that {@link #writeScript} writes to; a worker refuses to start without it. */
  public Path scripts() {
    try {
      return Files.createDirectories(folder.resolve("scripts"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a shell script that a worker with {@link #scripts()} may run. */
  public Path writeScript(String name, String body) {
    var script = write("scripts/" + name, "#!/bin/sh\nset -eu\n" + body);
    script.toFile().setExecutable(true);
    return script;
  }

  /** A new token for executors of an app. */
  public String executorToken(String app) {
    return rest.post(
            "/tokens",
            Map.of("name", "it-" + app + "-" + executors.size(), "kind", "EXECUTOR", "app", app))
        .ok()
        .path("token")
        .asText();
  }

  /**
   * Starts a worker and waits until the server has it online.
   *
   * @param scripts the folder that it may run scripts from
   */
  public OwnedProcess startWorker(String app, Path scripts) {
    return startExecutor(
        app,
        List.of(
            Checkout.script("oasis-worker", "oasis-executor/worker").toString(),
            "--allow-script",
            scripts.toString(),
            "--allow-http",
            "localhost:" + server.port()),
        Map.of("OASIS_EXAMPLES_STATE", folder.resolve("examples").toString()));
  }

  /** Starts any executor of an app and waits until the server has it online. */
  public OwnedProcess startExecutor(
      String app, List<String> command, Map<String, String> environment) {
    int before = onlineNodes(app);
    var all = new HashMap<>(environment);
    all.put("OASIS_SERVER", server.address());
    all.put("OASIS_APP", app);
    all.put("OASIS_TOKEN", executorToken(app));
    var log = folder.resolve("executor-" + (executors.size() + 1) + ".log");
    var process = OwnedProcess.start(command, all, folder, log);
    executors.add(process);
    Await.until(
        "an executor of " + app + " to be online\n" + log,
        PATIENCE,
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("the executor ended:\n" + process.output());
          }
          return onlineNodes(app) > before;
        });
    return process;
  }

  /** How many executors of an app are online. */
  public int onlineNodes(String app) {
    int online = 0;
    for (var node : rest.get("/nodes?app=" + app).ok().path("items")) {
      online += node.path("state").asText().equals("ONLINE") ? 1 : 0;
    }
    return online;
  }

  /** The newest run of a job that the filter takes, if there is one. */
  public Optional<JsonNode> newestRun(String job, String filter) {
    var items = rest.get("/runs?job=" + job + filter).ok().path("items");
    return items.isEmpty() ? Optional.empty() : Optional.of(items.get(0));
  }

  /** Starts a run by hand and returns its id. */
  public long trigger(String job) {
    return rest.post("/jobs/" + job + "/runs", Map.of()).ok().path("id").asLong();
  }

  /** Waits until a run has ended and returns it with its attempts and events. */
  public JsonNode awaitFinal(long run) {
    return Await.value(
        "the end of run " + run,
        PATIENCE,
        () -> Optional.of(run(run)).filter(r -> r.path("final").asBoolean()));
  }

  /** A run with its attempts and events. */
  public JsonNode run(long run) {
    return rest.get("/runs/" + run).ok();
  }

  /** The texts of the lines that a run has logged so far, in order. */
  public List<String> logLines(long run) {
    var texts = new ArrayList<String>();
    var cursor = "";
    while (true) {
      var page = rest.get("/runs/" + run + "/log?limit=500" + cursor).ok();
      page.path("lines").forEach(line -> texts.add(line.path("text").asText()));
      if (page.path("lines").isEmpty()) {
        return texts;
      }
      cursor = "&cursor=" + page.path("nextCursor").asText();
    }
  }

  /** Has the server every line of a run that has ended? */
  public boolean isLogComplete(long run) {
    var page = rest.get("/runs/" + run + "/log").ok();
    return page.path("final").asBoolean()
        && page.path("complete").asBoolean()
        && page.path("missing").asInt() == 0;
  }

  /** Starts the server again after it was stopped or killed, and signs in again. */
  public void restartServer() {
    server.start();
    rest = server.rest();
  }

  @Override
  public void close() {
    executors.forEach(OwnedProcess::close);
    server.close();
  }
}
