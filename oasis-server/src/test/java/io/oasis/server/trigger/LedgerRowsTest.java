package io.oasis.server.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.Assignment;
import io.oasis.server.dispatch.FakeNodes;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.dispatch.TestJobs;
import io.oasis.server.job.Jobs;
import io.oasis.server.run.RunReports;
import io.oasis.server.run.Runs;
import io.oasis.server.run.Trigger;
import io.oasis.server.run.TriggerRequest;
import io.oasis.server.run.TriggerResult;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How many rows times become that do not run, and where fixed delays get their next time. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class LedgerRowsTest {
  private static final Duration LONG = Duration.ofSeconds(90);

  @Inject Applier applier;
  @Inject Database database;
  @Inject Jobs jobs;
  @Inject Runs runs;
  @Inject FakeNodes nodes;
  @Inject StalledDelays stalled;

  private TestJobs app;
  private long uid;

  /** A row of the ledger. */
  private record Entry(String state, String reason, Instant from, Instant to, long count) {}

  @BeforeEach
  void app() {
    app = new TestJobs(applier, database);
  }

  /** Later tests of this database shall not find jobs that fire each second. */
  @AfterEach
  void switchOff() {
    database.run(tx -> tx.update("UPDATE job SET enabled = false WHERE app_id = ?", app.appId()));
  }

  @Test
  @DisplayName("BK2 FN11: times of a job whose queue is full are one row that grows")
  void fullQueue() {
    uid =
        app.job(
            "job",
            "schedule: {fixedRate: 1s, anchor: 2026-01-01T00:00:00Z}",
            "blocking: {strategy: serial, queue: 2}",
            "misfire: {policy: last, grace: 5m}",
            "enabled: false");
    plantWaiting(2);

    jobs.enable(app.key("job"), "test", Optional.empty());
    await().atMost(LONG).until(() -> merged().stream().anyMatch(e -> e.count() >= 3));

    List<Entry> merged = merged();
    assertThat(merged)
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.state()).isEqualTo("COALESCED");
              assertThat(Duration.between(row.from(), row.to()).toSeconds())
                  .isEqualTo(row.count() - 1);
            });
    assertThat(rows().stream().filter(e -> !e.state().equals("SKIPPED")).toList())
        .as("no run beside the row")
        .hasSize(1);
  }

  @Test
  @DisplayName(
      "BK2: once there is room again, the next time is a run, and a new stretch is a new row")
  void roomAgain() {
    uid =
        app.job(
            "job",
            "schedule: {fixedRate: 1s, anchor: 2026-01-01T00:00:00Z}",
            "blocking: {strategy: serial, queue: 2}",
            "misfire: {policy: last, grace: 5m}",
            "enabled: false");
    plantWaiting(2);
    jobs.enable(app.key("job"), "test", Optional.empty());
    await().atMost(LONG).until(() -> !merged().isEmpty());

    database.run(tx -> tx.update("DELETE FROM slot_wait WHERE job_uid = ?", uid));
    await().atMost(LONG).until(() -> rows().stream().anyMatch(e -> e.state().equals("QUEUED")));
    plantWaiting(3);
    await().atMost(LONG).until(() -> merged().size() == 2);

    assertThat(merged()).extracting(Entry::state).containsOnly("COALESCED");
  }

  @Test
  @DisplayName("BK2: past the queue's bound a manual trigger is refused, unless it is forced")
  void manualPastTheBound() {
    uid = app.job("job", "schedule: none", "blocking: {strategy: serial, queue: 2}");
    plantWaiting(1);
    assertThat(trigger(false)).isInstanceOf(TriggerResult.Created.class);
    int rows = rows().size();
    plantMoreWaiting();

    assertThat(trigger(false)).isEqualTo(new TriggerResult.QueueFull(2));

    assertThat(rows()).as("what a refused trigger leaves").hasSize(rows);
    assertThat(trigger(true)).isInstanceOf(TriggerResult.Created.class);
  }

  private TriggerResult trigger(boolean forced) {
    return runs.trigger(
        new TriggerRequest(
            app.key("job"), Map.of(), Trigger.MANUAL, "test", Optional.empty(), forced));
  }

  private void plantMoreWaiting() {
    database.run(
        tx ->
            tx.update(
                """
                INSERT INTO slot_wait (job_uid, nominal_at, run_id)
                VALUES (?, now() + interval '1 day', -9)
                """,
                uid));
  }

  @Test
  @DisplayName(
      "TM4: two local times that one jump of the clock passes over are one row with count 2")
  void jumpOfTheClock() {
    uid =
        app.job(
            "job",
            "schedule: {cron: \"0,30 2 * * *\", timeZone: America/New_York, gap: skip}",
            "misfire: none",
            "enabled: false");
    Instant jump = Instant.parse("2026-03-08T07:00:00Z");
    database.run(
        tx -> {
          Instant before = jump.minusSeconds(86_000);
          tx.update(
              "UPDATE job_term SET asked_at = ?, since = ? WHERE job_uid = ?", before, before, uid);
          tx.update(
              """
              UPDATE job SET enabled = true, disabled_at = NULL, revision = 1 WHERE uid = ?
              """,
              uid);
          tx.update(
              "INSERT INTO job_fire (job_uid, revision, next_fire_at) VALUES (?, 1, ?)",
              uid,
              Instant.parse("2026-03-09T06:00:00Z"));
          tx.update(
              """
              UPDATE job_term SET asked_at = ?, since = ?, first_at = ?
               WHERE job_uid = ? AND state = 'ON'
              """,
              before,
              before,
              Instant.parse("2026-03-09T06:00:00Z"),
              uid);
        });

    await().atMost(LONG).until(() -> rows().stream().anyMatch(e -> e.reason().equals("DST_GAP")));

    assertThat(rows())
        .filteredOn(e -> e.reason().equals("DST_GAP"))
        .containsExactly(new Entry("SKIPPED", "DST_GAP", jump, jump, 2));
  }

  @Test
  @DisplayName("CU9: a fixed delay that lost its next time gets one; one whose run waits does not")
  void lostNextTime() {
    uid = app.job("lost", "schedule: {fixedDelay: 1h}");
    long waits = app.job("waits", "schedule: {fixedDelay: 1s}");
    await().atMost(LONG).until(() -> nextFire(waits).isEmpty());
    database.run(tx -> tx.update("UPDATE job_fire SET next_fire_at = NULL WHERE job_uid = ?", uid));

    stalled.runOnce();

    assertThat(nextFire(uid)).isPresent();
    assertThat(nextFire(waits)).isEmpty();
  }

  @Test
  @DisplayName("CU9: a manual run does not move the next time, unless the job says resetOnManual")
  void resetOnManual() {
    long stays = app.job("stays", "schedule: {fixedDelay: 1h}");
    long moves = app.job("moves", "schedule: {fixedDelay: 1h, resetOnManual: true}");
    Instant before = nextFire(stays).orElseThrow();
    Instant beforeMoves = nextFire(moves).orElseThrow();
    String node = "node-" + app.app();
    nodes.connect(node, app.appId(), 5);

    for (String name : List.of("stays", "moves")) {
      runs.trigger(
          new TriggerRequest(app.key(name), Map.of(), Trigger.MANUAL, "test", Optional.empty()));
      Assignment assigned = nodes.next(node);
      nodes.accept(assigned);
      nodes.finish(assigned.run(), RunReports.Outcome.SUCCEEDED, "");
    }

    assertThat(nextFire(stays)).contains(before);
    assertThat(nextFire(moves).orElseThrow()).isAfter(beforeMoves);
  }

  /** Waiting runs that never get a slot: they are not in the ledger. */
  private void plantWaiting(int count) {
    database.run(
        tx ->
            tx.update(
                """
                INSERT INTO slot_wait (job_uid, nominal_at, run_id)
                SELECT ?, now() + interval '1 day', -n FROM generate_series(1, ?) AS n
                """,
                uid,
                count));
  }

  private Optional<Instant> nextFire(long job) {
    return database.call(
        tx ->
            tx.one(
                "SELECT next_fire_at FROM job_fire WHERE job_uid = ?",
                row -> row.optionalInstant("next_fire_at"),
                job));
  }

  private List<Entry> merged() {
    return rows().stream().filter(e -> e.reason().equals("QUEUE_FULL")).toList();
  }

  private List<Entry> rows() {
    return database.call(
        tx ->
            tx.query(
                """
                SELECT state, coalesce(reason, '') AS reason, nominal_at,
                       coalesce(stretch_to, nominal_at) AS to_at, coalesce(stretch_count, 1) AS n
                  FROM run WHERE job_uid = ? ORDER BY nominal_at
                """,
                row ->
                    new Entry(
                        row.text("state"),
                        row.text("reason"),
                        row.instant("nominal_at"),
                        row.instant("to_at"),
                        row.longNumber("n")),
                uid));
  }
}
