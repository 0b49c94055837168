package io.oasis.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.SourceFile;
import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.apply.ApplyOptions;
import io.oasis.server.apply.ApplyOutcome;
import io.oasis.server.apply.ApplyRequest;
import io.oasis.server.apply.OwnerRule;
import io.oasis.server.database.Database;
import io.oasis.server.identity.Reach;
import io.oasis.server.job.JobDraft;
import io.oasis.server.run.RunState;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class PrunedRunsTest {
  @Inject Applier applier;
  @Inject Runs runs;
  @Inject FakeNodes nodes;
  @Inject Database database;

  private final String app = "app-" + UUID.randomUUID().toString().substring(0, 8);
  private final String node = app + "-node";

  @BeforeEach
  void connect() {
    apply(job("1m"), Optional.empty(), false);
    nodes.connect(
        node,
        database.call(
            tx -> tx.one("SELECT id FROM app WHERE name = ?", r -> r.longNumber("id"), app)),
        4);
  }

  private static String job(String timeout) {
    return """
    ---
    apiVersion: oasis/v1
    kind: Job
    metadata: {app: APP, name: a}
    spec: {handler: work, schedule: none, timeout: %s}
    """
        .formatted(timeout);
  }

  private ApplyOutcome.Applied apply(
      String jobs, Optional<ApplyOptions.Prune> prune, boolean kill) {
    String text =
        "apiVersion: oasis/v1\nkind: App\nmetadata: {name: APP}\n".concat(jobs).replace("APP", app);
    ApplyOutcome outcome =
        applier.apply(
            new ApplyRequest(
                List.of(new SourceFile("a.yaml", text.getBytes(StandardCharsets.UTF_8))),
                new JobDraft.Origin(
                    "wang", "wang", Optional.of(app), Optional.empty(), Optional.empty()),
                new Reach.Everything(),
                Duration.ofDays(1),
                new ApplyOptions(OwnerRule.RESPECT, prune, kill, Optional.empty())));
    assertThat(outcome).isInstanceOf(ApplyOutcome.Applied.class);
    return (ApplyOutcome.Applied) outcome;
  }

  private ApplyOutcome.Ended prune(boolean kill) {
    ApplyOutcome.Applied applied =
        apply("", Optional.of(new ApplyOptions.Prune(false, Optional.of(1))), kill);
    assertThat(applied.ended()).hasSize(1);
    return applied.ended().values().iterator().next();
  }

  private long trigger() {
    return ((TriggerResult.Created)
            runs.trigger(
                new TriggerRequest(
                    new JobKey(app, "a"), Map.of(), Trigger.API, "wang", Optional.empty())))
        .run()
        .id();
  }

  private RunState state(long run) {
    return runs.find(run).orElseThrow().state();
  }

  @Test
  @DisplayName("GO3: pruning a job cancels what waits, and what runs finishes")
  void runningFinishes() {
    long running = trigger();
    Assignment assignment = nodes.next(node);
    nodes.accept(assignment);
    long waiting = trigger();

    ApplyOutcome.Ended ended = prune(false);

    assertThat(ended).isEqualTo(new ApplyOutcome.Ended(1, List.of(running)));
    assertThat(state(waiting)).isEqualTo(RunState.CANCELLED);
    assertThat(runs.find(waiting).orElseThrow().reason()).contains("JOB_DELETED");
    assertThat(state(running)).isEqualTo(RunState.RUNNING);
    nodes.finish(assignment.run(), io.oasis.server.run.RunReports.Outcome.SUCCEEDED, "");
    assertThat(state(running)).isEqualTo(RunState.SUCCEEDED);
  }

  @Test
  @DisplayName("GO3: pruning a job with kill stops what runs as well")
  void runningIsKilled() {
    long running = trigger();
    Assignment assignment = nodes.next(node);
    nodes.accept(assignment);

    prune(true);

    assertThat(state(running)).isEqualTo(RunState.KILLING);
    assertThat(nodes.nextStop(node).runId()).isEqualTo(running);
  }

  @Test
  @DisplayName("GO1: a run that is under way keeps the revision that it was made with")
  void keepsItsRevision() {
    long running = trigger();
    nodes.accept(nodes.next(node));
    long waiting = trigger();

    apply(job("2m"), Optional.empty(), false);

    assertThat(runs.find(running).orElseThrow().revision()).isEqualTo(1);
    assertThat(runs.find(waiting).orElseThrow().revision()).isEqualTo(1);
    assertThat(runs.find(trigger()).orElseThrow().revision()).isEqualTo(2);
  }
}
