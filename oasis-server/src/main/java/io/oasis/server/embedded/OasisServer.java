package io.oasis.server.embedded;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The server's entry point: the database first, because Quarkus wants its address, then Quarkus; on
 * the way down the other way round.
 */
@QuarkusMain
public final class OasisServer {
  private static final int EXIT_CANNOT_START = 1;

  private OasisServer() {}

  /** Runs until the process is told to stop. */
  public static void main(String... args) throws IOException {
    Optional<EmbeddedDatabase> embedded = Optional.empty();
    // Quarkus sets the levels of logging only later.
    Logger.getLogger("io.zonky").setLevel(Level.WARNING);
    if (variable("OASIS_DB_URL").isPresent()) {
      useConfiguredDatabase();
    } else {
      try {
        embedded = Optional.of(startEmbedded());
      } catch (EmbeddedDatabase.StartException e) {
        System.err.println("oasis-server: " + e.getMessage());
        System.exit(EXIT_CANNOT_START);
      }
    }
    // Without this, the database and Quarkus would stop at the same time on SIGTERM.
    OrderedShutdown.install(embedded);
    Quarkus.run(null, OrderedShutdown::finish, args);
  }

  private static EmbeddedDatabase startEmbedded() throws EmbeddedDatabase.StartException {
    EmbeddedDatabase database =
        EmbeddedDatabase.start(Path.of(variable("OASIS_DATA_DIR").orElse("data")));
    DatabaseAddress.use(database.jdbcUrl(), EmbeddedDatabase.USER, database.password());
    return database;
  }

  private static void useConfiguredDatabase() {
    String url = variable("OASIS_DB_URL").orElseThrow();
    DatabaseAddress.use(
        url.startsWith("jdbc:") ? url : "jdbc:" + url,
        variable("OASIS_DB_USER").orElse("oasis"),
        variable("OASIS_DB_PASSWORD").orElse(""));
  }

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(v -> !v.isBlank());
  }
}
