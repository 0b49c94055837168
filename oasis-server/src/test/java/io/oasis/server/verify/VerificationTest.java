package io.oasis.server.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.FakeNodes;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.dispatch.TestJobs;
import io.oasis.server.identity.Reach;
import io.oasis.server.job.DueTimes;
import io.oasis.server.job.Jobs;
import io.oasis.server.run.RunState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The proof on a real database, with the engine running. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class VerificationTest {
  /** So long that the time after the newest does not come while a test runs. */
  private static final Duration PERIOD = Duration.ofMinutes(20);

  private static final String EVERY_SECOND =
      "schedule: {fixedRate: 1s, anchor: 2026-01-01T00:00:00Z}";

  @Inject Applier applier;
  @Inject Database database;
  @Inject Jobs jobs;
  @Inject Verification verification;
  @Inject FakeNodes nodes;
  @Inject DueTimes dueTimes;

  private TestJobs app;
  private long uid;

  @BeforeEach
  void app() {
    app = new TestJobs(applier, database);
  }

  @Test
  @DisplayName("CU1: after a downtime with misfire last there is no gap and no double")
  void last() {
    downFor("misfire: {policy: last, window: 24h}");

    VerifyReport report = awaitDecided(45);

    assertClean(report);
    assertThat(times(report, RunState.COALESCED)).isEqualTo(44);
  }

  @Test
  @DisplayName("CU2: after a downtime with misfire all there is no gap and no double")
  void all() {
    downFor("misfire: {policy: all, max: 10}");

    VerifyReport report = awaitDecided(45);

    assertClean(report);
    assertThat(times(report, RunState.MISSED)).isEqualTo(35);
  }

  @Test
  @DisplayName("CU3: after a downtime with misfire none all times are missed, and none is a gap")
  void none() {
    downFor("misfire: none");

    VerifyReport report = awaitDecided(45);

    assertClean(report);
    assertThat(times(report, RunState.MISSED)).isEqualTo(45);
  }

  @Test
  @DisplayName("CU4: times older than the misfire window have their row as well")
  void window() {
    downFor("misfire: {policy: last, window: 200m}");

    VerifyReport report = awaitDecided(45);

    assertClean(report);
    assertThat(times(report, RunState.MISSED)).isGreaterThan(30);
  }

  @Test
  @DisplayName("a gap and a double that are planted into the database are named")
  void planted() {
    downFor("misfire: {policy: all, max: 10}");
    awaitDecided(45);
    Instant gap = nominal(3);
    Instant doubled = nominal(5);
    database.run(
        tx -> {
          tx.update("DELETE FROM run WHERE job_uid = ? AND nominal_at = ?", uid, gap);
          tx.update(
              """
              INSERT INTO run (id, nominal_at, job_uid, app_id, revision, trigger, occurrence, state,
                     finished_at)
              SELECT nextval('run_id'), nominal_at, job_uid, app_id, revision, trigger, 7,
                     'SUCCEEDED', clock_timestamp()
                FROM run WHERE job_uid = ? AND nominal_at = ?
              """,
              uid,
              doubled);
        });

    VerifyReport report = verify();

    assertThat(report.found())
        .containsEntry(Finding.Kind.GAP, 1L)
        .containsEntry(Finding.Kind.DOUBLE, 1L)
        .hasSize(2);
    assertThat(report.findings())
        .extracting(Finding::kind, Finding::job, Finding::revision, Finding::from)
        .containsExactlyInAnyOrder(
            tuple(Finding.Kind.GAP, app.key("job"), 1, gap),
            tuple(Finding.Kind.DOUBLE, app.key("job"), 1, doubled));
  }

  @Test
  @DisplayName("an overlap of two runs of a serial job and a run that nobody ends are named")
  void overlapAndUnfinished() {
    downFor("misfire: {policy: all, max: 10}");
    awaitDecided(45);
    Instant first = nominal(3);
    Instant second = nominal(5);
    database.run(
        tx -> {
          tx.update(
              """
              UPDATE run SET state = 'SUCCEEDED', started_at = now() - interval '10 minutes',
                     finished_at = now() - interval '5 minutes'
               WHERE job_uid = ? AND nominal_at IN (?, ?)
              """,
              uid,
              first,
              second);
          tx.update(
              """
              UPDATE run SET state = 'RUNNING', node_id = 'gone', wake_at = NULL, finished_at = NULL
               WHERE job_uid = ? AND nominal_at = ?
              """,
              uid,
              nominal(7));
        });

    VerifyReport report = verify();

    assertThat(report.found())
        .containsEntry(Finding.Kind.OVERLAP, 1L)
        .containsEntry(Finding.Kind.UNFINISHED, 1L)
        .hasSize(2);
    assertThat(report.findings())
        .filteredOn(found -> found.kind() == Finding.Kind.UNFINISHED)
        .singleElement()
        .satisfies(found -> assertThat(found.text()).contains("RUNNING").contains("node is gone"));
  }

  @Test
  @DisplayName("CU6 CU7: a stretch in which a job was off is one row without gap and double")
  void disabled() {
    Instant newest = newest();
    uid = app.job("job", everyPeriod(newest));
    jobs.disable(app.key("job"), "test", Optional.empty());
    Instant before = newest.minus(PERIOD.multipliedBy(30));
    Instant off = before.plusSeconds(20);
    database.run(
        tx -> {
          tx.update("UPDATE job SET created_at = ? WHERE uid = ?", off.minusSeconds(10), uid);
          tx.update("DELETE FROM job_term WHERE job_uid = ? AND state = 'ON'", uid);
          tx.update(
              """
              UPDATE job_term SET asked_at = ?, since = ?, withdrawn_at = ? WHERE job_uid = ?
              """,
              off,
              off,
              before.plus(PERIOD),
              uid);
        });

    jobs.enable(app.key("job"), "test", Optional.empty());
    VerifyReport report = verify();

    assertClean(report);
    assertThat(times(report, RunState.SKIPPED)).isEqualTo(30);
    assertThat(rows("DISABLED")).isEqualTo(1);
  }

  @Test
  @DisplayName("GO1 GO2 CU6 CU7: edits, switches and deletion of a job that fires each second")
  void underChange() {
    uid = app.job("job", EVERY_SECOND);
    nodes.connect("node-" + app.app(), app.appId(), 1000);
    awaitRuns(2);
    for (int i = 1; i <= 3; i++) {
      app.job("job", EVERY_SECOND, "title: Title " + i);
      app.job("job", "schedule: {fixedRate: 2s, anchor: 2026-01-01T00:00:01Z}");
      jobs.disable(app.key("job"), "test", Optional.empty());
      app.job("job", EVERY_SECOND);
      int before = runs();
      jobs.enable(app.key("job"), "test", Optional.empty());
      awaitRuns(before + 2);
    }
    jobs.delete(app.key("job"), "test");

    VerifyReport report = verify();

    assertClean(report);
    assertThat(report.nominalTimes()).isGreaterThan(6);
  }

  @Test
  @DisplayName("GO1: what is due when a job is edited is decided before, by the old revision")
  void overdueAtTheChange() {
    Instant due = newest();
    uid = app.job("job", everyPeriod(due), "misfire: none");
    database.run(
        tx -> {
          tx.update("UPDATE job SET created_at = ? WHERE uid = ?", due.minusSeconds(60), uid);
          tx.update(
              "UPDATE job_term SET asked_at = ?, since = ?, first_at = ? WHERE job_uid = ?",
              due.minusSeconds(50),
              due.minusSeconds(50),
              due,
              uid);
          // What the change does first, and in its transaction: no poller can come before it.
          tx.update("UPDATE job_fire SET next_fire_at = ? WHERE job_uid = ?", due, uid);
          dueTimes.settle(tx, List.of(uid));
          tx.update("UPDATE job SET revision = 1, enabled = false WHERE uid = ?", uid);
        });

    VerifyReport report = verify();

    assertClean(report);
    assertThat(times(report, RunState.MISSED) + runs()).isEqualTo(1);
  }

  @Test
  @DisplayName("a look that would read more than its limit says so")
  void limit() {
    downFor("misfire: none");
    awaitDecided(45);

    VerifyOutcome outcome =
        verification.verify(
            new VerifyRequest(
                now().minus(1, ChronoUnit.DAYS),
                now(),
                new Reach.Only(Set.of(app.app())),
                Optional.empty()),
            10);

    assertThat(outcome).isEqualTo(new VerifyOutcome.TooMuch(10));
  }

  /** The newest time of a job to be made: far enough back to be missed. */
  private Instant newest() {
    return now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(20);
  }

  /** A schedule with that time and many before it. */
  private static String everyPeriod(Instant newest) {
    return "schedule: {fixedRate: 20m, anchor: %s}"
        .formatted(newest.minus(PERIOD.multipliedBy(100)));
  }

  /** A job whose last 45 times nobody has decided: no server was there. */
  private void downFor(String misfire) {
    Instant newest = newest();
    uid = app.job("job", everyPeriod(newest), misfire);
    Instant first = newest.minus(PERIOD.multipliedBy(44));
    database.run(
        tx -> {
          tx.update(
              "UPDATE job_term SET asked_at = ?, since = ?, first_at = ? WHERE job_uid = ?",
              first.minusSeconds(30),
              first.minusSeconds(30),
              first,
              uid);
          tx.update("UPDATE job SET created_at = ? WHERE uid = ?", first.minusSeconds(30), uid);
          tx.update("UPDATE job_fire SET next_fire_at = ? WHERE job_uid = ?", first, uid);
        });
  }

  private VerifyReport awaitDecided(long times) {
    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(verify().nominalTimes()).isGreaterThanOrEqualTo(times));
    return verify();
  }

  private VerifyReport verify() {
    VerifyOutcome outcome =
        verification.verify(
            new VerifyRequest(
                now().minus(1, ChronoUnit.DAYS),
                now().plusSeconds(60),
                new Reach.Only(Set.of(app.app())),
                Optional.empty()));
    assertThat(outcome).isInstanceOf(VerifyOutcome.Done.class);
    return ((VerifyOutcome.Done) outcome).report();
  }

  private static void assertClean(VerifyReport report) {
    assertThat(report.findings()).isEmpty();
    assertThat(report.found()).isEmpty();
  }

  private static long times(VerifyReport report, RunState state) {
    return report.outcomes().stream()
        .filter(outcome -> outcome.state() == state)
        .collect(Collectors.summingLong(VerifyReport.Outcome::times));
  }

  /** The n-th newest nominal time that has a row of its own. */
  private Instant nominal(int newest) {
    return database
        .call(
            tx ->
                tx.query(
                    """
                    SELECT nominal_at FROM run WHERE job_uid = ? AND stretch_count IS NULL
                     ORDER BY nominal_at DESC
                    """,
                    row -> row.instant("nominal_at"),
                    uid))
        .get(newest);
  }

  private int rows(String reason) {
    return database.call(
        tx ->
            tx.one(
                "SELECT count(*) AS n FROM run WHERE job_uid = ? AND reason = ?",
                row -> row.number("n"),
                uid,
                reason));
  }

  private void awaitRuns(int count) {
    await().atMost(Duration.ofSeconds(90)).until(() -> runs() >= count);
  }

  private int runs() {
    return database.call(
        tx ->
            tx.one(
                """
                SELECT count(*) AS n FROM run
                 WHERE job_uid = ? AND stretch_count IS NULL AND nominal_at <= now()
                """,
                row -> row.number("n"),
                uid));
  }

  private Instant now() {
    return database.call(tx -> tx.one("SELECT clock_timestamp() AS n", row -> row.instant("n")));
  }
}
