package io.oasis.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.app.NodeRegistry;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.database.Wakeups;
import io.oasis.server.lease.LeaseConfig;
import io.oasis.server.lease.LeaseStore;
import io.oasis.server.lease.ServerAddress;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.run.ClaimStore;
import io.oasis.server.run.Ledger;
import io.oasis.server.run.LedgerStore;
import io.oasis.server.run.ReadyRuns;
import io.oasis.server.run.Rules;
import io.oasis.server.run.RunMachine;
import io.oasis.server.run.RunReports.Answer;
import io.oasis.server.run.RunReports.Outcome;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.RunState;
import io.oasis.server.run.Runs;
import io.oasis.server.run.Step;
import io.oasis.server.time.DatabaseClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Runs that wait in one server, and room that another one has. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class ServersTest {
  @Inject TestApp app;
  @Inject Applier applier;
  @Inject Database database;
  @Inject DatabaseClock clock;
  @Inject Runs runs;
  @Inject FakeNodes nodes;
  @Inject NodeRegistry registry;
  @Inject ClaimStore store;
  @Inject DispatchLoop dispatch;
  @Inject GivenUpRuns givenUp;
  @Inject Wakeups wakeups;
  @Inject LeaseStore leases;
  @Inject LeaseConfig leaseConfig;
  @Inject ServerAddress address;
  @Inject ServerMembership here;
  @Inject Ledger ledger;
  @Inject LedgerStore ledgerStore;
  @Inject Rules rules;

  private String node;
  private String far;

  @BeforeEach
  void prepare() {
    node = app.name() + "-here";
    far = app.name() + "-far";
    app.job("work", "schedule: none", "blocking: {strategy: parallel, max: 100}");
  }

  /** Other tests of this database count the servers that live. */
  @AfterEach
  void farServersEnd() {
    app.sql(
        """
        UPDATE node SET state = 'OFFLINE', server_id = NULL, lease_until = now()
         WHERE server_id IN (SELECT id FROM server WHERE address = 'far:1')
        """);
    app.sql("DELETE FROM server WHERE address = 'far:1'");
  }

  @Test
  @DisplayName("a server with room takes over what waits in another one, the oldest first")
  void takesOver() {
    ServerMembership other = new ServerMembership(database, leases, clock, leaseConfig, address);
    nodes.connect(node, app.id(), 1);
    nodeOf(other.serverId(), 1);
    long running = app.trigger("work");
    assertThat(nodes.next(node).run().runId()).isEqualTo(running);
    long older = app.trigger("work");
    app.await(older, RunState.QUEUED, "NO_FREE_SLOT");
    long newer = app.trigger("work");
    app.await(newer, RunState.QUEUED, "NO_FREE_SLOT");
    app.sql("UPDATE run SET wake_at = now() + interval '1 hour' WHERE id IN (?, ?)", older, newer);

    ReadyRuns ready = new ReadyRuns();
    NodeLoad load = new NodeLoad(other);
    WaitingElsewhere elsewhere =
        new WaitingElsewhere(
            database, store, ready, new ServerNodes(registry, load, other), far(), other);
    app.sql("UPDATE node SET busy_slots = 0 WHERE id = ?", far);
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> registry.find(far).orElseThrow().busySlots() == 0);
    elsewhere.heard();

    assertThat(elsewhere.runOnce()).isEqualTo(1);
    assertThat(ready.drain()).extracting(RunRow::id).containsExactly(older);
    assertThat(owner(older)).isEqualTo(other.serverId());
    assertThat(owner(newer)).isEqualTo(here.serverId());
  }

  @Test
  @DisplayName("a word that runs wait is enough: they need not wait for their own next look")
  void word() {
    nodes.connect(node, app.id(), 0);
    long id = app.trigger("work");
    app.await(id, RunState.QUEUED, "NO_FREE_SLOT");
    awaitMemory();
    dispatch.drain();
    app.sql(
        "UPDATE run SET owner_server = 's-else', wake_at = now() + interval '1 hour' WHERE id = ?",
        id);
    nodes.connect(node, app.id(), 1);

    database.run(tx -> wakeups.send(tx, Wakeups.WAITING));

    assertThat(nodes.next(node).run().runId()).isEqualTo(id);
  }

  @Test
  @DisplayName("a slot that is freed here goes to a run that waits in another server")
  void freedSlot() {
    nodes.connect(node, app.id(), 1);
    long first = app.trigger("work");
    Assignment running = nodes.next(node);
    assertThat(running.run().runId()).isEqualTo(first);
    long id = app.trigger("work");
    app.await(id, RunState.QUEUED, "NO_FREE_SLOT");
    awaitMemory();
    dispatch.drain();
    app.sql(
        "UPDATE run SET owner_server = 's-else', wake_at = now() + interval '1 hour' WHERE id = ?",
        id);
    database.run(tx -> wakeups.send(tx, Wakeups.WAITING));

    nodes.finish(running.run(), Outcome.SUCCEEDED, "");

    assertThat(nodes.next(node).run().runId()).isEqualTo(id);
  }

  @Test
  @DisplayName("FN11: a node that comes online is given what waits in any server")
  void nodeComes() {
    long id = app.trigger("work");
    app.await(id, RunState.QUEUED, "NO_EXECUTOR");
    awaitMemory();
    dispatch.drain();
    app.sql(
        "UPDATE run SET owner_server = 's-else', wake_at = now() + interval '1 hour' WHERE id = ?",
        id);

    nodes.connect(node, app.id(), 1);
    nodes.opened(app.id());

    assertThat(nodes.next(node).run().runId()).isEqualTo(id);
  }

  @Test
  @DisplayName(
      "FN8: a hand-over that names the server which its node has left is sent by the one to which"
          + " the node went")
  void nodeWentToAnotherServer() {
    nodes.connect(node, app.id(), 0);
    long id = app.trigger("work");
    app.await(id, RunState.QUEUED, "NO_FREE_SLOT");
    awaitMemory();
    dispatch.drain();

    handOver(id, "s-dead");

    Assignment assignment = nodes.next(node);
    assertThat(assignment.run().runId()).isEqualTo(id);
    // It is sent while its run is still held: who owns it now is to be seen a moment later.
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(owner(id)).isEqualTo(here.serverId()));
    assertThat(nodes.accept(assignment)).isEqualTo(Answer.COMMITTED);
    nodes.finish(assignment.run(), Outcome.SUCCEEDED, "");
    assertThat(app.run(id).state()).isEqualTo(RunState.SUCCEEDED);
  }

  /** As a server does that saw the node where it was a moment before; nobody says a word of it. */
  private void handOver(long id, String server) {
    Instant later = clock.instant().plus(Duration.ofHours(1));
    database.run(
        tx -> {
          RunRow run = ledgerStore.lock(tx, id).getFirst();
          Step step =
              rules
                  .machine()
                  .dispatched(
                      run,
                      clock.instant(),
                      new RunMachine.Placement(node, server, "least-busy: 1 of 1 slots free"),
                      new RunMachine.Limits(later, later));
          assertThat(ledger.write(tx, List.of(step)).steps()).hasSize(1);
        });
  }

  @Test
  @DisplayName("FN8: a server that stops gives up at once what it has not handed over")
  void givesUp() {
    nodes.connect(node, app.id(), 0);
    long id = app.trigger("work");
    app.await(id, RunState.QUEUED, "NO_FREE_SLOT");
    app.sql("UPDATE run SET wake_at = now() + interval '1 hour' WHERE id = ?", id);
    awaitMemory();

    int given = givenUp.giveUp();

    assertThat(given).isGreaterThanOrEqualTo(1);
    // Whoever looks next has it: here this same server does.
    Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> secondsToLook(id) < 600);
    nodes.connect(node, app.id(), 1);
    nodes.opened(app.id());
    assertThat(nodes.next(node).run().runId()).isEqualTo(id);
  }

  /** The dispatch loop of a server in whose memory nothing waits. */
  private DispatchLoop far() {
    return new DispatchLoop(clock, new ReadyRuns(), null, null);
  }

  /** A full node whose stream ends in another server. */
  private void nodeOf(String server, int slots) {
    database.run(
        tx -> {
          tx.update(
              """
              INSERT INTO server (id, address, version, lease_until)
              VALUES (?, 'far:1', 'test', now() + interval '1 hour')
              """,
              server);
          tx.update(
              """
              INSERT INTO node (id, app_id, address, sdk_version, app_version, handlers, slots,
                     busy_slots, state, server_id, lease_until)
              VALUES (?, ?, 'far:2', 'test/1', '', ARRAY['work'], ?, ?, 'ONLINE', ?,
                      now() + interval '1 hour')
              """,
              far,
              app.id(),
              slots,
              slots,
              server);
        });
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> registry.online(app.id()).size() == List.of(node, far).size());
  }

  /**
   * Until the dispatcher remembers what it has just written that it waits: its one thread does that
   * after the commit, and before it works on a run of a later batch.
   */
  private void awaitMemory() {
    TestApp other = new TestApp(applier, database, runs);
    other.job("later", "schedule: none");
    other.await(other.trigger("later"), RunState.QUEUED, "NO_EXECUTOR");
  }

  private String owner(long id) {
    return database.call(
        tx -> tx.one("SELECT owner_server FROM run WHERE id = ?", r -> r.text("owner_server"), id));
  }

  private int secondsToLook(long id) {
    return database.call(
        tx ->
            tx.one(
                "SELECT extract(epoch FROM wake_at - now())::int AS left FROM run WHERE id = ?",
                row -> row.number("left"),
                id));
  }
}
