package io.oasis.server.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.database.DatabaseException;
import io.oasis.server.database.Tx;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.dispatch.TestJobs;
import io.oasis.server.job.JobVersions;
import io.oasis.server.lease.LeaseConfig;
import io.oasis.server.lease.LeaseStore;
import io.oasis.server.lease.ServerAddress;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.run.NewOccurrences;
import io.oasis.server.run.NewRun;
import io.oasis.server.run.ReadyRuns;
import io.oasis.server.run.RunInsertStore;
import io.oasis.server.run.RunRow;
import io.oasis.server.time.DatabaseClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several servers' pollers on one database. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
@Timeout(300)
class ClusterTriggerTest {
  private static final int SERVERS = 4;
  private static final int JOBS = 3_000;
  private static final String OF_APP =
      "%s IN (SELECT j.uid FROM job j JOIN app a ON a.id = j.app_id WHERE a.name = ?)";

  @Inject Applier applier;
  @Inject Database database;
  @Inject DatabaseClock clock;
  @Inject TriggerStore store;
  @Inject RunInsertStore inserts;
  @Inject JobVersions versions;
  @Inject HopelessJobs hopeless;
  @Inject LeaseStore leases;
  @Inject LeaseConfig leaseConfig;
  @Inject ServerAddress address;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private TestJobs jobs;

  @BeforeEach
  void app() {
    jobs = new TestJobs(applier, database);
  }

  @AfterEach
  void cleanUp() {
    threads.shutdownNow();
    database.run(
        tx -> {
          tx.update(OF_APP.formatted("DELETE FROM slot WHERE job_uid"), jobs.app());
          tx.update(OF_APP.formatted("DELETE FROM slot_wait WHERE job_uid"), jobs.app());
          tx.update(OF_APP.formatted("DELETE FROM run WHERE job_uid"), jobs.app());
          tx.update(OF_APP.formatted("DELETE FROM job WHERE uid"), jobs.app());
        });
  }

  @Test
  @DisplayName(
      "FN1: with thousands of due jobs and several servers each time becomes exactly one run")
  void manyDueJobs() throws Exception {
    Instant due = makeDue(copies(jobs.job("many", "schedule: {fixedRate: 1h}")));
    CyclicBarrier together = new CyclicBarrier(SERVERS);

    List<Future<?>> working = new ArrayList<>();
    for (int i = 0; i < SERVERS; i++) {
      DueJobPoller poller = server(store, inserts);
      working.add(
          threads.submit(
              () -> {
                together.await();
                while (dueJobs() > 0) {
                  poller.runOnce();
                }
                return null;
              }));
    }
    for (Future<?> work : working) {
      work.get(240, TimeUnit.SECONDS);
    }

    assertThat(runs()).hasSize(JOBS + 1).allMatch(due::equals);
    assertThat(nextTimes()).containsOnly(due.plus(Duration.ofHours(1)));
  }

  @Test
  @DisplayName("FN2: a claim that is rolled back before its runs are written loses nothing")
  void rolledBackClaim() {
    jobs.job("once", "schedule: {fixedRate: 1h}");
    Instant due = nextTimes().get(0);
    TriggerStore early = new FarSighted();
    RunInsertStore broken =
        new RunInsertStore() {
          @Override
          public List<RunRow> insert(Tx tx, String server, List<NewRun> runs) {
            throw new DatabaseException(new SQLException("killed here", "57P01"));
          }
        };

    assertThatThrownBy(() -> server(early, broken).runOnce()).hasMessage("killed here");

    assertThat(runs()).isEmpty();
    assertThat(nextTimes()).containsExactly(due);
    server(early, inserts).runOnce();
    assertThat(runs()).containsExactly(due);
    assertThat(nextTimes()).containsExactly(due.plus(Duration.ofHours(1)));
  }

