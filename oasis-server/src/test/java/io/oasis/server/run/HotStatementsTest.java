package io.oasis.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What PostgreSQL makes of the statements that run all the time. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class HotStatementsTest {
  @Inject Database database;

  @Test
  @DisplayName("a look for runs to wake reads the index only up to now, however many are under way")
  void claimAwakeEndsAtNow() {
    List<String> plan =
        database.call(
            tx -> {
              tx.update("SET LOCAL enable_seqscan = off");
              return tx.query(
                  "EXPLAIN " + LedgerStore.CLAIM_AWAKE,
                  row -> row.text("QUERY PLAN"),
                  500,
                  "s-1",
                  5_000L);
            });

    assertThat(plan)
        .anyMatch(line -> line.contains("Index Cond: (wake_at <="))
        .noneMatch(line -> line.contains("Seq Scan on run"));
  }
}
