package io.oasis.bench;

import io.oasis.bench.executor.BenchExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A server with its own PostgreSQL in a fresh folder, and one executor, each a process. */
final class Platform implements AutoCloseable {
  private static final String PASSWORD = "correct-horse-battery";
  private static final long START_NANOS = Duration.ofMinutes(2).toNanos();

  private final Path folder;
  private final Child server;
  private Optional<Database> database = Optional.empty();
  private Optional<Child> executor = Optional.empty();
  private Api api;
  private boolean ended;

  private Platform(Path folder, Child server) {
    this.folder = folder;
    this.server = server;
  }

  /** Starts all of it; returns when the executor is connected. */
  static Platform start(Options options, Path output) {
    Path jar = options.root().resolve("oasis-server/target/quarkus-app/quarkus-run.jar");
    if (!Files.exists(jar)) {
      throw new BenchException("there is no " + jar + "; run make build");
    }
    Path folder = freshFolder(output);
    int port = freePort();
    // The options of the server's start script.
    Child server =
        Child.start(
            List.of(java(), "-XX:+UseParallelGC", "-Xmx768m", "-jar", jar.toString()),
            Map.of(
                "OASIS_HTTP_PORT", String.valueOf(port),
                "OASIS_DATA_DIR", folder.resolve("data").toString(),
                "OASIS_ADMIN_PASSWORD", PASSWORD),
            folder.resolve("server.log"),
            Child.Output.TO_LOG);
    Platform platform = new Platform(folder, server);
    Runtime.getRuntime().addShutdownHook(new Thread(platform::endProcesses, "end processes"));
    try {
      String address = "http://127.0.0.1:" + port;
      platform.awaitReady(address);
      platform.database = Optional.of(Database.in(folder.resolve("data")));
      platform.api = Api.signIn(address, "admin", PASSWORD);
      platform.startExecutor(address, options.slots());
      return platform;
    } catch (RuntimeException e) {
      platform.endProcesses();
      throw e;
    }
  }

  Api api() {
    return api;
  }

  Database database() {
    return database.orElseThrow();
  }

  /** What the executor answers to a line; see {@link BenchExecutor}. */
  String askExecutor(String line) {
    return executor.orElseThrow().ask(line);
  }

  /** Where the processes log and files may be exchanged. */
  Path folder() {
    return folder;
  }

  /** The processor time of all three up to now. */
  Cost cost() {
    return new Cost(
        CpuTime.of(server.pid()),
        CpuTime.of(executor.orElseThrow().pid()),
        CpuTime.ofTree(database().pid()));
  }

  /** Ends the processes and removes the database; the logs stay. */
  @Override
  public void close() {
    endProcesses();
    try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new BenchException("cannot remove " + folder + ": " + e.getMessage(), e);
    }
  }

  private synchronized void endProcesses() {
    if (ended) {
      return;
    }
    ended = true;
    executor.ifPresent(Child::close);
    server.close();
    database.ifPresent(Database::kill);
  }

  private void awaitReady(String address) {
    long end = System.nanoTime() + START_NANOS;
    while (!Api.isReady(address)) {
      if (!server.isAlive() || System.nanoTime() > end) {
        throw new BenchException(
            "the server does not start; " + folder.resolve("server.log") + " says more");
      }
      Pause.millis(200);
    }
  }

  private void startExecutor(String address, int slots) {
    String app =
        """
        apiVersion: oasis/v1
        kind: App
        metadata: {name: %s}
        """
            .formatted(JobBatch.APP);
    api.post("/apply", Map.of("files", List.of(Map.of("name", "app.yaml", "content", app))));
    String token =
        api.post("/tokens", Map.of("name", "bench", "kind", "EXECUTOR", "app", JobBatch.APP))
            .path("token")
            .asText();
    Child child =
        Child.start(
            List.of(
                java(),
                "-XX:+UseParallelGC",
                "-Xmx256m",
                "-cp",
                Path.of(System.getProperty("java.class.path")).toAbsolutePath().toString(),
                BenchExecutor.class.getName(),
                String.valueOf(slots)),
            Map.of("OASIS_SERVER", address, "OASIS_APP", JobBatch.APP, "OASIS_TOKEN", token),
            folder.resolve("executor.log"),
            Child.Output.READ);
    executor = Optional.of(child);
    if (!child.readLine().equals("connected")) {
      throw new BenchException("the executor does not connect; its log is in " + folder);
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static Path freshFolder(Path output) {
    try {
      Files.createDirectories(output);
      return Files.createTempDirectory(output, "run-");
    } catch (IOException e) {
      throw new BenchException("cannot write to " + output + ": " + e.getMessage(), e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new BenchException("there is no free port", e);
    }
  }
}
