package io.oasis.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.run.RunReports.Answer;
import io.oasis.server.run.RunReports.Outcome;
import io.oasis.server.run.RunState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One row that cannot be worked on, among others that can. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class PoisonTest {
  private static final Map<String, String> POISON = Map.of("poison", "yes");

  @Inject TestApp app;
  @Inject Database database;
  @Inject FakeNodes nodes;
  @Inject LostNodeReaper reaper;

  private String node;

  @BeforeEach
  void prepare() {
    node = app.name() + "-node";
    app.job("work", "schedule: none", "blocking: {strategy: parallel, max: 100}", "timeout: 1h");
    nodes.connect(node, app.id(), 100);
  }

  @AfterEach
  void cure() {
    database.run(
        tx -> {
          tx.update("DROP TRIGGER IF EXISTS poison ON run");
          tx.update("DROP FUNCTION IF EXISTS poison()");
        });
  }

  @Test
  @DisplayName("a run whose job's revision cannot be read ends FAILED(internal), others go on")
  void unreadableRevision() {
    nodes.connect(node, app.id(), 0);
    long bad = app.trigger("work");
    long good = app.trigger("work");
    app.await(bad, RunState.QUEUED, "NO_FREE_SLOT");
    app.await(good, RunState.QUEUED, "NO_FREE_SLOT");
    app.sql(
        """
        INSERT INTO job_revision (job_uid, revision, spec, labels, author)
        SELECT job_uid, 99, '{"handler": 7, "what": true}', '{}', 'a hand' FROM run WHERE id = ?
        """,
        bad);
    app.sql("UPDATE run SET revision = 99 WHERE id = ?", bad);
    nodes.connect(node, app.id(), 10);
    app.sql("UPDATE run SET wake_at = now() WHERE id IN (?, ?)", bad, good);

    assertThat(nodes.next(node).run().runId()).isEqualTo(good);
    app.await(bad, RunState.FAILED, "INTERNAL");
    assertThat(app.run(bad).message().orElseThrow()).contains("revision 99");
  }

  @Test
  @DisplayName("a run whose hand-over cannot be written ends FAILED(internal), others go on")
  void handOver() {
    nodes.connect(node, app.id(), 0);
    long before = app.trigger("work");
    long bad = app.trigger("work", POISON);
    long after = app.trigger("work");
    app.await(after, RunState.QUEUED, "NO_FREE_SLOT");
    poison("NEW.state = 'DISPATCHED'");
    nodes.connect(node, app.id(), 10);
    nodes.opened(app.id());

    assertThat(nodes.next(node).run().runId()).isEqualTo(before);
    assertThat(nodes.next(node).run().runId()).isEqualTo(after);
    app.await(bad, RunState.FAILED, "INTERNAL");
    assertThat(app.run(bad).message().orElseThrow()).contains("poison");
    assertThat(nodes.idle(node)).isTrue();
  }

  @Test
  @DisplayName("a result that cannot be written ends its run FAILED(internal), others are kept")
  void report() {
    long bad = app.trigger("work", POISON);
    Assignment first = nodes.next(node);
    long good = app.trigger("work");
    Assignment second = nodes.next(node);
    nodes.accept(first);
    poison("NEW.state = 'SUCCEEDED'");

    assertThat(nodes.finish(first.run(), Outcome.SUCCEEDED, "")).isEqualTo(Answer.FENCED);
    assertThat(nodes.finish(second.run(), Outcome.SUCCEEDED, "")).isEqualTo(Answer.COMMITTED);

    app.await(good, RunState.SUCCEEDED, "");
    app.await(bad, RunState.FAILED, "INTERNAL");
  }

  @Test
  @DisplayName("a run that cannot be looked at is left for a minute, and others are looked at")
  void look() {
    long bad = app.trigger("work", POISON);
    nodes.accept(nodes.next(node));
    long good = app.trigger("work");
    Assignment second = nodes.next(node);
    nodes.accept(second);
    poison("NEW.state = 'KILLING'");
    app.sql("UPDATE run SET deadline_at = now(), wake_at = now() WHERE id IN (?, ?)", bad, good);

    assertThat(nodes.nextStop(node)).isEqualTo(second.run());
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(secondsToLook(bad)).isGreaterThan(10));
    assertThat(app.run(bad).state()).isEqualTo(RunState.RUNNING);
  }

  @Test
  @DisplayName("FN6: a run of a lost node that cannot be moved does not keep others of the node")
  void lostNode() {
    app.job(
        "lost",
        "schedule: none",
        "blocking: {strategy: parallel, max: 100}",
        "retry: {max: 1, backoff: 1h, cap: 1h}");
    long bad = app.trigger("lost", POISON);
    nodes.accept(nodes.next(node));
    long good = app.trigger("lost");
    nodes.accept(nodes.next(node));
    poison("NEW.state = 'QUEUED'");
    app.sql("UPDATE node SET lease_until = now() - interval '1 second' WHERE id = ?", node);

    reaper.reap();

    app.await(good, RunState.QUEUED, "BACKOFF");
    app.await(bad, RunState.FAILED, "INTERNAL");
    // The server's own reaper may have been faster, and ends the node last of all.
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(state(node)).isEqualTo("OFFLINE"));
  }

  @Test
  @DisplayName("FN6: of the runs that a node left, one that cannot be moved does not keep others")
  void departedNode() {
    app.job(
        "left",
        "schedule: none",
        "blocking: {strategy: parallel, max: 100}",
        "retry: {max: 1, backoff: 1h, cap: 1h}");
    long bad = app.trigger("left", POISON);
    nodes.accept(nodes.next(node));
    long good = app.trigger("left");
    nodes.accept(nodes.next(node));
    poison("NEW.state = 'QUEUED'");
    nodes.leave(node);
    app.sql("UPDATE node_farewell SET went_at = now() - interval '1 hour' WHERE node_id = ?", node);

    reaper.settle();

    app.await(good, RunState.QUEUED, "BACKOFF");
    app.await(bad, RunState.FAILED, "INTERNAL");
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () ->
                0
                    == database.call(
                        tx ->
                            tx.one(
                                "SELECT count(*) AS n FROM node_farewell WHERE node_id = ?",
                                row -> row.number("n"),
                                node)));
  }

  /** From now on the database refuses such a write of a run that has the param. */
  private void poison(String when) {
    database.run(
        tx -> {
          tx.update(
              """
              CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS
              $$BEGIN RAISE EXCEPTION 'this is poison'; END$$
              """);
          tx.update(
              """
              CREATE TRIGGER poison BEFORE UPDATE ON run FOR EACH ROW
                WHEN (NEW.params ->> 'poison' = 'yes' AND %s) EXECUTE FUNCTION poison()
              """
                  .formatted(when));
        });
  }

  private int secondsToLook(long id) {
    return database.call(
        tx ->
            tx.one(
                "SELECT extract(epoch FROM wake_at - now())::int AS left FROM run WHERE id = ?",
                row -> row.number("left"),
                id));
  }

  private String state(String id) {
    return database.call(
        tx -> tx.one("SELECT state FROM node WHERE id = ?", row -> row.text("state"), id));
  }
}
