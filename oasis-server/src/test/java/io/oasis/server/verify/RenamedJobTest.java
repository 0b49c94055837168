package io.oasis.server.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.oasis.schedule.JobTiming;
import io.oasis.schedule.Schedule;
import io.oasis.schedule.Window;
import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.dispatch.TestJobs;
import io.oasis.server.identity.Reach;
import io.oasis.server.job.JobVersionStore;
import io.oasis.server.job.JobVersions;
import io.oasis.server.job.Jobs;
import io.oasis.server.maintenance.MaintenanceConfig;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A share of the jitter depends on the name, and the name may change. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class RenamedJobTest {
  private static final String[] SPEC = {
    "schedule: {fixedRate: 4s, anchor: 2026-01-01T00:00:00Z, jitter: 4s}",
    "blocking: {strategy: parallel, max: 100}"
  };

  @Inject Applier applier;
  @Inject Database database;
  @Inject Jobs jobs;
  @Inject VerifyStore store;
  @Inject JobVersionStore versions;
  @Inject MaintenanceConfig history;

  private TestJobs app;
  private long uid;

  @BeforeEach
  void app() {
    app = new TestJobs(applier, database);
  }

  /** Later tests of this database shall not find a job that fires every four seconds. */
  @AfterEach
  void switchOff() {
    database
        .call(
            tx ->
                tx.query(
                    "SELECT name FROM job WHERE app_id = ? AND enabled",
                    row -> row.text("name"),
                    app.appId()))
        .forEach(name -> jobs.disable(app.key(name), "test", Optional.empty()));
  }

  @Test
  @DisplayName("GO4: a rename that moves a job's jitter leaves neither gaps nor strays behind")
  void renamedWithJitter() {
    String before = "before";
    String after =
        IntStream.range(0, 1000)
            .mapToObj(i -> "after-" + i)
            .filter(name -> !share(name).equals(share(before)))
            .findFirst()
            .orElseThrow();
    uid = app.job(before, SPEC);
    awaitRuns(2);

    assertThat(app.renamed(after, before, SPEC)).isEqualTo(uid);
    awaitRuns(runs() + 2);

    VerifyReport report = verify();
    assertThat(report.findings()).isEmpty();
    assertThat(report.nominalTimes()).isGreaterThanOrEqualTo(4);
  }

  /** By how much a name moves the times of that schedule. */
  private Duration share(String name) {
    return new JobTiming(
            new Schedule.FixedRate(Duration.ofSeconds(4), Optional.empty()),
            Window.ALWAYS,
            Duration.ofSeconds(4),
            app.key(name).toString(),
            Instant.EPOCH)
        .jitterOffset();
  }

  /** As a server that reads the old revision only when the name is the new one. */
  private VerifyReport verify() {
    Instant now =
        database.call(tx -> tx.one("SELECT clock_timestamp() AS at", row -> row.instant("at")));
    VerifyOutcome outcome =
        new Verification(database, store, new JobVersions(versions), history)
            .verify(
                new VerifyRequest(
                    now.minus(Duration.ofHours(2)),
                    now.plusSeconds(60),
                    new Reach.Only(Set.of(app.app())),
                    Optional.empty()));
    assertThat(outcome).isInstanceOf(VerifyOutcome.Done.class);
    return ((VerifyOutcome.Done) outcome).report();
  }

  private void awaitRuns(int count) {
    await().atMost(Duration.ofSeconds(90)).until(() -> runs() >= count);
  }

  private int runs() {
    return database.call(
        tx ->
            tx.one(
                "SELECT count(*) AS n FROM run WHERE job_uid = ? AND nominal_at <= now()",
                row -> row.number("n"),
                uid));
  }
}
