package io.oasis.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.Assignment;
import io.oasis.server.dispatch.FakeNodes;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.dispatch.TestJobs;
import io.oasis.server.loop.EndOfServer;
import io.oasis.server.loop.Shutdown;
import io.oasis.server.run.RunReports.Answer;
import io.oasis.server.run.RunReports.Finish;
import io.oasis.server.run.RunReports.Outcome;
import io.oasis.server.time.DatabaseClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What nodes say while their server ends. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class LastReportsTest {
  @Inject Applier applier;
  @Inject Database database;
  @Inject DatabaseClock clock;
  @Inject LedgerStore store;
  @Inject Ledger ledger;
  @Inject QuickReports quick;
  @Inject LockedReports locked;
  @Inject NodeReturn returns;
  @Inject Runs runs;
  @Inject FakeNodes nodes;

  @Test
  @DisplayName("what nodes said last is written and answered before the server's leases go")
  void flushedWhileDraining() {
    TestJobs jobs = new TestJobs(applier, database);
    jobs.job("work", "schedule: none");
    String node = jobs.app() + "-node";
    nodes.connect(node, jobs.appId(), 1);
    TriggerResult.Created made =
        (TriggerResult.Created)
            runs.trigger(
                new TriggerRequest(
                    jobs.key("work"), Map.of(), Trigger.MANUAL, "li", Optional.empty()));
    Assignment running = nodes.next(node);
    nodes.accept(running);
    // Its loop does not run: what it heard is written by its end, or not at all.
    ReportCollector ending =
        new ReportCollector(database, clock, store, ledger, quick, locked, returns);
    Shutdown shutdown = new Shutdown();
    ending.endWithServer(null, shutdown);
    List<RunState> whenLeasesGo = new ArrayList<>();
    shutdown.register(
        Shutdown.Phase.RELEASE_LEASES,
        "look",
        () -> whenLeasesGo.add(runs.find(made.run().id()).orElseThrow().state()));
    List<Answer> answers = new ArrayList<>();
    ending.finished(running.run(), succeeded(), answers::add);
    assertThat(runs.find(made.run().id()).orElseThrow().state()).isEqualTo(RunState.RUNNING);

    EndOfServer.run(shutdown);

    assertThat(answers).containsExactly(Answer.COMMITTED);
    assertThat(whenLeasesGo).containsExactly(RunState.SUCCEEDED);
  }

  private static Finish succeeded() {
    return new Finish(
        Outcome.SUCCEEDED,
        "",
        Optional.empty(),
        true,
        Instant.EPOCH,
        Instant.EPOCH.plusMillis(5),
        0);
  }
}
