package io.oasis.server.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.database.SqlArray;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What PostgreSQL makes of the statements that run all the time. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class HotStatementsTest {
  @Inject Database database;

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
}
