package io.oasis.server.embedded;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
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
  public static void main(String... args) {
    // Without this, the database and Quarkus would stop at the same time on SIGTERM.
    OrderedShutdown.listen();
    Optional<EmbeddedDatabase> embedded = Optional.empty();
    // Quarkus sets the levels of logging only later.
    Logger.getLogger("io.zonky").setLevel(Level.WARNING);
    try {
      // Before anything is made or written: what cannot be served is not begun.
      Preconditions.portIsFree(variable("OASIS_HTTP_PORT").orElse("8080"));
      if (variable("OASIS_DB_URL").isPresent()) {
        useConfiguredDatabase();
      } else {
        OrderedShutdown.databaseStarts();
        embedded = Optional.of(startEmbedded());
      }
    } catch (StartException e) {
      System.err.println("oasis-server: " + e.getMessage());
      System.exit(EXIT_CANNOT_START);
    }
    OrderedShutdown.applicationStarts(embedded);
    Quarkus.run(null, OrderedShutdown::finish, args);
  }

  private static EmbeddedDatabase startEmbedded() throws StartException {
    EmbeddedDatabase database =
        EmbeddedDatabase.start(Path.of(variable("OASIS_DATA_DIR").orElse("data")));
    DatabaseAddress.use(database.jdbcUrl(), EmbeddedDatabase.USER, database.password());
    return database;
  }

  private static void useConfiguredDatabase() throws StartException {
    String url = variable("OASIS_DB_URL").orElseThrow();
    String jdbcUrl = url.startsWith("jdbc:") ? url : "jdbc:" + url;
    String user = variable("OASIS_DB_USER").orElse("oasis");
    String password = variable("OASIS_DB_PASSWORD").orElse("");
    Preconditions.databaseAnswers(jdbcUrl, user, password);
    DatabaseAddress.use(jdbcUrl, user, password);
  }

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(v -> !v.isBlank());
  }
}
