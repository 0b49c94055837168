package io.oasis.it.harness;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A PostgreSQL of its own process, folder and port, which a test may stop and start again. */
public final class Postgres implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(120);
  private static final Duration STOP = Duration.ofSeconds(90);
  private static final String USER = "postgres";

  /** The library unpacks its programs once in a Java machine, and tells nobody where. */
  private static final Path PROGRAMS = Platform.newFolder(Postgres.class);

  private final Path folder;
  private final int port = Server.freePort();
  private OwnedProcess process;

  private Postgres(Path folder) {
    this.folder = folder;
  }

  /** Makes a new database below a folder and starts it. */
  public static Postgres create(Path folder) {
    var postgres = new Postgres(folder);
    postgres.make();
    postgres.start();
    return postgres;
  }

  /** The library unpacks the programs and makes the database; from then on it is ours. */
  private void make() {
    try (var made =
        EmbeddedPostgres.builder()
            .setDataDirectory(data())
            .setCleanDataDirectory(false)
            .setOverrideWorkingDirectory(PROGRAMS.toFile())
            .setPort(port)
            .setPGStartupWait(START)
            .setServerConfig("unix_socket_directories", "''")
            .start()) {
      made.getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it and waits until it answers. */
  public void start() {
    var command = new ArrayList<String>();
    if (isRoot()) {
      // PostgreSQL refuses to run as root; in a user namespace it is nobody.
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(List.of(program().toString(), "-D", data().toString()));
    setting(command, "port", String.valueOf(port));
    setting(command, "listen_addresses", "127.0.0.1");
    setting(command, "unix_socket_directories", "");
    setting(command, "max_connections", "150");
    process =
        OwnedProcess.start(command, Map.of("LC_ALL", "C"), folder, folder.resolve("postgres.log"));
    Await.until("PostgreSQL to answer", START, this::answers);
  }

  /** As {@code pg_ctl stop -m immediate}: as if the machine had lost its power. */
  public void stopImmediately() {
    process.signal("QUIT");
    process.awaitExit(STOP);
  }

  /** A new connection, of the role that owns everything. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), USER, "");
  }

  /** What a server is told of it. */
  public Map<String, String> environment() {
    return Map.of("OASIS_DB_URL", url(), "OASIS_DB_USER", USER);
  }

  private String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?connectTimeout=5";
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.signal("INT");
      process.awaitExit(STOP);
    }
    process.close();
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new AssertionError("PostgreSQL ended:\n" + process.output());
    }
    try (var connection = connect()) {
      return connection.isValid(5);
    } catch (SQLException e) {
      return false;
    }
  }

  private static void setting(List<String> command, String name, String value) {
    command.addAll(List.of("-c", name + "=" + value));
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private Path data() {
    return folder.resolve("postgres-data");
  }

  private Path program() {
    try (var files = Files.walk(PROGRAMS, 4)) {
      return files.filter(f -> f.endsWith("bin/postgres")).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
