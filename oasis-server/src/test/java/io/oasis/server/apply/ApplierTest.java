package io.oasis.server.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.SourceFile;
import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.identity.Reach;
import io.oasis.server.job.Job;
import io.oasis.server.job.JobDraft;
import io.oasis.server.job.JobRevision;
import io.oasis.server.job.Jobs;
import io.oasis.server.run.RunFilter;
import io.oasis.server.run.RunState;
import io.oasis.server.run.RunView;
import io.oasis.server.run.Runs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ApplierTest {
  @Inject Applier applier;
  @Inject Jobs jobs;
  @Inject Runs runs;
  @Inject Database database;

  private ApplyOutcome apply(String content) {
    return applier.apply(
        new ApplyRequest(
            List.of(new SourceFile("a.yaml", content.getBytes(StandardCharsets.UTF_8))),
            new JobDraft.Origin(
                "wang", "Li", Optional.of("infra"), Optional.of("c1"), Optional.of("ci-7")),
            new Reach.Everything(),
            Duration.ofDays(7)));
  }

  private static String manifest(String app, String schedule, String timeout) {
    return """
    apiVersion: oasis/v1
    kind: App
    metadata: {name: %s}
    ---
    apiVersion: oasis/v1
    kind: Job
    metadata: {app: %s, name: a}
    spec: {handler: h, schedule: %s, timeout: %s}
    """
        .formatted(app, app, schedule, timeout);
  }

  private List<String> audit(String object) {
    return database.call(
        tx ->
            tx.query(
                "SELECT who, action, before::text AS before, after::text AS after FROM audit"
                    + " WHERE object = ? ORDER BY id",
                row ->
                    row.text("who")
                        + " "
                        + row.text("action")
                        + " "
                        + row.text("before")
                        + " "
                        + row.text("after"),
                object));
  }

  private void spend(String app) {
    database.run(
        tx ->
            tx.update(
                "DELETE FROM job_fire USING job j JOIN app a ON a.id = j.app_id"
                    + " WHERE job_uid = j.uid AND a.name = ?",
                app));
  }

  private Job job(String app) {
    return jobs.find(new JobKey(app, "a")).orElseThrow().job();
  }

  @Test
  @DisplayName("a change keeps who made it, from where, and what differed")
  void origin() {
    apply(manifest("origin", "{fixedRate: 1h}", "10m"));
    apply(manifest("origin", "{fixedRate: 1h}", "20m"));

    List<JobRevision> revisions = jobs.revisions(new JobKey("origin", "a")).orElseThrow();
    assertThat(revisions).extracting(JobRevision::revision).containsExactly(2, 1);
    assertThat(revisions.get(0).author()).isEqualTo("Li");
    assertThat(revisions.get(0).commit()).contains("c1");
    assertThat(job("origin").history().updatedBy()).isEqualTo("wang");
    assertThat(audit("job origin/a"))
        .satisfiesExactly(
            created -> assertThat(created).startsWith("wang job.create null {"),
            changed ->
                assertThat(changed)
                    .isEqualTo(
                        "wang job.change {\"timeout.run\": \"10m\"} {\"timeout.run\": \"20m\"}"));
  }

  @Test
  @DisplayName("CU11 a one-time job that ran is not made live by a change of something else")
  void spentStaysSpent() {
    apply(manifest("spent", "{at: \"2100-01-01T00:00:00Z\"}", "10m"));
    spend("spent");
    apply(manifest("spent", "{at: \"2100-01-01T00:00:00Z\"}", "20m"));
    assertThat(job("spent").state()).isEqualTo(Job.State.DONE);
    assertThat(job("spent").nextFireAt()).isEmpty();
    apply(manifest("spent", "{at: \"2101-01-01T00:00:00Z\"}", "20m"));
    assertThat(job("spent").nextFireAt()).contains(Instant.parse("2101-01-01T00:00:00Z"));
  }

  @Test
  @DisplayName("GO1 what the engine wrote since stays when the schedule does not change")
  void engineKeepsItsWord() {
    apply(manifest("engine", "{fixedDelay: 1h}", "10m"));
    database.run(
        tx ->
            tx.update(
                "UPDATE job_fire SET next_fire_at = '2100-05-05T00:00:00Z'"
                    + " FROM job j JOIN app a ON a.id = j.app_id"
                    + " WHERE job_uid = j.uid AND a.name = 'engine'"));
    apply(manifest("engine", "{fixedDelay: 1h}", "20m"));
    assertThat(job("engine").nextFireAt()).contains(Instant.parse("2100-05-05T00:00:00Z"));
  }

  private void offSince(String app, String interval) {
    database.run(
        tx ->
            tx.update(
                """
                UPDATE job_term SET asked_at = now() - ?::interval, since = now() - ?::interval,
                       withdrawn_at = NULL
                 WHERE state = 'OFF' AND job_uid IN (
                   SELECT j.uid FROM job j JOIN app a ON a.id = j.app_id WHERE a.name = ?)
                """,
                interval,
                interval,
                app));
  }

  private List<RunView> ledger(String app) {
    return runs.list(RunFilter.ofJob(new JobKey(app, "a")), 10, Optional.empty()).runs();
  }

  @Test
  @DisplayName("CU6 what passed while a job was off is one row, whoever switches it on again")
  void pause() {
    for (String app : List.of("pause-hand", "pause-file")) {
      String on = manifest(app, "{cron: \"* * * * *\"}", "10m");
      apply(on);
      if (app.equals("pause-hand")) {
        jobs.disable(new JobKey(app, "a"), "wang", Optional.empty());
        offSince(app, "10 minutes");
        jobs.enable(new JobKey(app, "a"), "wang", Optional.empty());
      } else {
        apply(on.replace("handler: h", "handler: h, enabled: false"));
        offSince(app, "10 minutes");
        apply(on);
      }
      assertThat(ledger(app))
          .filteredOn(run -> run.state() == RunState.SKIPPED)
          .singleElement()
          .satisfies(
              run -> {
                assertThat(run.reason()).contains("DISABLED");
                // Eleven when a minute begins in the middle of the test.
                assertThat(run.stretch().orElseThrow().count()).isBetween(10L, 11L);
              });
      assertThat(job(app).nextFireAt()).isPresent();
    }
  }

  @Test
  @DisplayName("applies at the same moment take turns: each change is a revision of its own")
  void turns() throws InterruptedException, ExecutionException {
    apply(manifest("turns", "none", "1m"));
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<ApplyOutcome>> outcomes =
          IntStream.rangeClosed(2, 17)
              .mapToObj(
                  minute -> threads.submit(() -> apply(manifest("turns", "none", minute + "m"))))
              .toList();
      for (Future<ApplyOutcome> outcome : outcomes) {
        assertThat(outcome.get()).isInstanceOf(ApplyOutcome.Applied.class);
      }
    }
    assertThat(jobs.revisions(new JobKey("turns", "a")).orElseThrow())
        .extracting(JobRevision::revision)
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 17).map(i -> 18 - i).boxed().toList());
    assertThat(job("turns").revision()).isEqualTo(17);
  }
}
