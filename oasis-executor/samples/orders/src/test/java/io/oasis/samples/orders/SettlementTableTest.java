package io.oasis.samples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.executor.testing.TestRun;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SettlementTableTest {
  private static final LocalDate DAY = LocalDate.parse("2026-03-01");

  private static EmbeddedPostgres postgres;
  private static SettlementTable table;

  @BeforeAll
  static void start() throws IOException, SQLException {
    // The library's own patience is 10 s, which a busy machine may need.
    postgres = EmbeddedPostgres.builder().setPGStartupWait(Duration.ofSeconds(90)).start();
    table = new SettlementTable(postgres.getPostgresDatabase());
    execute(SettlementTable.CREATE);
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    execute("DELETE FROM settlement");
  }

  @Test
  @DisplayName("FN4: a copy with an older epoch that wakes up late changes nothing, and is told")
  void olderCopyIsRefused() throws SQLException {
    TestRun.Result newer = settle(7, 5, "10.75");

    TestRun.Result older = settle(7, 4, "99");

    assertThat(newer.succeeded()).isTrue();
    assertThat(older.failure())
        .hasMessage("a later hand-over of run 7 has settled 2026-03-01 already");
    assertThat(older.isRetryable()).isFalse();
    assertThat(total()).isEqualByComparingTo("10.75");
  }

  @Test
  @DisplayName("A newer epoch, the same one again, and another run may write")
  void othersMayWrite() throws SQLException {
    assertThat(settle(7, 4, "1").succeeded()).isTrue();
    assertThat(settle(7, 4, "2").succeeded()).isTrue();
    assertThat(settle(7, 5, "3").succeeded()).isTrue();
    assertThat(settle(8, 1, "4").succeeded()).isTrue();

    assertThat(total()).isEqualByComparingTo("4");
  }

  @Test
  @DisplayName("The guide shows the very statement")
  void guideShowsTheStatement() throws IOException {
    String guide = Files.readString(Path.of("../../../docs/guarantees.md"));

    assertThat(guide).contains(SettlementTable.WRITE.strip());
  }

  private static TestRun.Result settle(long run, long epoch, String total) {
    return TestRun.of(
            context -> {
              table.write(context, DAY, new BigDecimal(total));
              return "settled";
            })
        .runId(run)
        .attempt(1, epoch)
        .run();
  }

  private static BigDecimal total() throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT total FROM settlement")) {
      assertThat(rows.next()).isTrue();
      return rows.getBigDecimal("total");
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
