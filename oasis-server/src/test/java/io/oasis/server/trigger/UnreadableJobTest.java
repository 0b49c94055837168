package io.oasis.server.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.apply.Exporter;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.dispatch.TestJobs;
import io.oasis.server.identity.Reach;
import io.oasis.server.job.Job;
import io.oasis.server.job.JobDetail;
import io.oasis.server.job.JobFilter;
import io.oasis.server.job.Jobs;
import io.oasis.server.job.LabelSelector;
import io.oasis.server.verify.Finding;
import io.oasis.server.verify.Verification;
import io.oasis.server.verify.VerifyOutcome;
import io.oasis.server.verify.VerifyRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Jobs whose stored spec cannot be read, and what the ledger says of jobs that cannot fire. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class UnreadableJobTest {
  /** So long that the time after the newest does not come while a test runs. */
  private static final Duration PERIOD = Duration.ofMinutes(20);

  private static final Duration LONG = Duration.ofSeconds(90);

  @Inject Applier applier;
  @Inject Exporter exporter;
  @Inject Database database;
  @Inject Jobs jobs;
  @Inject Verification verification;

  private TestJobs app;
  private Instant newest;
  private String regularly;

  @BeforeEach
  void app() {
    app = new TestJobs(applier, database);
    newest =
        database.call(
            tx -> tx.one("SELECT date_trunc('second', now()) AS at", row -> row.instant("at")));
    regularly =
        "schedule: {fixedRate: 20m, anchor: %s}".formatted(newest.minus(PERIOD.multipliedBy(100)));
  }

  @AfterEach
  void cure() {
    database.run(
        tx -> {
          tx.update("DROP TRIGGER IF EXISTS poison_job_row ON run");
          tx.update("DROP FUNCTION IF EXISTS poison_job_row()");
        });
  }

  @Test
  @DisplayName("a job whose stored spec cannot be read is shown, listed and exported as such")
  void shown() {
    long uid = app.job("broken", "schedule: none", "params: {password: hunter2}");
    corrupt(uid, "{\"handler\": 7, \"params\": {\"password\": \"hunter2\"}}");

    JobDetail found = jobs.find(app.key("broken")).orElseThrow();
    String manifest = jobs.export(app.key("broken")).orElseThrow();
    List<Exporter.Item> exported =
        exporter.page(only(), 10, Optional.empty()).orElseThrow().items();

    assertThat(found.unreadable().orElseThrow().advice())
        .contains("revision 99")
        .contains("`schedule` is missing")
        .contains("apply the job's manifest again");
    assertThat(jobs.list(only(), 10, Optional.empty()).orElseThrow().jobs()).hasSize(1);
    assertThat(manifest).contains("cannot be read").contains("\"handler\":7");
    assertThat(exported).extracting(Exporter.Item::yaml).contains(manifest);
    assertThat(manifest).doesNotContain("hunter2");
  }

  @Test
  @DisplayName("what is stored may be no mapping at all")
  void noMapping() {
    long uid = app.job("broken", "schedule: none");
    corrupt(uid, "[]");

    assertThat(jobs.find(app.key("broken")).orElseThrow().unreadable()).isPresent();
    assertThat(jobs.revisions(app.key("broken")).orElseThrow()).hasSize(2);
    assertThat(jobs.delete(app.key("broken"), "wang")).isInstanceOf(Jobs.Deleted.Done.class);
  }

  @Test
  @DisplayName("a job that was switched off because nobody can read it: apply it, then enable it")
  void runbook() {
    long uid = app.job("broken", regularly);
    corrupt(uid, "{\"handler\": 7}");
    due(uid, 3);
    Awaitility.await().atMost(LONG).until(() -> state() == Job.State.OFF);

    Jobs.Switched early = jobs.enable(app.key("broken"), "wang", Optional.empty());
    app.job("broken", regularly);
    Job.State applied = state();
    jobs.enable(app.key("broken"), "wang", Optional.empty());

    assertThat(early).isInstanceOf(Jobs.Switched.Unreadable.class);
    assertThat(applied).isEqualTo(Job.State.OFF);
    JobDetail mended = jobs.find(app.key("broken")).orElseThrow();
    assertThat(mended.unreadable()).isEmpty();
    assertThat(mended.job().revision()).isEqualTo(100);
    assertThat(mended.job().nextFireAt()).isPresent();
    assertThat(audited()).containsExactly("oasis job.disable", "wang job.enable");
    assertThat(findings()).isEmpty();
  }

  @Test
  @DisplayName("applying a job that nobody can read mends it while it is on and due")
  void applyWhileDue() {
    long uid = app.job("broken", "schedule: {fixedRate: 1h}", "enabled: false");
    database.run(
        tx -> {
          tx.update(
              "INSERT INTO job_revision (job_uid, revision, spec, labels, author)"
                  + " VALUES (?, 99, '{}', '{}', 'a hand')",
              uid);
          // Only the revision: that the job has a good copy must not satisfy the plan.
          tx.update("UPDATE job SET revision = 99 WHERE uid = ?", uid);
        });

    app.job("broken", "schedule: {fixedRate: 1h}", "enabled: false");

    assertThat(jobs.find(app.key("broken")).orElseThrow().job().revision()).isEqualTo(100);
  }

  @Test
  @DisplayName("FN1: a job that becomes readable again has one row for the time it was given up at")
  void readableAgain() {
    long uid = app.job("broken", regularly);
    String good =
        database.call(
            tx -> tx.one("SELECT spec FROM job WHERE uid = ?", row -> row.text("spec"), uid));
    corrupt(uid, "{\"handler\": 7}");
    due(uid, 3);
    Awaitility.await().atMost(LONG).until(() -> state() == Job.State.OFF);

    database.run(
        tx -> {
          tx.update("UPDATE job_revision SET spec = ?::jsonb WHERE job_uid = ?", good, uid);
          tx.update("UPDATE job SET spec = ?::jsonb WHERE uid = ?", good, uid);
        });
    jobs.enable(app.key("broken"), "wang", Optional.empty());

    assertThat(findings()).isEmpty();
    List<String> rows = rows(uid);
    assertThat(rows.get(0)).isEqualTo("MISSED INTERNAL 1");
    assertThat(rows.get(1)).isEqualTo("SKIPPED DISABLED 3");
  }

  @Test
  @DisplayName("CU1 FN1: all times that a job missed because it could not fire are one row")
  void missedTogether() {
    long uid = app.job("broken", regularly, "misfire: all");
    database.run(
        tx -> {
          tx.update(
              """
              CREATE FUNCTION poison_job_row() RETURNS trigger LANGUAGE plpgsql AS
              $$BEGIN RAISE EXCEPTION 'this is poison'; END$$
              """);
          tx.update(
              """
              CREATE TRIGGER poison_job_row BEFORE INSERT ON run FOR EACH ROW
                WHEN (NEW.job_uid = %d AND NEW.state = 'QUEUED') EXECUTE FUNCTION poison_job_row()
              """
                  .formatted(uid));
        });
    due(uid, 10);
    Awaitility.await().atMost(LONG).until(() -> !rows(uid).isEmpty());

    assertThat(rows(uid).get(0)).isEqualTo("MISSED INTERNAL 11");
    assertThat(findings()).isEmpty();
  }

  /** A newer revision of the job as a hand in the database might leave it. */
  private void corrupt(long uid, String spec) {
    database.run(
        tx -> {
          tx.update(
              "INSERT INTO job_revision (job_uid, revision, spec, labels, author)"
                  + " VALUES (?, 99, ?::jsonb, '{}', 'a hand')",
              uid,
              spec);
          tx.update("UPDATE job SET revision = 99, spec = ?::jsonb WHERE uid = ?", spec, uid);
        });
  }

  /** As if the job were on since then and every server away. */
  private void due(long uid, int timesBefore) {
    Instant first = newest.minus(PERIOD.multipliedBy(timesBefore));
    database.run(
        tx -> {
          tx.update("UPDATE job_fire SET next_fire_at = ? WHERE job_uid = ?", first, uid);
          tx.update("DELETE FROM job_term WHERE job_uid = ?", uid);
          tx.update(
              """
              INSERT INTO job_term (job_uid, revision, state, asked_at, since, first_at)
              SELECT job_uid, revision, 'ON', next_fire_at - interval '1 second',
                     next_fire_at - interval '1 second', next_fire_at
                FROM job_fire WHERE job_uid = ?
              """,
              uid);
        });
  }

  private Job.State state() {
    return jobs.find(app.key("broken")).orElseThrow().job().state();
  }

  private JobFilter only() {
    return new JobFilter(
        new Reach.Only(Set.of(app.app())),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        LabelSelector.ALL);
  }

  private List<Finding> findings() {
    VerifyRequest request =
        new VerifyRequest(
            Instant.EPOCH, Instant.MAX, new Reach.Only(Set.of(app.app())), Optional.empty());
    VerifyOutcome outcome = verification.verify(request);
    assertThat(outcome).isInstanceOf(VerifyOutcome.Done.class);
    return ((VerifyOutcome.Done) outcome).report().findings();
  }

  private List<String> rows(long uid) {
    return database.call(
        tx ->
            tx.query(
                """
                SELECT state || ' ' || coalesce(reason, '') || ' ' || coalesce(stretch_count, 1) AS line
                  FROM run WHERE job_uid = ? ORDER BY nominal_at, id
                """,
                row -> row.text("line"),
                uid));
  }

  private List<String> audited() {
    return database.call(
        tx ->
            tx.query(
                """
                SELECT who || ' ' || action AS line FROM audit
                 WHERE object = ? AND action <> 'job.apply' AND action LIKE 'job.%able' ORDER BY id
                """,
                row -> row.text("line"), "job " + app.key("broken")));
  }
}
