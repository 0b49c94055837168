package io.oasis.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.SourceFile;
import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.apply.ApplyOutcome;
import io.oasis.server.apply.ApplyRequest;
import io.oasis.server.database.Database;
import io.oasis.server.identity.Reach;
import io.oasis.server.job.JobDraft;
import io.oasis.server.job.Jobs;
import io.oasis.server.run.CancelResult;
import io.oasis.server.run.RerunRequest;
import io.oasis.server.run.RerunResult;
import io.oasis.server.run.RunFilter;
import io.oasis.server.run.RunReports.Answer;
import io.oasis.server.run.RunReports.Outcome;
import io.oasis.server.run.RunState;
import io.oasis.server.run.RunView;
import io.oasis.server.run.Runs;
import io.oasis.server.run.Trigger;
import io.oasis.server.run.TriggerRequest;
import io.oasis.server.run.TriggerResult;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** From a job to its final runs, on a real database, with nodes that do what the test says. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class EngineTest {
  @Inject Applier applier;
  @Inject Jobs jobs;
  @Inject Runs runs;
  @Inject FakeNodes nodes;
  @Inject Database database;

  private final String app = "app-" + UUID.randomUUID().toString().substring(0, 8);
  private final String node = app + "-node-1";
  private final String other = app + "-node-2";

  @BeforeEach
  void app() {
    apply("");
    nodes.connect(node, appId(), 4);
  }

  @Test
  @DisplayName("TM3, FN1: a scheduled time becomes one run that starts at or after it")
  void scheduledRun() {
    // However late the second time is claimed, it runs: else it might be coalesced into a later
    // one.
    job("tick", "schedule: {fixedRate: 1s}", "misfire: {policy: all, max: 100}");

    Assignment first = nodes.next(node);
    nodes.accept(first);
    nodes.finish(first.run(), Outcome.SUCCEEDED, "");
    Assignment second = nodes.next(node);
    jobs.disable(new JobKey(app, "tick"), "test", Optional.empty());

    RunView run = run(first.run().runId());
    assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(run.times().lateness().orElseThrow()).isGreaterThanOrEqualTo(Duration.ZERO);
    assertThat(Duration.between(first.run().nominalAt(), second.run().nominalAt()))
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  @DisplayName("CU9: a fixed delay counts from the end of the run")
  void fixedDelay() {
    job("delayed", "schedule: {fixedDelay: 1s}", "");

    Assignment first = nodes.next(node);
    nodes.accept(first);
    nodes.finish(first.run(), Outcome.FAILED, "exit 1");
    Assignment second = nodes.next(node);

    assertThat(second.run().nominalAt())
        .isEqualTo(run(first.run().runId()).times().finished().orElseThrow().plusSeconds(1));
  }

  @Test
  @DisplayName("BK1: serial runs follow each other in the order of their times")
  void serialRunsWait() {
    job("one-by-one", "schedule: none", "blocking: serial");

    long first = trigger("one-by-one");
    long second = trigger("one-by-one");
    long third = trigger("one-by-one");
    Assignment running = nodes.next(node);
    assertThat(running.run().runId()).isEqualTo(first);
    await(second, RunState.QUEUED, "WAITING_SLOT");
    await(third, RunState.QUEUED, "WAITING_SLOT");
    assertThat(nodes.idle(node)).isTrue();
    nodes.accept(running);
    nodes.finish(running.run(), Outcome.SUCCEEDED, "");

    Assignment next = nodes.next(node);
    assertThat(next.run().runId()).isEqualTo(second);
    nodes.finish(next.run(), Outcome.SUCCEEDED, "");
    assertThat(nodes.next(node).run().runId()).isEqualTo(third);
  }

  @Test
  @DisplayName("BK3: discard skips the new run, and that is no failure")
  void discard() {
    job("no-overlap", "schedule: none", "blocking: discard");

    trigger("no-overlap");
    nodes.next(node);
    long second = trigger("no-overlap");

    await(second, RunState.SKIPPED, "BLOCKED");
  }

  @Test
  @DisplayName("BK4: parallel runs at most so many at once")
  void parallel() {
    job("some", "schedule: none", "blocking: {strategy: parallel, max: 2}");

    trigger("some");
    trigger("some");
    long third = trigger("some");
    Assignment first = nodes.next(node);
    nodes.next(node);
    await(third, RunState.QUEUED, "WAITING_SLOT");
    nodes.finish(first.run(), Outcome.SUCCEEDED, "");

    assertThat(nodes.next(node).run().runId()).isEqualTo(third);
  }

  @Test
  @DisplayName("BK5: replace starts the new run only after the old one's stop is confirmed")
  void replace() {
    job("newest", "schedule: none", "blocking: replace");

    long old = trigger("newest");
    Assignment running = nodes.next(node);
    nodes.accept(running);
    long fresh = trigger("newest");
    assertThat(nodes.nextStop(node)).isEqualTo(running.run());
    await(fresh, RunState.QUEUED, "WAITING_SLOT");
    assertThat(nodes.idle(node)).isTrue();
    nodes.finish(running.run(), Outcome.CANCELLED, "");

    assertThat(nodes.next(node).run().runId()).isEqualTo(fresh);
    await(old, RunState.KILLED, "REPLACED");
    assertThat(run(fresh).times().dispatched().orElseThrow())
        .isAfterOrEqualTo(run(old).times().finished().orElseThrow());
  }

  @Test
  @DisplayName("BK7, BK9: a failed attempt is repeated after its backoff, and holds its slot")
  void retry() {
    job("flaky", "schedule: none", "retry: {max: 1, backoff: 1s, jitter: 0}");

    long id = trigger("flaky");
    Assignment first = nodes.next(node);
    nodes.finish(first.run(), Outcome.FAILED, "exit 1");
    long waiting = trigger("flaky");
    Assignment second = nodes.next(node);

    assertThat(second.run().runId()).isEqualTo(id);
    assertThat(second.run().attempt()).isEqualTo(2);
    assertThat(second.run().epoch()).isGreaterThan(first.run().epoch());
    assertThat(run(waiting).state()).isEqualTo(RunState.QUEUED);
    nodes.finish(second.run(), Outcome.SUCCEEDED, "");
    await(id, RunState.SUCCEEDED, "");
    assertThat(runs.trace(id).orElseThrow().attempts())
        .hasSize(2)
        .allSatisfy(attempt -> assertThat(attempt.nodeWhy().orElse("")).contains("slots free"));
  }

  @Test
  @DisplayName("FN4: a result under an old epoch is fenced and changes nothing")
  void oldEpochIsFenced() {
    job("fenced", "schedule: none", "retry: {max: 1, backoff: 1s}");
    long id = trigger("fenced");
    Assignment first = nodes.next(node);
    nodes.finish(first.run(), Outcome.FAILED, "exit 1");
    nodes.next(node);

    Answer answer = nodes.finish(first.run(), Outcome.SUCCEEDED, "");

    assertThat(answer).isEqualTo(Answer.FENCED);
    assertThat(run(id).state()).isEqualTo(RunState.DISPATCHED);
  }

  @Test
  @DisplayName("KL1, KL2: a run that is too long is asked to stop and ends TIMED_OUT")
  void timeout() {
    job("slow", "schedule: none", "timeout: 1s");
    long id = trigger("slow");
    Assignment running = nodes.next(node);
    nodes.accept(running);

    assertThat(nodes.nextStop(node)).isEqualTo(running.run());
    nodes.finish(running.run(), Outcome.CANCELLED, "terminated");

    await(id, RunState.TIMED_OUT, "RUN_TIMEOUT");
  }

  @Test
  @DisplayName("KL4, KL8: killing one run leaves the others of its job alone")
  void killIsPerRun() {
    job("many", "schedule: none", "blocking: {strategy: parallel, max: 1}");
    long first = trigger("many");
    Assignment running = nodes.next(node);
    nodes.accept(running);
    long second = trigger("many");
    long third = trigger("many");
    await(third, RunState.QUEUED, "WAITING_SLOT");

    assertThat(runs.cancel(second, "wang", Optional.empty()))
        .isInstanceOf(CancelResult.Asked.class);
    assertThat(runs.cancel(first, "wang", Optional.of("too slow")))
        .isInstanceOf(CancelResult.Asked.class);

    assertThat(run(second).state()).isEqualTo(RunState.CANCELLED);
    assertThat(run(first).state()).isEqualTo(RunState.KILLING);
    assertThat(nodes.nextStop(node)).isEqualTo(running.run());
    nodes.finish(running.run(), Outcome.CANCELLED, "");
    await(first, RunState.KILLED, "KILL_REQUESTED");
    assertThat(nodes.next(node).run().runId()).isEqualTo(third);
  }

  @Test
  @DisplayName(
      "RT3, RT4: a broadcast is over when all its members are, and says how many succeeded")
  void broadcast() {
    nodes.connect(other, appId(), 1);
    job("everywhere", "schedule: none", "routing: broadcast");

    long id = trigger("everywhere");
    Assignment here = nodes.next(node);
    Assignment there = nodes.next(other);
    assertThat(here.memberCount()).isEqualTo(2);
    assertThat(List.of(here.run().member(), there.run().member())).containsExactlyInAnyOrder(1, 2);
    nodes.accept(here);
    nodes.finish(here.run(), Outcome.SUCCEEDED, "");
    assertThat(run(id).state()).isEqualTo(RunState.RUNNING);
    nodes.finish(there.run(), Outcome.FAILED, "exit 3");

    await(id, RunState.FAILED, "MEMBERS_FAILED");
    assertThat(run(id).message().orElseThrow()).contains("1 of 2 members").contains("exit 3");
  }

  @Test
  @DisplayName("FN11: a run without an executor waits and says so")
  void noExecutor() {
    String lonely = "app-" + UUID.randomUUID().toString().substring(0, 8);
    apply(
        lonely,
        """
        ---
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: %s, name: alone}
        spec: {schedule: none, handler: work}
        """
            .formatted(lonely));

    long id = created(new JobKey(lonely, "alone"), Optional.empty());

    await(id, RunState.QUEUED, "NO_EXECUTOR");
  }

  @Test
  @DisplayName("LG9: a run again has the old run's params and points to it")
  void rerun() {
    job("again", "schedule: none", "params: {a: '1', b: '2'}");
    TriggerResult result =
        runs.trigger(
            new TriggerRequest(
                new JobKey(app, "again"), Map.of("b", "3"), Trigger.API, "li", Optional.empty()));
    long id = ((TriggerResult.Created) result).run().id();
    nodes.finish(nodes.next(node).run(), Outcome.SUCCEEDED, "");

    RunView again =
        ((RerunResult.Created) runs.rerun(new RerunRequest(id, "wang", false, Optional.empty())))
            .run();

    assertThat(again.rerunOf()).contains(id);
    assertThat(nodes.next(node).params()).isEqualTo(Map.of("a", "1", "b", "3"));
  }

  @Test
  @DisplayName("LG10: two triggers with one idempotency key are one run")
  void idempotencyKey() {
    job("once", "schedule: none", "");
    JobKey key = new JobKey(app, "once");

    long first = created(key, Optional.of("k-1"));
    TriggerResult second =
        runs.trigger(new TriggerRequest(key, Map.of(), Trigger.API, "li", Optional.of("k-1")));

    assertThat(second).isInstanceOf(TriggerResult.SeenBefore.class);
    assertThat(((TriggerResult.SeenBefore) second).run().id()).isEqualTo(first);
    assertThat(runs.list(RunFilter.ofJob(key), 10, Optional.empty()).runs()).hasSize(1);
  }

  private long trigger(String job) {
    return created(new JobKey(app, job), Optional.empty());
  }

  private long created(JobKey job, Optional<String> key) {
    TriggerResult result =
        runs.trigger(new TriggerRequest(job, Map.of(), Trigger.MANUAL, "li", key));
    assertThat(result).isInstanceOf(TriggerResult.Created.class);
    return ((TriggerResult.Created) result).run().id();
  }

  private RunView run(long id) {
    return runs.find(id).orElseThrow();
  }

  /** Looks until the run stands there; what it is waiting for happens on other threads. */
  private void await(long id, RunState state, String reason) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> {
              assertThat(run(id).state()).isEqualTo(state);
              assertThat(run(id).reason().orElse("")).isEqualTo(reason);
            });
  }

  private void job(String name, String schedule, String more) {
    apply(
        app,
        """
        ---
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: %s, name: %s}
        spec:
          handler: work
          %s
          %s
        """
            .formatted(app, name, schedule, more.isEmpty() ? "enabled: true" : more));
  }

  private void apply(String more) {
    apply(app, more);
  }

  private void apply(String name, String more) {
    String text =
        """
        apiVersion: oasis/v1
        kind: App
        metadata: {name: %s}
        """
                .formatted(name)
            + more;
    ApplyOutcome outcome =
        applier.apply(
            new ApplyRequest(
                List.of(new SourceFile("test.yaml", text.getBytes(StandardCharsets.UTF_8))),
                origin(),
                new Reach.Everything(),
                Duration.ofDays(1)));
    assertThat(outcome).isInstanceOf(ApplyOutcome.Applied.class);
  }

  private static JobDraft.Origin origin() {
    return new JobDraft.Origin(
        "test", "test", Optional.empty(), Optional.empty(), Optional.empty());
  }

  private long appId() {
    return database.call(
        tx -> tx.one("SELECT id FROM app WHERE name = ?", r -> r.longNumber("id"), app));
  }
}
