package io.oasis.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunReports.Outcome;
import io.oasis.server.run.RunState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Nodes that say no. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class RefusalTest {
  @Inject TestApp app;
  @Inject FakeNodes nodes;

  private List<String> names;

  @BeforeEach
  void prepare() {
    names = List.of(app.name() + "-1", app.name() + "-2", app.name() + "-3");
  }

  @Test
  @DisplayName("FN12: after two nodes that do not know the handler a run is FAILED, not retried")
  void unknownHandler() {
    app.job("unknown", "schedule: none", "routing: failover", "retry: {max: 3, backoff: 1s}");
    names.forEach(node -> nodes.connect(node, app.id(), 4));

    long id = app.trigger("unknown");
    nodes.reject(nodes.next(names.get(0)), names.get(0), ReasonCode.NO_HANDLER);
    nodes.reject(nodes.next(names.get(1)), names.get(1), ReasonCode.NO_HANDLER);

    app.await(id, RunState.FAILED, "NO_HANDLER");
    assertThat(app.run(id).attempt()).isEqualTo(1);
    assertThat(nodes.idle(names.get(2))).isTrue();
  }

  @Test
  @DisplayName("FN12: where only one node could know the handler, its no is the end")
  void unknownHandlerOnTheOnlyNode() {
    app.job("unknown", "schedule: none");
    nodes.connect(names.get(0), app.id(), 4);

    long id = app.trigger("unknown");
    nodes.reject(nodes.next(names.get(0)), names.get(0), ReasonCode.NO_HANDLER);

    app.await(id, RunState.FAILED, "NO_HANDLER");
  }

  @Test
  @DisplayName("FN12: a handler that no online node offers fails soon, not after the queue timeout")
  void handlerOfNobody() {
    app.job("nobody", "schedule: none", "handler: else", "timeout: {queue: 1h}");
    nodes.connect(names.get(0), app.id(), 4);

    long id = app.trigger("nobody");

    app.await(id, RunState.FAILED, "NO_HANDLER");
    assertThat(app.run(id).message().orElseThrow()).contains("offers the handler \"else\"");
    assertThat(app.events(id)).anyMatch(event -> event.startsWith("WAITING NO_HANDLER"));
  }

  @Test
  @DisplayName("RT2: failover asks the nodes in order, each once, and the trace lists them")
  void failover() {
    app.job("over", "schedule: none", "routing: failover");
    names.forEach(node -> nodes.connect(node, app.id(), 4));

    long id = app.trigger("over");
    nodes.reject(nodes.next(names.get(0)), names.get(0), ReasonCode.NO_FREE_SLOT);
    nodes.reject(nodes.next(names.get(1)), names.get(1), ReasonCode.DRAINED);
    Assignment third = nodes.next(names.get(2));
    nodes.accept(third);
    nodes.finish(third.run(), Outcome.SUCCEEDED, "");

    app.await(id, RunState.SUCCEEDED, "");
    assertThat(app.events(id))
        .containsSubsequence(
            "REJECTED NO_FREE_SLOT " + names.get(0) + ": not here",
            "REJECTED DRAINED " + names.get(1) + ": not here");
    assertThat(app.run(id).attempt()).isEqualTo(1);
  }

  @Test
  @DisplayName("FN6: a run that its node refuses after it had begun it is over, and its slot free")
  void refusedAfterItBegan() {
    app.job("taken-back", "schedule: none");
    nodes.connect(names.get(0), app.id(), 4);

    long id = app.trigger("taken-back");
    Assignment assignment = nodes.next(names.get(0));
    nodes.accept(assignment);
    nodes.reject(assignment, names.get(0), ReasonCode.NO_FREE_SLOT);

    app.await(id, RunState.LOST, "NODE_LOST");
    assertThat(app.run(id).message().orElseThrow()).endsWith(": not here");
    long next = app.trigger("taken-back");
    assertThat(nodes.next(names.get(0)).run().runId()).isEqualTo(next);
  }

  @Test
  @DisplayName("KL1: a run that is refused again and again reaches its queue timeout")
  void refusedForEver() {
    app.job("refused", "schedule: none", "timeout: {queue: 1h}");
    String node = names.get(0);
    nodes.connect(node, app.id(), 4);

    long id = app.trigger("refused");
    for (int times = 0; times < 3; times++) {
      nodes.reject(nodes.next(node), node, ReasonCode.NO_FREE_SLOT);
    }
    // The hour is over while it waits to ask its node again, which moves the end of it no further.
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () -> {
              if (!nodes.idle(node)) {
                nodes.reject(nodes.next(node), node, ReasonCode.NO_FREE_SLOT);
              }
              app.sql(
                  """
                  UPDATE run SET deadline_at = now() - interval '1 second', wake_at = now()
                   WHERE id = ? AND state = 'QUEUED' AND message LIKE 'the only node%'
                  """,
                  id);
              return app.run(id).state().isFinal();
            });

    app.await(id, RunState.TIMED_OUT, "QUEUE_TIMEOUT");
    assertThat(app.run(id).message().orElseThrow()).contains("the only node").contains("not here");
  }

  @Test
  @DisplayName("RT1: a node without the selector's labels is not asked, and one that comes is")
  void labels() {
    app.job("chosen", "schedule: none", "routing: {strategy: least-busy, selector: {zone: b}}");
    nodes.connect(names.get(0), app.id(), 4, Map.of("zone", "a"));

    long id = app.trigger("chosen");
    app.await(id, RunState.QUEUED, "NO_EXECUTOR");
    assertThat(app.run(id).message().orElseThrow()).contains("labels {zone=b}");
    nodes.connect(names.get(1), app.id(), 4, Map.of("zone", "b"));
    nodes.opened(app.id());

    assertThat(nodes.next(names.get(1)).run().runId()).isEqualTo(id);
  }
}
