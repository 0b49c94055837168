package io.oasis.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What PostgreSQL tells of its sockets; other systems know less of them. */
@EnabledOnOs(OS.LINUX)
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class VanishedServerTest {
  @Inject Database database;

  @Test
  @DisplayName(
      "FN8: the database asks after a silent server, and frees what it has locked within 8 s")
  void locksOfAVanishedServerEnd() {
    int idle = setting("tcp_keepalives_idle");
    int interval = setting("tcp_keepalives_interval");
    int count = setting("tcp_keepalives_count");

    // Zero would be what the system has: hours.
    assertThat(idle).isPositive();
    assertThat(interval).isPositive();
    assertThat(idle + interval * count).isBetween(5, 8);
    assertThat(setting("tcp_user_timeout")).isBetween(5_000, 8_000);
  }

  /** What the connection's socket has, where the system tells; in seconds, or milliseconds. */
  private int setting(String name) {
    return database.call(
        tx ->
            tx.one(
                "SELECT setting::int AS value FROM pg_settings WHERE name = ?",
                row -> row.number("value"),
                name));
  }
}
