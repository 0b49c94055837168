package io.oasis.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.dispatch.TestJobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the statement that writes a run's state lets through, whatever its caller believes. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class FinalStateTest {
  private static final int RACES = 40;
  private static final Instant NOW = Samples.NOW;

  @Inject Applier applier;
  @Inject Database database;
  @Inject LedgerStore store;
  @Inject Ledger ledger;
  @Inject Rules rules;

  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private TestJobs jobs;
  private long job;

  @BeforeEach
  void job() {
    jobs = new TestJobs(applier, database);
    job = jobs.job("any", "schedule: none");
  }

  @AfterEach
  void cleanUp() {
    threads.shutdownNow();
    database.run(tx -> tx.update("DELETE FROM run WHERE job_uid = ?", job));
  }

  @ParameterizedTest(name = "FN5: {0} is left by no step, also by one that was decided before it")
  @EnumSource(
      value = RunState.class,
      names = {
        "SUCCEEDED",
        "FAILED",
        "TIMED_OUT",
        "LOST",
        "KILLED",
        "CANCELLED",
        "SKIPPED",
        "COALESCED",
        "MISSED"
      })
  void finalIsFinal(RunState state) {
    RunRow before = insert("KILLING");
    database.run(
        tx ->
            tx.update(
                "UPDATE run SET state = ?, finished_at = now() WHERE id = ?", state, before.id()));

    for (Step step : List.of(success(before), timeout(before), retry(before))) {
      Ledger.Written written = database.call(tx -> ledger.write(tx, List.of(step)));
      assertThat(written.steps()).as(step.event().name()).isEmpty();
    }

    assertThat(state(before)).isEqualTo(state);
  }

  @Test
  @DisplayName("KL3: of a result and a timeout that are written at once, one wins and is counted")
  void firstCommittedWins() throws Exception {
    for (int i = 0; i < RACES; i++) {
      RunRow run = insert("KILLING");
      long countedBefore = counted();
      CyclicBarrier together = new CyclicBarrier(2);

      List<Future<Integer>> ends = new ArrayList<>();
      for (Step step : List.of(success(run), timeout(run))) {
        ends.add(
            threads.submit(
                () -> {
                  together.await();
                  return database.call(tx -> ledger.write(tx, List.of(step)).steps().size());
                }));
      }
      int success = ends.get(0).get(90, TimeUnit.SECONDS);
      int timeout = ends.get(1).get(90, TimeUnit.SECONDS);

      assertThat(success + timeout).isEqualTo(1);
      assertThat(state(run)).isEqualTo(success == 1 ? RunState.SUCCEEDED : RunState.TIMED_OUT);
      assertThat(counted() - countedBefore).isEqualTo(1);
    }
  }

  private Step success(RunRow run) {
    return rules.machine().succeeded(run, NOW, Optional.empty(), 0);
  }

  private Step timeout(RunRow run) {
    return rules
        .machine()
        .over(run, NOW, RunEvent.TIMED_OUT, Ending.of(ReasonCode.RUN_TIMEOUT, "too long"));
  }

  private Step retry(RunRow run) {
    return rules
        .machine()
        .attemptEnded(
            run,
            NOW,
            RunEvent.TIMED_OUT,
            Ending.of(ReasonCode.RUN_TIMEOUT, "too long"),
            Samples.spec(Samples.retries(3)));
  }

  /** A run of the job on some node, as the engine reads it. */
  private RunRow insert(String state) {
    long id =
        database.call(
            tx ->
                tx.one(
                    """
                    INSERT INTO run (id, nominal_at, job_uid, app_id, revision, trigger, occurrence,
                           state, reason, node_id, epoch, max_attempts)
                    SELECT nextval('run_id'), now(), uid, app_id, revision, 'API',
                           currval('run_id'), ?, 'RUN_TIMEOUT', 'nowhere', 1, 4
                      FROM job WHERE uid = ?
                    RETURNING id
                    """,
                    row -> row.longNumber("id"),
                    state,
                    job));
    return database.call(tx -> store.lock(tx, id).get(0));
  }

  private RunState state(RunRow run) {
    return database.call(
        tx ->
            tx.one(
                "SELECT state FROM run WHERE id = ?",
                row -> row.constant("state", RunState.class),
                run.id()));
  }

  private long counted() {
    return database.call(
        tx ->
            tx.one(
                "SELECT coalesce(sum(runs), 0) AS n FROM run_count WHERE app_id = ?",
                row -> row.longNumber("n"),
                jobs.appId()));
  }
}
