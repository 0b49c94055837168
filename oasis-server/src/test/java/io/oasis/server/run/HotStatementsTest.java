package io.oasis.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.database.EmptiedTables;
import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What PostgreSQL makes of the statements that run all the time. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class HotStatementsTest {
  private static final int RUNS = 3;
  private static final Instant AT = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  @Inject Database database;
  @Inject LedgerStore ledger;
  @Inject ClaimStore claims;
  @Inject MemberStore members;
  @Inject JobTroubleStore troubles;

  @Test
  @DisplayName("a look for runs to wake reads the index only up to now, however many are under way")
  void claimAwakeEndsAtNow() {
    List<String> plan =
        database.call(
            tx -> {
              tx.update("SET LOCAL enable_seqscan = off");
              return tx.query(
                  "EXPLAIN " + ClaimStore.CLAIM_AWAKE,
                  row -> row.text("QUERY PLAN"),
                  500,
                  "s-1",
                  5_000L);
            });

    assertThat(plan)
        .anyMatch(line -> line.contains("Index Cond: (wake_at <="))
        .noneMatch(line -> line.contains("Seq Scan on run"));
  }

  @Test
  @DisplayName("what is to be sent is found among what is under way, each node looked up once")
  void whatIsToBeSentIsNotSearchedInHistory() {
    List<String> plan =
        database.call(
            tx -> {
              tx.update("SET LOCAL enable_seqscan = off");
              return tx.query(
                  "EXPLAIN " + LedgerStore.OF_SERVER, row -> row.text("QUERY PLAN"), "s-1");
            });

    assertThat(plan)
        .anyMatch(line -> line.contains("hashed SubPlan"))
        .noneMatch(line -> line.contains("Seq Scan on run"));
  }

  @Test
  @DisplayName(
      "members of broadcasts are found from the active ones, however many attempts there were")
  void membersAreNotSearchedInHistory() {
    AtomicReference<List<String>> plan = new AtomicReference<>();
    RuntimeException undo = new IllegalStateException("nothing of this is kept");

    assertThatThrownBy(
            () ->
                database.run(
                    tx -> {
                      tx.update(
                          """
                          INSERT INTO attempt (run_id, nominal_at, attempt, member, node_id, epoch,
                                 state, finished_at)
                          SELECT 1000000 + n, now(), 1, 0, 'n', 1, 'FAILED', now()
                            FROM generate_series(1, 20000) AS n
                          """);
                      tx.update(
                          """
                          INSERT INTO run (id, nominal_at, job_uid, app_id, revision, trigger,
                                 occurrence, state, member_count)
                          SELECT 1000000 + n, now(), 1, 1, 1, 'MANUAL', 1000000 + n, 'RUNNING', 1
                            FROM generate_series(1, 3000) AS n
                          """);
                      tx.update("ANALYZE attempt, run");
                      plan.set(
                          tx.query(
                              "EXPLAIN " + MemberStore.TO_SEND,
                              row -> row.text("QUERY PLAN"),
                              "s-1"));
                      throw undo;
                    }))
        .isSameAs(undo);

    assertThat(plan.get()).anyMatch(line -> line.contains("Index Cond: ((run_id = "));
  }

  @Test
  @DisplayName("runs that wait for a node are found from their index, however long the history is")
  void waitingRunsAreNotSearchedInHistory() {
    AtomicReference<List<String>> plan = new AtomicReference<>();
    AtomicReference<String> full = new AtomicReference<>();
    RuntimeException undo = new IllegalStateException("nothing of this is kept");

    assertThatThrownBy(
            () ->
                database.run(
                    tx -> {
                      tx.update(
                          """
                          INSERT INTO run (id, nominal_at, job_uid, app_id, revision, trigger,
                                 occurrence, state, reason, finished_at)
                          SELECT 2000000 + n, now(), 1, 1, 1, 'MANUAL', 2000000 + n,
                                 CASE WHEN n % 20 = 0 THEN 'QUEUED' ELSE 'SUCCEEDED' END,
                                 CASE WHEN n % 20 = 0 THEN 'NO_FREE_SLOT' END,
                                 CASE WHEN n % 20 > 0 THEN now() END
                            FROM generate_series(1, 20000) AS n
                          """);
                      tx.update("ANALYZE run");
                      full.set(
                          tx.one(
                              "SELECT tableoid::regclass::text AS name FROM run WHERE id = 2000001",
                              row -> row.text("name")));
                      plan.set(
                          tx.query(
                              "EXPLAIN " + ClaimStore.CLAIM_WAITING,
                              row -> row.text("QUERY PLAN"),
                              SqlArray.longs(List.of(1L)),
                              SqlArray.ints(List.of(10)),
                              SqlArray.flags(List.of(false)),
                              "s-1",
                              "s-1"));
                      throw undo;
                    }))
        .isSameAs(undo);

    assertThat(plan.get())
        .anyMatch(line -> line.contains("Index Cond: ((app_id = "))
        .noneMatch(line -> line.contains("Seq Scan on " + full.get() + " "));
  }

  @Test
  @DisplayName(
      "no look of the engine walks through the ledger, also when it was counted while empty")
  void findsByKeys() {
    RuntimeException undo = new IllegalStateException("nothing of this is kept");

    assertThatThrownBy(
            () ->
                database.run(
                    tx -> {
                      EmptiedTables.empty(tx);
                      List<RunRow> runs = queuedRuns(tx);
                      long before = EmptiedTables.walks(tx);

                      assertThat(looks(tx, runs)).isEqualTo(RUNS);
                      assertThat(EmptiedTables.walks(tx)).isEqualTo(before);
                      throw undo;
                    }))
        .isSameAs(undo);
  }

  @Test
  @DisplayName("a look claims what it finds, each run once and at most as many as it asked for")
  void claimsWhatIsAwake() {
    RuntimeException undo = new IllegalStateException("nothing of this is kept");

    assertThatThrownBy(
            () ->
                database.run(
                    tx -> {
                      EmptiedTables.empty(tx);
                      queuedRuns(tx);
                      List<RunRow> first = claims.claimAwake(tx, "s-2", 2, Duration.ofSeconds(5));
                      List<RunRow> rest = claims.claimAwake(tx, "s-2", 2, Duration.ofSeconds(5));

                      assertThat(first).hasSize(2).doesNotContainAnyElementsOf(rest);
                      assertThat(rest).hasSize(RUNS - 2);
                      assertThat(claims.claimAwake(tx, "s-2", 2, Duration.ofSeconds(5))).isEmpty();
                      throw undo;
                    }))
        .isSameAs(undo);
  }

  /** All that servers ask and write by keys or in turn; the answer is how many runs were awake. */
  private int looks(Tx tx, List<RunRow> runs) {
    List<RunHandle> handles = runs.stream().map(RunRow::handle).toList();
    long id = runs.get(0).id();
    int awake = claims.claimAwake(tx, "s-1", 500, Duration.ofSeconds(5)).size();
    claims.claimWaiting(tx, "s-1", List.of(new ClaimStore.Room(1, 10, false)));
    claims.comeUpNow(tx, "s-1", runs);
    assertThat(claims.giveUp(tx, "s-1", runs)).isEqualTo(RUNS);
    assertThat(ledger.lock(tx, handles)).hasSize(RUNS);
    assertThat(ledger.lockFree(tx, handles)).hasSize(RUNS);
    assertThat(ledger.lock(tx, id)).hasSize(1);
    assertThat(ledger.lockFree(tx, id)).hasSize(1);
    assertThat(ledger.lockQueued(tx, 1)).hasSize(RUNS);
    assertThat(ledger.lockQueuedFree(tx, 1)).hasSize(RUNS);
    ledger.moveToServer(tx, "s-2", runs);
    ledger.lockOfNodes(tx, List.of("n"));
    ledger.toSend(tx, "s-1");
    members.toSend(tx, "s-1");
    members.activeOn(tx, List.of("n"));
    troubles.write(tx, List.of(new JobTroubles.Last(1, id, RunState.SUCCEEDED)));
    return awake;
  }

  private List<RunRow> queuedRuns(Tx tx) {
    tx.update(
        """
        INSERT INTO run (id, nominal_at, job_uid, app_id, revision, trigger, occurrence, state,
               wake_at)
        SELECT 3000000 + n, ?, 1, 1, 1, 'MANUAL', 3000000 + n, 'QUEUED', ?
          FROM generate_series(1, ?) AS n
        """,
        AT,
        AT.minusSeconds(60),
        RUNS);
    return ledger.lockQueued(tx, 1);
  }
}
