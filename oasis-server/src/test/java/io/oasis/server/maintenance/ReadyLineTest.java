package io.oasis.server.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReadyLineTest {
  @Test
  @DisplayName("the line says version, address and that the database is the embedded one")
  void embedded() {
    assertThat(new ReadyLine("0.1.0", Optional.empty()).line("http", 8080))
        .isEqualTo("Oasis 0.1.0 is ready at http://localhost:8080 (database: embedded)");
  }

  @Test
  @DisplayName("of a configured database it names the host and never the password")
  void configured() {
    String url = "postgresql://oasis:geheim@db.example.com:5433/oasis?password=geheim";

    assertThat(new ReadyLine("0.1.0", Optional.of(url)).line("http", 80))
        .endsWith("(database: db.example.com:5433)");
  }
}
