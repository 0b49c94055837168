package io.oasis.server.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Set;

/** A PostgreSQL in a folder, started and stopped with the server. */
public final class EmbeddedDatabase implements AutoCloseable {
  /** The role and the database that the embedded PostgreSQL is made with. */
  public static final String USER = "postgres";

  private static final String HOST_RULES =
      """
      # Written by Oasis: only this machine, only with the password in the file postgres-password.
      local all all scram-sha-256
      host  all all 127.0.0.1/32 scram-sha-256
      host  all all ::1/128      scram-sha-256
      """;

  private final EmbeddedPostgres postgres;
  private final String password;

  private EmbeddedDatabase(EmbeddedPostgres postgres, String password) {
    this.postgres = postgres;
    this.password = password;
  }

  /**
   * Starts PostgreSQL in the folder; the first time, makes the database.
   *
   * @param folder the server's data folder
   * @throws StartException with one line for the user: the folder cannot be written, another server
   *     uses it, or PostgreSQL does not start
   */
  public static EmbeddedDatabase start(Path folder) throws StartException {
    Path data = folder.resolve("postgres");
    try {
      makePrivate(folder);
      Files.createDirectories(data);
      if (!Files.isWritable(data)) {
        throw new IOException("not writable");
      }
    } catch (IOException e) {
      throw new StartException(
          "cannot write to the data folder " + folder.toAbsolutePath() + "; set OASIS_DATA_DIR", e);
    }
    LeftoverPostgres.stop(data);
    try {
      boolean first = !Files.exists(finished(data));
      if (first) {
        HalfDone.moveAside(data);
      }
      HalfDone.removeUnfinishedPrograms(programs(folder));
      String password = first ? newPassword(folder) : readPassword(folder);
      EmbeddedPostgres postgres = start(folder, data, password);
      if (first) {
        lockDown(postgres.getPort(), data, password);
        Files.writeString(finished(data), "Oasis made this database and closed it to strangers.\n");
      }
      return new EmbeddedDatabase(postgres, password);
    } catch (IOException | SQLException | IllegalStateException | ExceptionInInitializerError e) {
      throw new StartException(
          "the embedded PostgreSQL in "
              + data.toAbsolutePath()
              + " does not start: "
              + e.getMessage()
              + "; is another server using this folder?",
          e);
    }
  }

  /**
   * Programs, data and passwords are nobody else's business; a folder that is there stays as it is.
   */
  private static void makePrivate(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(
              Set.copyOf(PosixFilePermissions.fromString("rwx------"))));
    }
  }

  private static EmbeddedPostgres start(Path folder, Path data, String password)
      throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setOverrideWorkingDirectory(programs(folder).toFile())
        // The library is made for tests and switches durability off; here it must hold.
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("max_connections", "100")
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("unix_socket_directories", "''")
        .setConnectConfig("password", password)
        .start();
  }

  private static Path programs(Path folder) {
    return folder.resolve("postgres-programs");
  }

  /** Written last: a folder without it was left in the middle of the first start. */
  private static Path finished(Path data) {
    return data.resolve("oasis-database");
  }

  /** JDBC address without user and password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
  }

  /** Password of {@link #USER}. */
  public String password() {
    return password;
  }

  /** Stops PostgreSQL; what is committed is on disk. */
  @Override
  public void close() throws IOException {
    postgres.close();
  }

  private static Path passwordFile(Path folder) {
    return folder.resolve("postgres-password");
  }

  private static String newPassword(Path folder) throws IOException {
    byte[] secret = new byte[24];
    new SecureRandom().nextBytes(secret);
    String password = HexFormat.of().formatHex(secret);
    Path file = passwordFile(folder);
    Files.deleteIfExists(file);
    Files.createFile(
        file,
        PosixFilePermissions.asFileAttribute(
            Set.copyOf(PosixFilePermissions.fromString("rw-------"))));
    Files.writeString(file, password);
    return password;
  }

  private static String readPassword(Path folder) throws IOException {
    return Files.readString(passwordFile(folder)).strip();
  }

  /** The library makes the database open to every user of this machine; this closes it. */
  private static void lockDown(int port, Path data, String password)
      throws SQLException, IOException {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, password);
        Statement statement = connection.createStatement()) {
      // The password is hexadecimal digits: nothing to escape.
      statement.execute("ALTER ROLE " + USER + " PASSWORD '" + password + "'");
      Files.writeString(data.resolve("pg_hba.conf"), HOST_RULES);
      statement.execute("SELECT pg_reload_conf()");
    }
  }
}
