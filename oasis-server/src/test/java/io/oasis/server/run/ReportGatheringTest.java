package io.oasis.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.Assignment;
import io.oasis.server.dispatch.FakeNodes;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.dispatch.TestJobs;
import io.oasis.server.run.RunReports.Answer;
import io.oasis.server.run.RunReports.Finish;
import io.oasis.server.run.RunReports.Outcome;
import io.oasis.server.time.DatabaseClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
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
  @Inject Applier applier;
  @Inject Runs runs;
  @Inject FakeNodes nodes;

  /** Ids of no run. */
  private static final long NOBODYS = 1L << 50;

  private static final Finish SUCCEEDED =
      new Finish(
          Outcome.SUCCEEDED,
          "",
          Optional.empty(),
          true,
          Instant.EPOCH,
          Instant.EPOCH.plusMillis(5),
          0);

  private final List<Answer> answers = new ArrayList<>();

  @Test
  @DisplayName("reports wait longer for each other while many come, and not once few do")
  void waitsByWhatComes() {
    ReportCollector collector =
        new ReportCollector(database, clock, store, ledger, quick, locked, returns);

    List<Duration> waited = new ArrayList<>();
    for (int reports : List.of(1, 1, 5, 5, 1, 1)) {
      for (int i = 0; i < reports; i++) {
        collector.finished(
            new RunHandle(NOBODYS + i, Instant.EPOCH, 1, 1, 0), SUCCEEDED, answers::add);
      }
      waited.add(collector.turn());
      collector.turn();
    }

    Duration shortly = Duration.ofMillis(2);
    Duration longer = Duration.ofMillis(8);
    assertThat(waited).containsExactly(shortly, shortly, shortly, longer, longer, shortly);
    assertThat(answers).hasSize(14).containsOnly(Answer.FENCED);
  }

  @Test
  @DisplayName(
      "the start of a short run is written with its end, that of a longer one after a wait")
  void shortRunsAreWrittenOnce() {
    TestJobs jobs = new TestJobs(applier, database);
    jobs.job("work", "schedule: none");
    String node = jobs.app() + "-node";
    nodes.connect(node, jobs.appId(), 2);
    long shortRun = trigger(jobs);
    Assignment toEnd = nodes.next(node);
    ReportCollector collector =
        new ReportCollector(database, clock, store, ledger, quick, locked, returns);

    collector.accepted(toEnd.run(), Instant.EPOCH, answers::add);
    collector.turn();
    Duration wait = collector.turn();

    assertThat(state(shortRun)).isEqualTo(RunState.DISPATCHED);
    assertThat(answers).isEmpty();
    assertThat(wait).isLessThanOrEqualTo(WaitingStarts.PATIENCE);

    collector.finished(toEnd.run(), SUCCEEDED, answers::add);
    collector.turn();
    collector.turn();

    assertThat(state(shortRun)).isEqualTo(RunState.SUCCEEDED);
    assertThat(answers).containsExactly(Answer.COMMITTED, Answer.COMMITTED);

    long longRun = trigger(jobs);
    collector.accepted(nodes.next(node).run(), Instant.EPOCH, answers::add);
    Instant heard = clock.instant();
    collector.turn();
    Awaitility.await()
        .until(
            () -> {
              collector.turn();
              return state(longRun) == RunState.RUNNING;
            });

    assertThat(answers).hasSize(3).containsOnly(Answer.COMMITTED);
    assertThat(runs.find(longRun).orElseThrow().times().started().orElseThrow())
        .isBeforeOrEqualTo(heard);
  }

  private RunState state(long run) {
    return runs.find(run).orElseThrow().state();
  }

  private long trigger(TestJobs jobs) {
    TriggerRequest request =
        new TriggerRequest(jobs.key("work"), Map.of(), Trigger.MANUAL, "li", Optional.empty());
    return ((TriggerResult.Created) runs.trigger(request)).run().id();
  }
}
