package io.oasis.bench.postgres;

import io.oasis.bench.machine.BenchException;
import io.oasis.bench.machine.CpuTime;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL of the benchmark's own: shipped binaries, default settings, a free port of the
 * loopback address, a fresh data folder. Each contender gets a database in it.
 */
public final class BenchPostgres implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** The library is made for tests and switches durability off; here it must hold. */
  private static final List<String> DURABLE =
      List.of("fsync", "synchronous_commit", "full_page_writes");

  private static final String UNUSED =
      """
      SELECT d.datname FROM pg_database d
       WHERE d.datname LIKE 'bench\\_%'
         AND NOT EXISTS (SELECT FROM pg_stat_activity a
                          WHERE a.datid = d.oid AND a.backend_type = 'client backend')
      """;

  private final EmbeddedPostgres postgres;
  private final long pid;

  private BenchPostgres(EmbeddedPostgres postgres, long pid) {
    this.postgres = postgres;
    this.pid = pid;
  }

  /**
   * Starts it.
   *
   * @param programs where the binaries are unpacked, once for all times
   * @param data its data folder, which must not exist and is removed at the end
   * @throws BenchException when it does not start, or is not durable
   */
  public static BenchPostgres start(Path programs, Path data) {
    try {
      EmbeddedPostgres.Builder builder =
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setCleanDataDirectory(true)
              .setOverrideWorkingDirectory(programs.toFile())
              .setPGStartupWait(PATIENCE)
              .setServerConfig("max_connections", "100")
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("unix_socket_directories", "''");
      DURABLE.forEach(setting -> builder.setServerConfig(setting, "on"));
      EmbeddedPostgres postgres = builder.start();
      long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
      BenchPostgres started = new BenchPostgres(postgres, pid);
      for (String setting : DURABLE) {
        if (!started.show(setting).equals("on")) {
          throw new BenchException("PostgreSQL runs without " + setting);
        }
      }
      return started;
    } catch (IOException | IllegalStateException e) {
      throw new BenchException("PostgreSQL does not start: " + e.getMessage(), e);
    }
  }

  /**
   * Makes an empty database; one of that name is dropped before, and so is each that nobody uses
   * any more: autovacuum would go on to visit what is left of a contender, or of the ceiling, while
   * the next one is measured.
   */
  public Database fresh(String name) {
    try (Connection connection = admin().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
      for (String unused : unused(statement)) {
        statement.execute("DROP DATABASE IF EXISTS " + unused + " WITH (FORCE)");
      }
      statement.execute("CREATE DATABASE " + name);
      return database(name);
    } catch (SQLException e) {
      throw new BenchException("cannot make the database " + name + ": " + e.getMessage(), e);
    }
  }

  private static List<String> unused(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(UNUSED)) {
      while (result.next()) {
        names.add(result.getString("datname"));
      }
    }
    return names;
  }

  /** The processor time of all its processes up to now. */
  public CpuTime cpu() {
    return CpuTime.ofTree(pid);
  }

  /** What it is, in words. */
  public String version() {
    return show("server_version");
  }

  /** Writes everything out, so that no contender pays for what was written before it. */
  public void checkpoint() {
    admin().execute("CHECKPOINT");
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new BenchException("PostgreSQL does not stop: " + e.getMessage(), e);
    }
  }

  private Database admin() {
    return database("postgres");
  }

  private Database database(String name) {
    return new Database(postgres.getPort(), name);
  }

  private String show(String setting) {
    try (Connection connection = admin().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW " + setting)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new BenchException("PostgreSQL does not answer: " + e.getMessage(), e);
    }
  }
}
