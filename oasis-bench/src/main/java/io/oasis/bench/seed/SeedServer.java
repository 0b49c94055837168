package io.oasis.bench.seed;

import io.oasis.bench.machine.BenchException;
import io.oasis.bench.machine.Child;
import io.oasis.bench.machine.Pause;
import io.oasis.bench.oasis.Api;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The server that makes the schema, its partitions and the jobs, on the database of {@code
 * OASIS_DB_URL}, or on a PostgreSQL of its own in the folder.
 */
final class SeedServer implements AutoCloseable {
  /** Of the administrator, unless OASIS_ADMIN_PASSWORD names another. */
  static final String PASSWORD = "correct-horse-battery";

  private static final long START_NANOS = Duration.ofMinutes(2).toNanos();
  private static final String URL = "OASIS_DB_URL";

  private final SeedOptions options;
  private final String address;
  private final Child process;

  private SeedServer(SeedOptions options, String address, Child process) {
    this.options = options;
    this.address = address;
    this.process = process;
  }

  /** Whether a database was named; else it is the server's own. */
  static boolean isElsewhere() {
    return System.getenv(URL) != null;
  }

  /** Connects to the database that was named, which a server need not have seen yet. */
  static Connection connectElsewhere() throws SQLException {
    return DriverManager.getConnection(
        System.getenv(URL), System.getenv("OASIS_DB_USER"), System.getenv("OASIS_DB_PASSWORD"));
  }

  /** Starts it; returns when it is ready, with a partition for each day of the history. */
  static SeedServer start(SeedOptions options) {
    Path jar = options.root().resolve("oasis-server/target/quarkus-app/quarkus-run.jar");
    if (!Files.exists(jar)) {
      throw new BenchException("there is no " + jar + "; run make build");
    }
    Path log = options.root().resolve("target/seed/server.log");
    int port = freePort();
    Map<String, String> environment = new HashMap<>();
    Stream.of(URL, "OASIS_DB_USER", "OASIS_DB_PASSWORD")
        .forEach(
            name ->
                Optional.ofNullable(System.getenv(name))
                    .ifPresent(value -> environment.put(name, value)));
    environment.put("OASIS_HTTP_PORT", String.valueOf(port));
    environment.put("OASIS_DATA_DIR", options.data().toString());
    environment.put("OASIS_ADMIN_PASSWORD", password());
    environment.put("OASIS_MAINTENANCE_PARTITIONS_BEHIND", String.valueOf(options.days()));
    try {
      Files.createDirectories(log.getParent());
    } catch (IOException e) {
      throw new BenchException("cannot write to " + log.getParent() + ": " + e.getMessage(), e);
    }
    Child process =
        Child.start(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-jar",
                jar.toString()),
            environment,
            log,
            Child.Output.TO_LOG);
    SeedServer server = new SeedServer(options, "http://127.0.0.1:" + port, process);
    Runtime.getRuntime().addShutdownHook(new Thread(process::close, "end the server"));
    server.awaitReady(log);
    return server;
  }

  static String password() {
    return Optional.ofNullable(System.getenv("OASIS_ADMIN_PASSWORD")).orElse(PASSWORD);
  }

  Api signIn() {
    return Api.signIn(address, "admin", password());
  }

  Connection connect() throws SQLException {
    return isElsewhere() ? connectElsewhere() : connectOwn(options.data());
  }

  /** Finds the server's PostgreSQL by what both have left in the folder. */
  private static Connection connectOwn(Path data) throws SQLException {
    try {
      String port = Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3).strip();
      return DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
          "postgres",
          Files.readString(data.resolve("postgres-password")).strip());
    } catch (IOException e) {
      throw new BenchException("the server's PostgreSQL cannot be found in " + data, e);
    }
  }

  @Override
  public void close() {
    process.close();
  }

  private void awaitReady(Path log) {
    long end = System.nanoTime() + START_NANOS;
    while (!Api.isReady(address)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.close();
        throw new BenchException("the server does not start; " + log + " says more");
      }
      Pause.millis(200);
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
