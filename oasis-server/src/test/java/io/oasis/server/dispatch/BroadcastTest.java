package io.oasis.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunReports.Outcome;
import io.oasis.server.run.RunState;
import io.oasis.server.run.RunTrace;
import io.oasis.server.run.Runs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that go to every node. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class BroadcastTest {
  @Inject TestApp app;
  @Inject Runs runs;
  @Inject FakeNodes nodes;

  private List<String> names;

  @BeforeEach
  void prepare() {
    names = List.of(app.name() + "-1", app.name() + "-2", app.name() + "-3");
  }

  @ParameterizedTest
  @DisplayName("RT4: success: all, any, min and percent decide over the members' ends")
  @CsvSource({
    "all, 3, SUCCEEDED",
    "all, 2, FAILED",
    "any, 1, SUCCEEDED",
    "any, 0, FAILED",
    "'{min: 2}', 2, SUCCEEDED",
    "'{min: 2}', 1, FAILED",
    "'{percent: 60}', 2, SUCCEEDED",
    "'{percent: 70}', 2, FAILED",
  })
  void success(String rule, int succeed, RunState end) {
    app.job("all", "schedule: none", "routing: {strategy: broadcast, success: " + rule + "}");
    names.forEach(node -> nodes.connect(node, app.id(), 1));

    long id = app.trigger("all");
    for (int i = 0; i < names.size(); i++) {
      assertThat(app.run(id).state().isFinal()).isFalse();
      Outcome outcome = i < succeed ? Outcome.SUCCEEDED : Outcome.FAILED;
      nodes.finish(nodes.next(names.get(i)).run(), outcome, "");
    }

    app.await(id, end, end == RunState.SUCCEEDED ? "" : "MEMBERS_FAILED");
  }

  @Test
  @DisplayName("RT5: a part that its node refuses after it had begun it is lost, not sent again")
  void refusedAfterItBegan() {
    app.job("all", "schedule: none", "routing: broadcast");
    List<String> two = names.subList(0, 2);
    two.forEach(node -> nodes.connect(node, app.id(), 1));

    long id = app.trigger("all");
    Assignment broken = nodes.next(two.get(0));
    nodes.accept(broken);
    nodes.reject(broken, two.get(0), ReasonCode.NO_FREE_SLOT);
    nodes.finish(nodes.next(two.get(1)).run(), Outcome.SUCCEEDED, "");

    app.await(id, RunState.FAILED, "MEMBERS_FAILED");
    assertThat(app.run(id).message().orElseThrow()).contains("1 of 2").endsWith(": not here");
    assertThat(nodes.idle(two.get(0))).isTrue();
  }

  @Test
  @DisplayName("RT5: a retry goes to the members that did not succeed, each on its own node")
  void retry() {
    app.job("all", "schedule: none", "routing: broadcast", "retry: {max: 1, backoff: 1s}");
    names.forEach(node -> nodes.connect(node, app.id(), 1));

    long id = app.trigger("all");
    Assignment second = null;
    for (String node : names) {
      Assignment part = nodes.next(node);
      boolean bad = node.equals(names.get(1));
      second = bad ? part : second;
      nodes.finish(part.run(), bad ? Outcome.FAILED : Outcome.SUCCEEDED, "");
    }
    Assignment again = nodes.next(names.get(1));

    assertThat(again.run().member()).isEqualTo(second.run().member());
    assertThat(again.run().attempt()).isEqualTo(2);
    assertThat(again.memberCount()).isEqualTo(3);
    nodes.finish(again.run(), Outcome.SUCCEEDED, "");
    app.await(id, RunState.SUCCEEDED, "");
    assertThat(nodes.idle(names.get(0)) && nodes.idle(names.get(2))).isTrue();
  }

  @Test
  @DisplayName("RT5: memberLost: reassign gives the part of a node that is gone to another one")
  void reassign() {
    app.job(
        "all",
        "schedule: none",
        "routing: {strategy: broadcast, memberLost: reassign}",
        "retry: {max: 1, backoff: 1s}");
    List<String> two = names.subList(0, 2);
    two.forEach(node -> nodes.connect(node, app.id(), 1));

    long id = app.trigger("all");
    nodes.finish(nodes.next(two.get(0)).run(), Outcome.SUCCEEDED, "");
    Assignment bad = nodes.next(two.get(1));
    nodes.leave(two.get(1));
    nodes.connect(names.get(2), app.id(), 1);
    nodes.finish(bad.run(), Outcome.FAILED, "");
    Assignment again = nodes.next(names.get(2));

    assertThat(again.run().member()).isEqualTo(bad.run().member());
    nodes.finish(again.run(), Outcome.SUCCEEDED, "");
    app.await(id, RunState.SUCCEEDED, "");
  }

  @Test
  @DisplayName("RT5: memberLost: fail ends the part of a node that is gone as lost")
  void lostStaysLost() {
    app.job("all", "schedule: none", "routing: broadcast", "retry: {max: 1, backoff: 1s}");
    List<String> two = names.subList(0, 2);
    two.forEach(node -> nodes.connect(node, app.id(), 1));

    long id = app.trigger("all");
    Assignment first = nodes.next(two.get(0));
    Assignment bad = nodes.next(two.get(1));
    nodes.leave(two.get(1));
    nodes.finish(first.run(), Outcome.FAILED, "");
    nodes.finish(bad.run(), Outcome.FAILED, "");
    nodes.finish(nodes.next(two.get(0)).run(), Outcome.SUCCEEDED, "");

    app.await(id, RunState.FAILED, "MEMBERS_FAILED");
    assertThat(app.run(id).message().orElseThrow()).contains("1 of 2").contains("not online");
  }

  @Test
  @DisplayName("RT3: a member whose node is full waits for a slot there")
  void fullNode() {
    app.job("all", "schedule: none", "routing: broadcast");
    app.job("other", "schedule: none");
    nodes.connect(names.get(0), app.id(), 1);
    long busy = app.trigger("other");
    Assignment running = nodes.next(names.get(0));
    assertThat(running.run().runId()).isEqualTo(busy);

    long id = app.trigger("all");
    app.await(id, RunState.DISPATCHED, "");
    assertThat(nodes.idle(names.get(0))).isTrue();
    nodes.finish(running.run(), Outcome.SUCCEEDED, "");
    Assignment part = nodes.next(names.get(0));
    assertThat(part.run().runId()).isEqualTo(id);
    nodes.reject(part, names.get(0), ReasonCode.NO_FREE_SLOT);
    Assignment again = nodes.next(names.get(0));

    nodes.accept(again);
    nodes.finish(again.run(), Outcome.SUCCEEDED, "");
    app.await(id, RunState.SUCCEEDED, "");
  }

  @Test
  @DisplayName("KL8: members that wait for a slot end with the kill of their broadcast, at once")
  void killedWhileWaiting() {
    app.job(
        "all",
        "schedule: none",
        "routing: broadcast",
        "timeout: {killGrace: 1h}",
        "blocking: parallel");
    app.job("other", "schedule: none");
    nodes.connect(names.get(0), app.id(), 1);
    long busy = app.trigger("other");
    assertThat(nodes.next(names.get(0)).run().runId()).isEqualTo(busy);
    long waits = app.trigger("all");
    app.await(waits, RunState.DISPATCHED, "");
    nodes.connect(names.get(1), app.id(), 2);
    long half = app.trigger("all");
    Assignment sent = nodes.next(names.get(1));

    runs.cancel(waits, "wang", Optional.empty());
    runs.cancel(half, "wang", Optional.empty());

    // Nobody waits here: the kill itself has ended them.
    assertThat(app.run(waits).state()).isEqualTo(RunState.KILLED);
    assertThat(app.run(half).state()).isEqualTo(RunState.KILLING);
    assertThat(runs.trace(half).orElseThrow().attempts())
        .filteredOn(a -> a.state().isFinal())
        .extracting(RunTrace.Attempt::state)
        .containsExactly(RunState.KILLED);
    nodes.finish(sent.run(), Outcome.CANCELLED, "");
    app.await(half, RunState.KILLED, "KILL_REQUESTED");
  }

  @Test
  @DisplayName("RT5: a member that waits for a slot of a node that goes is lost with the node")
  void fullNodeGoes() {
    app.job("all", "schedule: none", "routing: {strategy: broadcast, success: any}");
    app.job("other", "schedule: none");
    nodes.connect(names.get(0), app.id(), 1);
    app.trigger("other");
    nodes.accept(nodes.next(names.get(0)));
    nodes.connect(names.get(1), app.id(), 1);

    long id = app.trigger("all");
    nodes.finish(nodes.next(names.get(1)).run(), Outcome.SUCCEEDED, "");
    nodes.leave(names.get(0));
    app.sql("UPDATE run SET wake_at = now() WHERE id = ?", id);

    app.await(id, RunState.SUCCEEDED, "");
  }

  @Test
  @DisplayName("RT6: a broadcast without any node waits, and ends FAILED(no_executor)")
  void nobody() {
    app.job("all", "schedule: none", "routing: broadcast", "timeout: {queue: 1h}");

    long id = app.trigger("all");
    app.await(id, RunState.QUEUED, "NO_EXECUTOR");
    app.cameEarlier(id, Duration.ofHours(2));

    app.await(id, RunState.FAILED, "NO_EXECUTOR");
  }

  @Test
  @DisplayName("RT6: noNodes: skip ends a broadcast without any node SKIPPED(no_executor)")
  void nobodyToTell() {
    app.job(
        "all",
        "schedule: none",
        "routing: {strategy: broadcast, noNodes: skip}",
        "timeout: {queue: 1h}");

    long id = app.trigger("all");
    app.await(id, RunState.QUEUED, "NO_EXECUTOR");
    app.cameEarlier(id, Duration.ofHours(2));

    app.await(id, RunState.SKIPPED, "NO_EXECUTOR");
  }

  @Test
  @DisplayName("RT6: noNodes: skip does not hide a broadcast that has begun: its retry fails")
  void nobodyLeft() {
    app.job(
        "all",
        "schedule: none",
        "routing: {strategy: broadcast, noNodes: skip}",
        "retry: {max: 1, backoff: 1s}",
        "timeout: {queue: 1h}");
    nodes.connect(names.get(0), app.id(), 1);

    long id = app.trigger("all");
    Assignment part = nodes.next(names.get(0));
    nodes.leave(names.get(0));
    nodes.finish(part.run(), Outcome.FAILED, "");
    app.await(id, RunState.QUEUED, "NO_EXECUTOR");
    app.sql(
        "UPDATE run SET deadline_at = now() - interval '1 second', wake_at = now() WHERE id = ?",
        id);

    app.await(id, RunState.FAILED, "NO_EXECUTOR");
  }
}
