package io.oasis.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * The PostgreSQL that the server has started for itself.
 *
 * @param pid its first process
 * @param port on the loopback address
 * @param password of the user {@code postgres}
 */
record Database(long pid, int port, String password) {

  /** Finds it by what it and the server have left in the server's data folder. */
  static Database in(Path data) {
    try {
      List<String> lines = Files.readAllLines(data.resolve("postgres/postmaster.pid"));
      return new Database(
          Long.parseLong(lines.get(0).strip()),
          Integer.parseInt(lines.get(3).strip()),
          Files.readString(data.resolve("postgres-password")).strip());
    } catch (IOException e) {
      throw new BenchException("the server's PostgreSQL cannot be found in " + data, e);
    }
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", password);
  }

  /** Ends it when its server could not. */
  void kill() {
    ProcessHandle.of(pid)
        .ifPresent(
            first -> {
              first.descendants().forEach(ProcessHandle::destroyForcibly);
              first.destroyForcibly();
            });
  }
}
