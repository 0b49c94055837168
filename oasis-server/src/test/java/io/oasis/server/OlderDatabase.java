package io.oasis.server;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The PostgreSQL that this machine has, when it is an older one than the embedded. Without any, the
 * embedded one takes its place, and the test says that it was skipped.
 */
public final class OlderDatabase implements QuarkusTestResourceLifecycleManager {
  /** Where Debian and Ubuntu put them, a folder for each major version. */
  private static final Path PACKAGES = Path.of("/usr/lib/postgresql");

  private static final int OLDEST = 14;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TestDatabase fallback = new TestDatabase();
  private Path folder;
  private Process postgres;

  /** The programs of the oldest version that is supported and here. */
  public static Optional<Path> programs() {
    if (!Files.isDirectory(PACKAGES)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(PACKAGES)) {
      return versions
          .filter(version -> version.getFileName().toString().matches("[0-9]+"))
          .filter(version -> number(version) >= OLDEST)
          .sorted(Comparator.comparingInt(OlderDatabase::number))
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<String, String> start() {
    Optional<Path> programs = programs();
    if (programs.isEmpty()) {
      return fallback.start();
    }
    try {
      return start(programs.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    fallback.stop();
    if (postgres != null) {
      postgres.descendants().forEach(ProcessHandle::destroy);
      postgres.destroy();
      awaitEnd(postgres);
    }
    if (folder != null) {
      delete(folder);
    }
  }

  private Map<String, String> start(Path programs) throws IOException {
    folder = Files.createTempDirectory("oasis-older-postgres");
    Path data = folder.resolve("data");
    Process made =
        run(
            List.of(
                programs.resolve("initdb").toString(),
                "-D",
                data.toString(),
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--no-sync"));
    awaitEnd(made);
    int port = FreePort.find();
    postgres =
        run(
            List.of(
                programs.resolve("postgres").toString(),
                "-D",
                data.toString(),
                "-p",
                String.valueOf(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories="));
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    Awaitility.await().atMost(PATIENCE).until(() -> answers(url));
    return Map.of(
        "quarkus.datasource.jdbc.url", url,
        "quarkus.datasource.username", "postgres",
        "quarkus.datasource.password", "postgres",
        "oasis.identity.admin-password", "correct-horse-battery");
  }

  private Process run(List<String> command) throws IOException {
    List<String> whole = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      // PostgreSQL refuses to run as root; in a user namespace it is nobody.
      whole.addAll(List.of("unshare", "-U"));
    }
    whole.addAll(command);
    return new ProcessBuilder(whole)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("postgres.log").toFile()))
        .start();
  }

  private static boolean answers(String url) {
    try (var connection = DriverManager.getConnection(url, "postgres", "postgres")) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  private static void awaitEnd(Process process) {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("it does not end: " + process.info());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int number(Path version) {
    return Integer.parseInt(version.getFileName().toString());
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