  @Test
  @DisplayName("a server does not spin while another one has the jobs that are due")
  void othersAtWork() {
    TriggerStore allTaken =
        new TriggerStore() {
          @Override
          List<DueJob> claim(Tx tx, Duration lookAhead, int limit) {
            return List.of();
          }

          @Override
          Optional<Instant> earliest(Tx tx) {
            return Optional.of(clock.instant().minusSeconds(1));
          }
        };

    Duration pause = server(allTaken, inserts).runOnce();

    assertThat(pause).isGreaterThan(Duration.ofMillis(20)).isLessThan(Duration.ofMillis(500));
  }

  @Test
  @DisplayName("a look for due jobs reads the index only up to now, however many jobs there are")
  void claimEndsAtNow() {
    List<String> plan =
        database.call(
            tx -> {
              tx.update("SET LOCAL enable_seqscan = off");
              return tx.query(
                  "EXPLAIN " + TriggerStore.CLAIM, row -> row.text("QUERY PLAN"), 500L, 500);
            });

    assertThat(plan)
        .anyMatch(line -> line.contains("job_fire_due"))
        .anyMatch(line -> line.contains("Index Cond: (next_fire_at <="));
  }

  /** Sees what is due within two hours: nobody else claims that meanwhile. */
  private static final class FarSighted extends TriggerStore {
    @Override
    List<DueJob> claim(Tx tx, Duration lookAhead, int limit) {
      return super.claim(tx, Duration.ofHours(2), limit);
    }
  }

  private DueJobPoller server(TriggerStore triggers, RunInsertStore runs) {
    ServerMembership membership =
        new ServerMembership(database, leases, clock, leaseConfig, address);
    return new DueJobPoller(
        database,
        clock,
        triggers,
        new DueJobs(triggers, new NewOccurrences(runs, List.of()), versions, membership, hopeless),
        new ReadyRuns(),
        new NoOverdueRuns());
  }

  /** Many jobs like the one; they are not due. */
  private long copies(long uid) {
    database.run(
        tx -> {
          tx.update("DELETE FROM job_fire WHERE job_uid = ?", uid);
          tx.update(
              """
              INSERT INTO job (app_id, name, title, handler, schedule_kind, schedule_text, spec,
                     enabled, updated_by)
              SELECT app_id, name || n, title, handler, schedule_kind, schedule_text, spec, enabled,
                     updated_by
                FROM job, generate_series(1, ?) AS n WHERE uid = ?
              """,
              JOBS,
              uid);
          tx.update(
              """
              INSERT INTO job_revision (job_uid, revision, spec, labels, author)
              SELECT j.uid, 1, j.spec, j.labels, 'test' FROM job j JOIN job o ON o.app_id = j.app_id
               WHERE o.uid = ? AND j.uid <> o.uid
              """,
              uid);
        });
    return uid;
  }

  /** Makes all jobs of the app due, a little late; returns their nominal time. */
  private Instant makeDue(long uid) {
    return database.call(
        tx ->
            tx.query(
                    """
                    WITH due AS (
                      UPDATE job SET anchor_at = now() - interval '1 second'
                       WHERE app_id = (SELECT app_id FROM job WHERE uid = ?)
                      RETURNING uid, revision, anchor_at)
                    INSERT INTO job_fire (job_uid, revision, next_fire_at)
                    SELECT uid, revision, anchor_at FROM due
                    RETURNING next_fire_at
                    """,
                    row -> row.instant("next_fire_at"),
                    uid)
                .get(0));
  }

  private int dueJobs() {
    return database.call(
        tx ->
            tx.one(
                OF_APP.formatted(
                    "SELECT count(*) AS due FROM job_fire WHERE next_fire_at <= now() AND job_uid"),
                row -> row.number("due"),
                jobs.app()));
  }

  private List<Instant> runs() {
    return database.call(
        tx ->
            tx.query(
                OF_APP.formatted("SELECT nominal_at FROM run WHERE job_uid"),
                row -> row.instant("nominal_at"),
                jobs.app()));
  }

  private List<Instant> nextTimes() {
    return database.call(
        tx ->
            tx.query(
                OF_APP.formatted("SELECT next_fire_at FROM job_fire WHERE job_uid"),
                row -> row.instant("next_fire_at"),
                jobs.app()));
  }
}
