package io.oasis.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.app.Apps;
import io.oasis.server.database.Database;
import io.oasis.server.run.RunReports.Answer;
import io.oasis.server.run.RunReports.Outcome;
import io.oasis.server.run.RunState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Nodes that went in good order, or were forgotten, while the ledger says that they run something.
 */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class DepartedNodeTest {
  private static final String[] RETRIED = {
    "schedule: none", "retry: {max: 1, backoff: 1h, cap: 1h, onLost: retry}"
  };

  @Inject TestApp app;
  @Inject Database database;
  @Inject Apps apps;
  @Inject FakeNodes nodes;
  @Inject LostNodeReaper reaper;

  private String node;

  @BeforeEach
  void prepare() {
    node = app.name() + "-node";
  }

  @Test
  @DisplayName(
      "FN6: a run that a node left behind when it went ends as lost after the grace, and is retried")
  void leftBehind() {
    app.job("left", RETRIED);
    nodes.connect(node, app.id(), 4);
    long id = app.trigger("left");
    Assignment left = nodes.next(node);
    nodes.accept(left);

    goes();
    reaper.settle();
    assertThat(app.run(id).state()).as("within the grace").isEqualTo(RunState.RUNNING);
    graceEnds();
    reaper.settle();

    app.await(id, RunState.QUEUED, "BACKOFF");
    assertThat(app.events(id))
        .contains("LOST NODE_LOST node " + node + " went and did not say how it ended");
    assertThat(nodes.finish(left.run(), Outcome.SUCCEEDED, "")).isEqualTo(Answer.FENCED);
    assertThat(app.events(id)).anyMatch(event -> event.startsWith("LATE_RESULT"));
    app.await(id, RunState.QUEUED, "BACKOFF");
  }

  @Test
  @DisplayName("FN8: a run goes on when its node said goodbye and came back before it was settled")
  void cameBack() {
    app.job("kept", RETRIED);
    nodes.connect(node, app.id(), 4);
    long id = app.trigger("kept");
    Assignment kept = nodes.next(node);
    nodes.accept(kept);

    goes();
    nodes.connect(node, app.id(), 4);
    graceEnds();
    reaper.settle();

    assertThat(app.run(id).state()).isEqualTo(RunState.RUNNING);
    assertThat(nodes.finish(kept.run(), Outcome.SUCCEEDED, "")).isEqualTo(Answer.COMMITTED);
    app.await(id, RunState.SUCCEEDED, "");
  }

  @Test
  @DisplayName("FN6: runs of a node that is forgotten before anybody gave it up end as lost")
  void forgotten() {
    app.job("left", "schedule: none");
    nodes.connect(node, app.id(), 4);
    long id = app.trigger("left");
    nodes.accept(nodes.next(node));
    app.sql("UPDATE node SET lease_until = now() - interval '1 second' WHERE id = ?", node);

    assertThat(apps.forgetNode(apps.node(node).orElseThrow(), "li")).isTrue();
    graceEnds();
    reaper.settle();

    app.await(id, RunState.LOST, "NODE_LOST");
  }

  @Test
  @DisplayName("RT3: a member of a broadcast whose node went without its result counts as lost")
  void member() {
    app.job("all", "schedule: none", "routing: broadcast");
    String other = app.name() + "-other";
    nodes.connect(node, app.id(), 1);
    nodes.connect(other, app.id(), 1);
    long id = app.trigger("all");
    nodes.accept(nodes.next(node));
    Assignment good = nodes.next(other);
    nodes.accept(good);

    goes();
    nodes.finish(good.run(), Outcome.SUCCEEDED, "");
    graceEnds();
    reaper.settle();

    app.await(id, RunState.FAILED, "MEMBERS_FAILED");
    assertThat(app.run(id).message().orElseThrow()).contains("1 of 2").contains("went");
  }

  /** The node goes in good order, and nobody looks into it before the test says so. */
  private void goes() {
    database.run(
        tx -> {
          tx.update("UPDATE node SET state = 'OFFLINE', server_id = NULL WHERE id = ?", node);
          tx.update(
              "UPDATE node_farewell SET went_at = now() + interval '1 hour' WHERE node_id = ?",
              node);
        });
  }

  private void graceEnds() {
    app.sql("UPDATE node_farewell SET went_at = now() - interval '1 hour' WHERE node_id = ?", node);
  }
}
