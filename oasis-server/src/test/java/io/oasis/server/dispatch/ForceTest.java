package io.oasis.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.run.CancelResult;
import io.oasis.server.run.ForceResult;
import io.oasis.server.run.RunReports.Answer;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** People who stop runs and go past rules, and deadlines that meet results. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class ForceTest {
  @Inject TestApp app;
  @Inject Database database;
  @Inject Runs runs;
  @Inject FakeNodes nodes;

  private String node;

  @BeforeEach
  void prepare() {
    node = app.name() + "-node";
  }

  @Test
  @DisplayName("BK6: a manual trigger obeys the job's blocking unless it is forced, and is audited")
  void forcedRun() {
    app.job("one", "schedule: none", "blocking: serial", "retry: {max: 1, backoff: 1s}");
    nodes.connect(node, app.id(), 4);
    long first = app.trigger("one");
    assertThat(nodes.next(node).run().runId()).isEqualTo(first);
    long second = app.trigger("one");
    app.await(second, RunState.QUEUED, "WAITING_SLOT");

    long forced = force("one");
    Assignment beside = nodes.next(node);

    assertThat(beside.run().runId()).isEqualTo(forced);
    nodes.finish(beside.run(), Outcome.FAILED, "exit 1");
    Assignment retry = nodes.next(node);
    assertThat(retry.run().runId()).isEqualTo(forced);
    nodes.finish(retry.run(), Outcome.SUCCEEDED, "");
    app.await(forced, RunState.SUCCEEDED, "");
    assertThat(app.run(second).state()).isEqualTo(RunState.QUEUED);
    assertThat(audited(first)).containsExactly("run.start by li: ");
    assertThat(audited(forced)).containsExactly("run.start by wang: true");
  }

  @Test
  @DisplayName(
      "KL6: a run that does not stop is shown as such and keeps its slot until a person frees it")
  void uncooperative() {
    app.job("stuck", "schedule: none", "blocking: serial", "timeout: {killGrace: 1s}");
    nodes.connect(node, app.id(), 4);
    long id = app.trigger("stuck");
    Assignment running = nodes.next(node);
    nodes.accept(running);
    long next = app.trigger("stuck");
    app.await(next, RunState.QUEUED, "WAITING_SLOT");
    assertThat(runs.forceEnd(id, "wang", Optional.empty()))
        .isInstanceOf(ForceResult.NotStopping.class);
    assertThat(runs.cancel(id, "wang", Optional.of("wrong date")))
        .isInstanceOf(CancelResult.Asked.class);
    assertThat(nodes.nextStop(node)).isEqualTo(running.run());

    app.sql("UPDATE run SET wake_at = now() WHERE id = ?", id);
    app.await(id, RunState.KILLING, "UNCOOPERATIVE");

    assertThat(nodes.nextStop(node)).isEqualTo(running.run());
    assertThat(app.run(id).message().orElseThrow()).contains("wrong date").contains("grace");
    assertThat(app.run(next).state()).isEqualTo(RunState.QUEUED);
    assertThat(runs.forceEnd(id, "wang", Optional.of("host is gone")))
        .isInstanceOf(ForceResult.Ended.class);
    assertThat(nodes.next(node).run().runId()).isEqualTo(next);
    app.await(id, RunState.KILLED, "UNCONFIRMED");
    assertThat(app.run(id).message().orElseThrow()).contains("wang").contains("host is gone");
    assertThat(nodes.finish(running.run(), Outcome.SUCCEEDED, "")).isEqualTo(Answer.FENCED);
    assertThat(audited(id))
        .containsExactly("run.start by li: ", "run.cancel by wang: ", "run.force-end by wang: ");
  }

  @Test
  @DisplayName("KL5: a stop that a node cannot confirm because it went in good order ends the run")
  void nodeWent() {
    app.job("stuck", "schedule: none", "blocking: serial", "timeout: {killGrace: 1s}");
    nodes.connect(node, app.id(), 4);
    long id = app.trigger("stuck");
    nodes.next(node);
    runs.cancel(id, "wang", Optional.of("wrong date"));
    nodes.nextStop(node);

    nodes.leave(node);

    app.await(id, RunState.KILLED, "UNCONFIRMED");
  }

  @Test
  @DisplayName("KL6: a run that does not stop frees its slot when its node confirms after all")
  void confirmedLate() {
    app.job("slow", "schedule: none", "blocking: serial");
    nodes.connect(node, app.id(), 4);
    long id = app.trigger("slow");
    Assignment running = nodes.next(node);
    nodes.accept(running);
    runs.cancel(id, "wang", Optional.empty());
    app.sql("UPDATE run SET wake_at = now() WHERE id = ?", id);
    app.await(id, RunState.KILLING, "UNCOOPERATIVE");

    nodes.finish(running.run(), Outcome.CANCELLED, "stopped");

    app.await(id, RunState.KILLED, "KILL_REQUESTED");
  }

  @Test
  @DisplayName("KL8: a run that is killed while it waits ends CANCELLED and reaches no node")
  void killedWhileQueued() {
    app.job("queued", "schedule: none");
    long id = app.trigger("queued");
    app.await(id, RunState.QUEUED, "NO_EXECUTOR");

    runs.cancel(id, "wang", Optional.empty());
    nodes.connect(node, app.id(), 4);
    nodes.opened(app.id());
    long later = app.trigger("queued");

    assertThat(nodes.next(node).run().runId()).isEqualTo(later);
    app.await(id, RunState.CANCELLED, "KILL_REQUESTED");
    assertThat(audited(id)).containsExactly("run.start by li: ", "run.cancel by wang: ");
  }

  @Test
  @DisplayName("KL1: the total timeout ends a run that waits, and leaves no room for a retry")
  void totalTimeout() {
    app.job("waits", "schedule: none", "timeout: {run: 1s, total: 1s, queue: 1h}");
    app.job(
        "retries",
        "schedule: none",
        "timeout: {run: 10m, total: 10m}",
        "retry: {max: 3, backoff: 1h, cap: 1h}");

    long waits = app.trigger("waits");
    app.await(waits, RunState.TIMED_OUT, "TOTAL_TIMEOUT");
    nodes.connect(node, app.id(), 4);
    long retries = app.trigger("retries");
    nodes.finish(nodes.next(node).run(), Outcome.FAILED, "exit 1");

    app.await(retries, RunState.FAILED, "HANDLER_FAILED");
    assertThat(app.run(retries).message().orElseThrow()).contains("exit 1").contains("total");
  }

  @Test
  @DisplayName("KL3: a result and a deadline that meet make one end, and the other is an event")
  void resultMeetsDeadline() throws Exception {
    app.job("race", "schedule: none", "blocking: {strategy: parallel, max: 9}", "timeout: 1h");
    nodes.connect(node, app.id(), 9);
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      for (int round = 0; round < 5; round++) {
        long id = app.trigger("race");
        Assignment running = nodes.next(node);
        nodes.accept(running);
        var late =
            threads.submit(
                () ->
                    app.sql(
                        "UPDATE run SET deadline_at = now(), wake_at = now() WHERE id = ?", id));
        Answer answer = nodes.finish(running.run(), Outcome.SUCCEEDED, "");
        late.get();

        Awaitility.await()
            .atMost(Duration.ofSeconds(90))
            .until(() -> app.run(id).state().isFinal());
        assertThat(answer).isEqualTo(Answer.COMMITTED);
        assertThat(app.run(id).state()).isIn(RunState.SUCCEEDED, RunState.TIMED_OUT);
        assertThat(ends(id)).isEqualTo(1);
        assertThat(app.events(id).stream().anyMatch(e -> e.startsWith("LATE_RESULT")))
            .isEqualTo(app.run(id).state() == RunState.TIMED_OUT);
      }
    }
  }

  @Test
  @DisplayName("KL2: a success that comes after the deadline ends nothing and is kept as an event")
  void successAfterDeadline() {
    app.job("late", "schedule: none", "timeout: 1s", "retry: {max: 0}");
    nodes.connect(node, app.id(), 1);
    long id = app.trigger("late");
    Assignment running = nodes.next(node);
    nodes.accept(running);
    assertThat(nodes.nextStop(node)).isEqualTo(running.run());

    assertThat(nodes.finish(running.run(), Outcome.SUCCEEDED, "all done"))
        .isEqualTo(Answer.COMMITTED);

    app.await(id, RunState.TIMED_OUT, "RUN_TIMEOUT");
    assertThat(ends(id)).isEqualTo(1);
    assertThat(app.events(id))
        .filteredOn(e -> e.startsWith("LATE_RESULT"))
        .singleElement()
        .asString()
        .contains("SUCCEEDED all done");
  }

  private long force(String job) {
    TriggerRequest request =
        new TriggerRequest(app.key(job), Map.of(), Trigger.MANUAL, "wang", Optional.empty(), true);
    return ((TriggerResult.Created) runs.trigger(request)).run().id();
  }

  /** How often the counts of finished runs have this one. */
  private long ends(long id) {
    return app.events(id).stream()
        .filter(e -> e.startsWith("SUCCEEDED") || e.startsWith("TIMED_OUT"))
        .count();
  }

  private List<String> audited(long id) {
    return database.call(
        tx ->
            tx.query(
                """
                SELECT action || ' by ' || who || ': ' || coalesce(after ->> 'forced', '') AS line
                  FROM audit WHERE object LIKE 'run ' || ? || ' of %' ORDER BY id
                """,
                row -> row.text("line"), Long.toString(id)));
  }
}
