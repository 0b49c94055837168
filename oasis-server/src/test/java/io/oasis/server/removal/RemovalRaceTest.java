package io.oasis.server.removal;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.app.App;
import io.oasis.server.app.Apps;
import io.oasis.server.app.NodeAnnouncement;
import io.oasis.server.app.NodeRegistry;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.dispatch.TestJobs;
import io.oasis.server.run.Runs;
import io.oasis.server.run.Trigger;
import io.oasis.server.run.TriggerRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;

/** An app that goes in the very moment in which something joins it. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class RemovalRaceTest {
  private static final String LEFT =
      """
      SELECT (SELECT count(*) FROM job j JOIN app a ON a.id = j.app_id
               WHERE a.name = ? AND a.deleted_at IS NOT NULL AND j.deleted_at IS NULL)
           + (SELECT count(*) FROM node n JOIN app a ON a.id = n.app_id
               WHERE a.name = ? AND a.deleted_at IS NOT NULL)
           + (SELECT count(*) FROM run r JOIN app a ON a.id = r.app_id
               WHERE a.name = ? AND a.deleted_at IS NOT NULL
                 AND r.state IN ('QUEUED', 'DISPATCHED', 'RUNNING', 'KILLING')) AS n""";

  @Inject Applier applier;
  @Inject Database database;
  @Inject AppRemoval removal;
  @Inject Apps apps;
  @Inject NodeRegistry nodes;
  @Inject Runs runs;

  private TestJobs jobs;

  @BeforeEach
  void app() {
    jobs = new TestJobs(applier, database);
  }

  @RepeatedTest(5)
  @DisplayName(
      "FN2: a job applied, due or run by hand and a node that connects meet the removal: nothing is left")
  void nothingIsLeft() throws Exception {
    jobs.job("due", "schedule: {fixedRate: 1s}");
    jobs.job("again", "schedule: {fixedDelay: 1s}");
    App app = apps.find(jobs.app()).orElseThrow();
    CyclicBarrier together = new CyclicBarrier(5);
    try (ExecutorService threads = Executors.newFixedThreadPool(5)) {
      List<Future<?>> all = new ArrayList<>();
      all.add(threads.submit(() -> after(together, () -> jobs.job("new", "schedule: none"))));
      all.add(threads.submit(() -> after(together, () -> jobs.job("late", "schedule: none"))));
      all.add(threads.submit(() -> after(together, () -> runs.trigger(byHand()))));
      all.add(
          threads.submit(
              () ->
                  after(together, () -> nodes.connect(announcement(app), Duration.ofSeconds(15)))));
      all.add(
          threads.submit(
              () ->
                  after(together, () -> removal.force(jobs.app(), new Force(true, false), "kim"))));
      for (Future<?> one : all) {
        one.get();
      }
    }

    assertThat(
            database.<Long>call(
                tx -> tx.one(LEFT, row -> row.longNumber("n"), jobs.app(), jobs.app(), jobs.app())))
        .isZero();
  }

  private TriggerRequest byHand() {
    return new TriggerRequest(jobs.key("due"), Map.of(), Trigger.MANUAL, "li", Optional.empty());
  }

  private static void after(CyclicBarrier together, Runnable work) {
    try {
      together.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    work.run();
  }

  private static NodeAnnouncement announcement(App app) {
    return new NodeAnnouncement(
        app.name() + "-node",
        app.id(),
        "127.0.0.1:1",
        "test/1",
        "",
        new NodeAnnouncement.Traits(Map.of(), List.of("work"), 1),
        false);
  }
}
