package io.oasis.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.run.RunReports;
import io.oasis.server.run.RunReports.Outcome;
import io.oasis.server.run.RunState;
import io.oasis.server.run.Runs;
import io.oasis.server.run.Trigger;
import io.oasis.server.run.TriggerRequest;
import io.oasis.server.run.TriggerResult;
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
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Runs that wait for a node that is slow, silent or gone. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class WaitingTest {
  @Inject TestApp app;
  @Inject Database database;
  @Inject Runs runs;
  @Inject RunReports reports;
  @Inject FakeNodes nodes;

  private String node;
  private String other;

  @BeforeEach
  void prepare() {
    node = app.name() + "-node-1";
    other = app.name() + "-node-2";
  }

  @Test
  @DisplayName(
      "KL1: each attempt may wait for the whole queue timeout, however long the last one ran")
  void retryWaitsAnew() {
    app.job("long", "schedule: none", "retry: {max: 1, backoff: 2s, jitter: 0}");
    nodes.connect(node, app.id(), 4);
    long id = app.trigger("long");
    Assignment first = nodes.next(node);
    app.sql("UPDATE run SET dispatched_at = now() - interval '5 hours' WHERE id = ?", id);
    nodes.leave(node);
    nodes.finish(first.run(), Outcome.FAILED, "exit 1");

    app.await(id, RunState.QUEUED, "NO_EXECUTOR");
    String looked = wakeAt(id);
    app.sql("UPDATE run SET wake_at = now() WHERE id = ?", id);

    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> app.run(id).state().isFinal() || wakeAt(id).compareTo(looked) > 0);
    app.await(id, RunState.QUEUED, "NO_EXECUTOR");
  }

  @Test
  @DisplayName("FN11: a run that finds no executor within its queue timeout is FAILED(no_executor)")
  void nobodyCame() {
    app.job("alone", "schedule: none", "timeout: {queue: 1h}", "retry: {max: 3, backoff: 1s}");

    long id = app.trigger("alone");
    app.await(id, RunState.QUEUED, "NO_EXECUTOR");
    app.cameEarlier(id, Duration.ofHours(2));

    app.await(id, RunState.FAILED, "NO_EXECUTOR");
    assertThat(app.run(id).attempt()).isEqualTo(1);
  }

  @Test
  @DisplayName("BK5: replace takes the place of a run that waits for its next attempt at once")
  void replaceInBackoff() {
    app.job(
        "newest", "schedule: none", "blocking: replace", "retry: {max: 1, backoff: 1h, cap: 1h}");
    nodes.connect(node, app.id(), 4);
    long old = app.trigger("newest");
    nodes.finish(nodes.next(node).run(), Outcome.FAILED, "exit 1");
    app.await(old, RunState.QUEUED, "BACKOFF");

    long fresh = app.trigger("newest");

    assertThat(nodes.next(node).run().runId()).isEqualTo(fresh);
    app.await(old, RunState.CANCELLED, "REPLACED");
  }

  @Test
  @DisplayName(
      "RT4, FN8: a member that its node has lost ends, and with the last one the broadcast")
  void lostMember() {
    app.job("everywhere", "schedule: none", "routing: broadcast");
    nodes.connect(node, app.id(), 1);
    long id = app.trigger("everywhere");
    nodes.accept(nodes.next(node));

    reports.reconcile(node, List.of());

    app.await(id, RunState.FAILED, "MEMBERS_FAILED");
    assertThat(app.run(id).message().orElseThrow()).contains("came back without it");
  }

  @Test
  @DisplayName("KL2: a broadcast that is too long ends although one member never answered")
  void silentMember() {
    app.job("silent", "schedule: none", "routing: broadcast", "timeout: 1s");
    nodes.connect(node, app.id(), 1);
    nodes.connect(other, app.id(), 1);
    long id = app.trigger("silent");
    Assignment here = nodes.next(node);
    nodes.next(other);
    nodes.accept(here);
    assertThat(nodes.nextStop(node)).isEqualTo(here.run());
    nodes.finish(here.run(), Outcome.CANCELLED, "terminated");

    app.sql("UPDATE attempt SET dispatched_at = now() - interval '1 hour' WHERE run_id = ?", id);
    app.sql("UPDATE run SET wake_at = now() WHERE id = ?", id);

    app.await(id, RunState.TIMED_OUT, "RUN_TIMEOUT");
  }

  @Test
  @DisplayName(
      "LG10: of two triggers with one key in one moment, the later gets the run of the other")
  void sameKeyAtOnce() throws Exception {
    app.job("keyed", "schedule: none", "blocking: {strategy: parallel, max: 100}");
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int round = 0; round < 5; round++) {
        String key = "key-" + round;
        CyclicBarrier together = new CyclicBarrier(4);
        List<Future<TriggerResult>> asked = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          asked.add(
              threads.submit(
                  () -> {
                    together.await();
                    return runs.trigger(request("keyed", Optional.of(key)));
                  }));
        }
        int created = 0;
        for (Future<TriggerResult> answer : asked) {
          if (answer.get(90, TimeUnit.SECONDS) instanceof TriggerResult.Created) {
            created++;
          }
        }
        assertThat(created).isEqualTo(1);
      }
    }
  }

  private TriggerRequest request(String job, Optional<String> key) {
    return new TriggerRequest(app.key(job), Map.of(), Trigger.MANUAL, "li", key);
  }

  private String wakeAt(long id) {
    return database.call(
        tx ->
            tx.one(
                "SELECT coalesce(wake_at, now())::text AS at FROM run WHERE id = ?",
                row -> row.text("at"),
                id));
  }
}
