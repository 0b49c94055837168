package io.oasis.server.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.dispatch.TestJobs;
import io.oasis.server.identity.Reach;
import io.oasis.server.job.JobVersions;
import io.oasis.server.job.Jobs;
import io.oasis.server.lease.LeaseConfig;
import io.oasis.server.lease.LeaseStore;
import io.oasis.server.lease.ServerAddress;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.run.NewOccurrences;
import io.oasis.server.run.ReadyRuns;
import io.oasis.server.time.DatabaseClock;
import io.oasis.server.verify.Verification;
import io.oasis.server.verify.VerifyOutcome;
import io.oasis.server.verify.VerifyReport;
import io.oasis.server.verify.VerifyRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Four servers fire jobs of every second while people edit, switch and delete them. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
@Timeout(300)
class ClusterProofTest {
  private static final int OTHER_SERVERS = 3;
  private static final int JOBS = 12;
  private static final int ROUNDS = 5;
  private static final List<String> SCHEDULES =
      List.of(
          "schedule: {fixedRate: 1s, anchor: 2026-01-01T00:00:00Z}",
          "schedule: {cron: \"* * * * * ?\", timeZone: Asia/Shanghai}",
          "schedule: {fixedRate: 2s, anchor: 2026-01-01T00:00:01Z}",
          "schedule: {cron: \"0/3 * * * * ?\", timeZone: UTC, jitter: 2s}");
  private static final List<String> RULES =
      List.of(
          "misfire: {policy: last, grace: 1s}",
          "misfire: {policy: all, max: 3, grace: 1s}",
          "misfire: {policy: none, grace: 1s}");

  @Inject Applier applier;
  @Inject Database database;
  @Inject DatabaseClock clock;
  @Inject TriggerStore store;
  @Inject NewOccurrences occurrences;
  @Inject JobVersions versions;
  @Inject HopelessJobs hopeless;
  @Inject LeaseStore leases;
  @Inject LeaseConfig leaseConfig;
  @Inject ServerAddress address;
  @Inject Jobs jobs;
  @Inject Verification verification;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Random random = new Random(20261122);
  private TestJobs app;

  @BeforeEach
  void servers() {
    app = new TestJobs(applier, database);
    for (int i = 0; i < OTHER_SERVERS; i++) {
      DueJobPoller poller =
          new DueJobPoller(
              database,
              clock,
              store,
              new DueJobs(
                  store,
                  occurrences,
                  versions,
                  new ServerMembership(database, leases, clock, leaseConfig, address),
                  hopeless),
              new ReadyRuns(),
              new NoOverdueRuns());
      threads.submit(() -> poll(poller));
    }
  }

  private Void poll(DueJobPoller poller) throws InterruptedException {
    while (!stop.await(0, TimeUnit.MILLISECONDS)) {
      Duration pause = poller.runOnce();
      stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }
    return null;
  }

  @AfterEach
  void cleanUp() {
    stop.countDown();
    threads.shutdownNow();
    // Else they would fire each second as long as this database lives.
    database.run(tx -> tx.update("UPDATE job SET enabled = false WHERE app_id = ?", app.appId()));
  }

  @Test
  @DisplayName(
      "FN1 GO1 GO2 CU6 CU7: each nominal time has one row, whatever people change meanwhile")
  void provenUnderChange() {
    for (int i = 0; i < JOBS; i++) {
      apply(i, i % SCHEDULES.size());
    }
    for (int round = 1; round <= ROUNDS; round++) {
      long rows = report().nominalTimes();
      for (int i = 0; i < JOBS; i++) {
        change(i);
      }
      await().atMost(Duration.ofSeconds(90)).until(() -> report().nominalTimes() >= rows + JOBS);
    }

    VerifyReport report = report();

    assertThat(report.findings()).isEmpty();
    assertThat(report.jobs()).isGreaterThanOrEqualTo(JOBS);
  }

  private void change(int job) {
    switch (random.nextInt(5)) {
      case 0 -> apply(job, random.nextInt(SCHEDULES.size()));
      case 1 -> jobs.disable(app.key("job-" + job), "test", Optional.empty());
      case 2 -> jobs.delete(app.key("job-" + job), "test");
      default -> {
        jobs.enable(app.key("job-" + job), "test", Optional.empty());
        apply(job, job % SCHEDULES.size());
      }
    }
  }

  private void apply(int job, int schedule) {
    app.job(
        "job-" + job,
        "title: " + random.nextInt(1000),
        SCHEDULES.get(schedule),
        RULES.get(job % RULES.size()),
        "blocking: discard");
  }

  private VerifyReport report() {
    Instant now = clock.instant();
    VerifyOutcome outcome =
        verification.verify(
            new VerifyRequest(
                now.minus(Duration.ofHours(1)),
                now.plusSeconds(60),
                new Reach.Only(Set.of(app.app())),
                Optional.empty()));
    assertThat(outcome).isInstanceOf(VerifyOutcome.Done.class);
    return ((VerifyOutcome.Done) outcome).report();
  }
}
