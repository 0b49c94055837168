package io.oasis.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.run.LedgerStore;
import io.oasis.server.run.ReadyRuns;
import io.oasis.server.run.RunReports.Answer;
import io.oasis.server.run.RunReports.Outcome;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.RunState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What this server remembers of runs while another one, here the test's SQL, moves their rows. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class StaleMemoryTest {
  @Inject TestApp app;
  @Inject Database database;
  @Inject FakeNodes nodes;
  @Inject ReadyRuns ready;
  @Inject LedgerStore store;

  private String node;

  @BeforeEach
  void prepare() {
    node = app.name() + "-node";
    app.job("work", "schedule: none");
    nodes.connect(node, app.id(), 4);
  }

  @Test
  @DisplayName("FN4: a success of a hand-over that another server has ended is fenced")
  void success() {
    long id = app.trigger("work");
    Assignment running = nodes.next(node);
    nodes.accept(running);
    app.sql("UPDATE run SET epoch = epoch + 1 WHERE id = ?", id);

    Answer answer = nodes.finish(running.run(), Outcome.SUCCEEDED, "");

    assertThat(answer).isEqualTo(Answer.FENCED);
    assertThat(app.run(id).state()).isEqualTo(RunState.RUNNING);
    assertThat(app.events(id)).anyMatch(event -> event.startsWith("LATE_RESULT"));
  }

  @Test
  @DisplayName("FN5: a start of a run that another server has ended leaves it as it ended")
  void start() {
    long id = app.trigger("work");
    Assignment running = nodes.next(node);
    app.sql(
        "UPDATE run SET state = 'FAILED', reason = 'NODE_LOST', finished_at = now() WHERE id = ?",
        id);

    Answer answer = nodes.accept(running);

    assertThat(answer).isEqualTo(Answer.FENCED);
    assertThat(app.run(id).state()).isEqualTo(RunState.FAILED);
    assertThat(app.run(id).times().started()).isEmpty();
  }

  @Test
  @DisplayName("a start writes only what belongs to it: who holds the node's stream stays")
  void startKeepsTheOwner() {
    long id = app.trigger("work");
    Assignment running = nodes.next(node);
    app.sql("UPDATE run SET owner_server = 's-other' WHERE id = ?", id);

    nodes.accept(running);

    assertThat(app.run(id).state()).isEqualTo(RunState.RUNNING);
    assertThat(row(id).standing().ownerServer()).contains("s-other");
  }

  @Test
  @DisplayName("FN5: a run that was cancelled elsewhere is not handed over and takes no slot")
  void cancelled() {
    RunRow remembered = fresh();
    app.sql(
        """
        UPDATE run SET state = 'CANCELLED', reason = 'KILL_REQUESTED', finished_at = now(),
               wake_at = NULL WHERE id = ?
        """,
        remembered.id());

    ready.add(remembered, remembered.nominalAt());

    long next = app.trigger("work");
    assertThat(nodes.next(node).run().runId()).isEqualTo(next);
    assertThat(app.run(remembered.id()).state()).isEqualTo(RunState.CANCELLED);
  }

  @Test
  @DisplayName("CU12: a run that is held since it came into memory is not handed over")
  void held() {
    RunRow remembered = fresh();
    app.sql("UPDATE run SET reason = 'HELD', wake_at = NULL WHERE id = ?", remembered.id());

    ready.add(remembered, remembered.nominalAt());

    long next = app.trigger("work");
    assertThat(nodes.next(node).run().runId()).isEqualTo(next);
    assertThat(app.run(remembered.id()).state()).isEqualTo(RunState.QUEUED);
  }

  @Test
  @DisplayName("BK1: a run whose slot another server has just given away waits for it")
  void slotIsTaken() {
    RunRow remembered = fresh();
    app.sql(
        "INSERT INTO slot (job_uid, number, run_id, nominal_at) VALUES (?, 1, 0, now())",
        remembered.origin().jobUid());

    ready.add(remembered, remembered.nominalAt());

    app.await(remembered.id(), RunState.QUEUED, "WAITING_SLOT");
    assertThat(nodes.idle(node)).isTrue();
  }

  /** A run that no server looks at by itself, and that stands as one that was just written. */
  private RunRow fresh() {
    long id = app.trigger("work");
    Assignment running = nodes.next(node);
    nodes.finish(running.run(), Outcome.SUCCEEDED, "");
    app.sql(
        """
        UPDATE run SET state = 'QUEUED', reason = 'WAITING_TIME', epoch = 0, finished_at = NULL,
               node_id = NULL, node_why = NULL, dispatched_at = NULL, started_at = NULL,
               wake_at = now() + interval '1 hour'
         WHERE id = ?
        """,
        id);
    return row(id);
  }

  private RunRow row(long id) {
    return database.call(tx -> store.lock(tx, id)).get(0);
  }
}
