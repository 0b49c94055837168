package io.oasis.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.run.RunReports.Answer;
import io.oasis.server.time.DatabaseClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How long the collector waits for more of the same. Its loop does not run here. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class ReportGatheringTest {
  @Inject Database database;
  @Inject DatabaseClock clock;
  @Inject LedgerStore store;
  @Inject Ledger ledger;
  @Inject QuickReports quick;
  @Inject LockedReports locked;
  @Inject NodeReturn returns;

  /** Ids of no run. */
  private static final long NOBODYS = 1L << 50;

  private final List<Answer> answers = new ArrayList<>();

  @Test
  @DisplayName("reports wait longer for each other while many come, and not once few do")
  void waitsByWhatComes() {
    ReportCollector collector =
        new ReportCollector(database, clock, store, ledger, quick, locked, returns);

    List<Duration> waited = new ArrayList<>();
    for (int reports : List.of(1, 1, 5, 5, 1, 1)) {
      for (int i = 0; i < reports; i++) {
        collector.accepted(
            new RunHandle(NOBODYS + i, Instant.EPOCH, 1, 1, 0), Instant.EPOCH, answers::add);
      }
      waited.add(collector.turn());
      collector.turn();
    }

    Duration shortly = Duration.ofMillis(2);
    Duration longer = Duration.ofMillis(8);
    assertThat(waited).containsExactly(shortly, shortly, shortly, longer, longer, shortly);
    assertThat(answers).hasSize(14).containsOnly(Answer.FENCED);
  }
}
