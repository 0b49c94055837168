package io.oasis.server.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.Assignment;
import io.oasis.server.dispatch.FakeNodes;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.dispatch.TestJobs;
import io.oasis.server.run.ReleaseResult;
import io.oasis.server.run.RunReports.Outcome;
import io.oasis.server.run.RunState;
import io.oasis.server.run.Runs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What servers find in a backup that was taken six hours ago. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class RestoreTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Inject Applier applier;
  @Inject Database database;
  @Inject FakeNodes nodes;
  @Inject Runs runs;

  private TestJobs jobs;
  private String node;

  /** A row of the ledger. */
  private record Entry(long id, String state, String reason, long count) {}

  @BeforeEach
  void app() {
    jobs = new TestJobs(applier, database);
    jobs.job("anything", "schedule: none");
    node = jobs.app() + "-node";
    nodes.connect(node, jobs.appId(), 4);
  }

  @AfterEach
  void forgetAbsence() {
    database.run(
        tx ->
            tx.update(
                "UPDATE attendance SET seen_at = clock_timestamp(), away_from = NULL, away_until = NULL"));
  }

  @Test
  @DisplayName("CU12: a one-time job whose time is past in a backup runs only on a person's word")
  void oneTimeJobWaits() {
    long uid = oneTimeJob("once");
    restoreBackupOf(Duration.ofHours(6), uid, Duration.ofHours(3));

    Entry held = entries(uid, 1).get(0);
    assertThat(held.state()).isEqualTo("QUEUED");
    assertThat(held.reason()).isEqualTo("HELD");
    assertThat(nodes.idle(node)).isTrue();

    assertThat(runs.release(held.id(), "wang")).isInstanceOf(ReleaseResult.Released.class);
    Assignment assigned = nodes.next(node);
    assertThat(assigned.run().runId()).isEqualTo(held.id());
    assertThat(runs.release(held.id(), "wang")).isInstanceOf(ReleaseResult.NotHeld.class);
    nodes.finish(assigned.run(), Outcome.SUCCEEDED, "");
    assertThat(runs.find(held.id()).orElseThrow().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(runs.trace(held.id()).orElseThrow().events())
        .anyMatch(e -> e.detail().orElse("").contains("released by wang"));
  }

  @Test
  @DisplayName("CU12: a held run that is cancelled has never run")
  void heldRunIsCancelled() {
    long uid = oneTimeJob("once");
    restoreBackupOf(Duration.ofHours(6), uid, Duration.ofHours(3));
    long id = entries(uid, 1).get(0).id();

    runs.cancel(id, "wang", Optional.of("it ran before the backup was restored"));

    assertThat(runs.find(id).orElseThrow().state()).isEqualTo(RunState.CANCELLED);
    assertThat(nodes.idle(node)).isTrue();
  }

  @Test
  @DisplayName("A one-time job that is late by a short downtime runs by itself")
  void shortDowntime() {
    long uid = oneTimeJob("once");
    restoreBackupOf(Duration.ofMinutes(2), uid, Duration.ofMinutes(1));

    assertThat(nodes.next(node).run().runId()).isEqualTo(entries(uid, 1).get(0).id());
  }

  @Test
  @DisplayName("CU4, CU12: no time older than the window fires from a backup")
  void olderThanWindow() {
    long uid = jobs.job("every-half-hour", "schedule: {fixedRate: 30m}", "misfire: {window: 5m}");
    database.run(
        tx ->
            tx.update(
                "UPDATE job SET anchor_at = now() - interval '370 minutes' WHERE uid = ?", uid));
    restoreBackupOf(Duration.ofHours(6), uid, Duration.ofMinutes(340));

    Entry old = entries(uid, 1).get(0);

    assertThat(old.state()).isEqualTo("MISSED");
    assertThat(old.reason()).isEqualTo("WINDOW");
    assertThat(old.count()).isEqualTo(12);
    assertThat(nodes.idle(node)).isTrue();
  }

  @Test
  @DisplayName("CU12: runs that waited in the backup are held or cancelled, not handed over")
  void runsThatWaited() {
    long once = oneTimeJob("once");
    long often = jobs.job("often", "schedule: {fixedRate: 24h}", "misfire: {window: 1h}");
    database.run(
        tx -> {
          away(tx, Duration.ofHours(6));
          waiting(tx, once);
          waiting(tx, often);
        });

    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(entries(once, 1).get(0).reason()).isEqualTo("HELD");
              assertThat(entries(often, 1).get(0).state()).isEqualTo("CANCELLED");
            });
    assertThat(entries(often, 1).get(0).reason()).isEqualTo("WINDOW");
    assertThat(nodes.idle(node)).isTrue();
  }

  /** A job for three hours ago; nothing of it is planned yet. */
  private long oneTimeJob(String name) {
    Instant at = now().truncatedTo(ChronoUnit.SECONDS).minus(3, ChronoUnit.HOURS);
    return jobs.job(name, "schedule: {at: " + at + ", ifPast: skip}");
  }

  /** As if nobody had been there since the backup, in which the job is due that long ago. */
  private void restoreBackupOf(Duration age, long uid, Duration dueAgo) {
    database.run(
        tx -> {
          away(tx, age);
          tx.update(
              """
              INSERT INTO job_fire (job_uid, revision, next_fire_at)
              SELECT uid, revision, clock_timestamp() - ? * interval '1 millisecond'
                FROM job WHERE uid = ?
              ON CONFLICT (job_uid) DO UPDATE SET next_fire_at = excluded.next_fire_at
              """,
              dueAgo.toMillis(),
              uid);
        });
  }

  private static void away(io.oasis.server.database.Tx tx, Duration age) {
    tx.update(
        "UPDATE attendance SET seen_at = clock_timestamp() - ? * interval '1 millisecond'",
        age.toMillis());
  }

  /** A run of seven hours ago that waits for a node. */
  private static void waiting(io.oasis.server.database.Tx tx, long uid) {
    tx.update(
        """
        INSERT INTO run (id, nominal_at, job_uid, app_id, revision, trigger, state, reason, wake_at,
               created_at)
        SELECT nextval('run_id'), now() - interval '7 hours', uid, app_id, revision, 'SCHEDULE',
               'QUEUED', 'NO_EXECUTOR', now(), now() - interval '7 hours'
          FROM job WHERE uid = ?
        """,
        uid);
  }

  private List<Entry> entries(long uid, int expected) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(read(uid)).hasSize(expected));
    return read(uid);
  }

  private List<Entry> read(long uid) {
    return database.call(
        tx ->
            tx.query(
                """
                SELECT id, state, coalesce(reason, '') AS reason, coalesce(stretch_count, 1) AS count
                  FROM run WHERE job_uid = ? ORDER BY nominal_at
                """,
                row ->
                    new Entry(
                        row.longNumber("id"),
                        row.text("state"),
                        row.text("reason"),
                        row.longNumber("count")),
                uid));
  }

  private Instant now() {
    return database.call(tx -> tx.one("SELECT clock_timestamp() AS t", row -> row.instant("t")));
  }
}
