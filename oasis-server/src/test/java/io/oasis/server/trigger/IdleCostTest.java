package io.oasis.server.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.alarm.Incidents;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.dispatch.TestJobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What jobs cost that are enabled and not due: counted by the database, not by a clock. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class IdleCostTest {
  private static final int JOBS = 100_000;
  private static final Duration WATCHED = Duration.ofSeconds(12);

  /** An idle connection tells the database's counters within 10 s what it has done. */
  private static final Duration SETTLED = Duration.ofSeconds(12);

  /** Each loop looks about once a second or less often, with one or two statements. */
  private static final int TRANSACTIONS_A_SECOND = 60;

  /** A probe of the index of due jobs may see a row; all of them may not. */
  private static final int JOB_ROWS_A_SECOND = 50;

  @Inject Applier applier;
  @Inject Database database;
  @Inject ZoneChange zoneChange;
  @Inject StalledDelays stalled;
  @Inject Incidents incidents;

  private long uid;

  /** What the database has counted so far. */
  private record Count(Instant at, long transactions, long scanned, long jobRows) {}

  @BeforeEach
  void manyJobs() {
    // The first start looks through all cron jobs once; that is no idling.
    zoneChange.runOnce();
    uid =
        new TestJobs(applier, database)
            .job("idle", "schedule: {fixedRate: 1h}", "alarm: {on: [failure, missed]}");
    database.run(
        tx -> {
          tx.update("ALTER TABLE job SET (autovacuum_enabled = false)");
          tx.update("ALTER TABLE job_fire SET (autovacuum_enabled = false)");
          tx.update(
              """
              INSERT INTO job (app_id, name, title, handler, schedule_kind, schedule_text, spec,
                     enabled, updated_by)
              SELECT app_id, name || n, title, handler,
                     (ARRAY['cron', 'fixedRate', 'fixedDelay'])[n % 3 + 1], schedule_text, spec,
                     enabled, updated_by
                FROM job, generate_series(1, ?) AS n WHERE uid = ?
              """,
              JOBS, uid);
          tx.update(
              """
              INSERT INTO job_fire (job_uid, revision, next_fire_at)
              SELECT j.uid, j.revision, now() + interval '2 days' + j.uid * interval '1 second'
                FROM job j WHERE j.app_id = (SELECT app_id FROM job WHERE uid = ?)
              ON CONFLICT (job_uid) DO UPDATE SET next_fire_at = excluded.next_fire_at
              """,
              uid);
        });
    database.run(tx -> tx.update("ANALYZE job, job_fire"));
  }

  @AfterEach
  void cleanUp() {
    database.run(
        tx -> {
          tx.update(
              "DELETE FROM job WHERE app_id = (SELECT app_id FROM job WHERE uid = ?) AND uid <> ?",
              uid,
              uid);
          tx.update("ALTER TABLE job RESET (autovacuum_enabled)");
          tx.update("ALTER TABLE job_fire RESET (autovacuum_enabled)");
        });
  }

  @Test
  @DisplayName("100,000 enabled jobs that are not due cost no scan and a bounded number of looks")
  void idleJobsCostNothing() {
    Count before = countAfter(count(), SETTLED);
    rareDuties();
    Count after = countAfter(before, WATCHED);

    double seconds = Duration.between(before.at(), after.at()).toMillis() / 1000.0;
    assertThat(after.scanned() - before.scanned())
        .as("rows read by scans: one of the whole table would be %d", JOBS)
        .isLessThan(JOBS / 2);
    assertThat((after.jobRows() - before.jobRows()) / seconds)
        .as("rows of jobs a second")
        .isLessThan(JOB_ROWS_A_SECOND);
    assertThat((after.transactions() - before.transactions()) / seconds)
        .as("transactions a second")
        .isBetween(1.0, (double) TRANSACTIONS_A_SECOND);
  }

  /** What comes up every ten seconds, minute or ten minutes, so that it surely is in the count. */
  private void rareDuties() {
    zoneChange.runOnce();
    stalled.runOnce();
    incidents.closeOrphans();
  }

  private Count countAfter(Count earlier, Duration pause) {
    return Awaitility.await()
        .pollInterval(Duration.ofSeconds(2))
        .atMost(Duration.ofMinutes(2))
        .until(this::count, now -> Duration.between(earlier.at(), now.at()).compareTo(pause) > 0);
  }

  private Count count() {
    return database.call(
        tx ->
            tx.one(
                """
                SELECT clock_timestamp() AS at, d.xact_commit + d.xact_rollback AS transactions,
                       t.scanned, t.rows
                  FROM pg_stat_database d,
                       (SELECT sum(seq_tup_read)::bigint AS scanned,
                               sum(coalesce(idx_tup_fetch, 0))::bigint AS rows
                          FROM pg_stat_user_tables WHERE relname IN ('job', 'job_fire')) t
                 WHERE d.datname = current_database()
                """,
                row ->
                    new Count(
                        row.instant("at"),
                        row.longNumber("transactions"),
                        row.longNumber("scanned"),
                        row.longNumber("rows"))));
  }
}
