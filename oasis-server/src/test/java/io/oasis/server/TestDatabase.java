package io.oasis.server;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;

/**
 * A real PostgreSQL for {@code @QuarkusTest}: {@code @QuarkusTestResource(TestDatabase.class)}. One
 * for the whole JVM, with a fresh database for each start of the application.
 */
public final class TestDatabase implements QuarkusTestResourceLifecycleManager {
  /** The library's own is 10 s, which a busy machine may need. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private EmbeddedPostgres postgres;

  @Override
  public Map<String, String> start() {
    try {
      postgres =
          EmbeddedPostgres.builder()
              .setPort(FreePort.find())
              .setPGStartupWait(PATIENCE)
              .setServerConfig("max_connections", "100")
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of(
        "quarkus.datasource.jdbc.url", postgres.getJdbcUrl("postgres", "postgres"),
        "quarkus.datasource.username", "postgres",
        "quarkus.datasource.password", "postgres",
        "oasis.identity.admin-password", "correct-horse-battery");
  }

  @Override
  public void stop() {
    try {
      if (postgres != null) {
        postgres.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
