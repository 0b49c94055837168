package io.oasis.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.job.Jobs;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.run.NewRun;
import io.oasis.server.run.ReadyRuns;
import io.oasis.server.run.RunInsertStore;
import io.oasis.server.run.RunReports.Outcome;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.RunState;
import io.oasis.server.run.Trigger;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of a run whose job has one already, or is switched off. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class BlockingTest {
  @Inject TestApp app;
  @Inject Database database;
  @Inject Jobs jobsDoor;
  @Inject FakeNodes nodes;
  @Inject RunInsertStore inserts;
  @Inject JobVersions versions;
  @Inject ReadyRuns ready;
  @Inject DispatchLoop dispatch;
  @Inject LostNodeReaper reaper;
  @Inject ServerMembership membership;

  private String node;

  @BeforeEach
  void prepare() {
    node = app.name() + "-node";
  }

  @Test
  @DisplayName("BK5: of several new runs at once exactly the newest replaces the old one")
  void newestReplaces() {
    long job = app.job("newest", "schedule: none", "blocking: replace");
    nodes.connect(node, app.id(), 4);
    long old = app.trigger("newest");
    Assignment running = nodes.next(node);
    nodes.accept(running);

    List<Long> fresh = atOnce(job, 4);

    assertThat(nodes.nextStop(node)).isEqualTo(running.run());
    long last = fresh.get(3);
    fresh.subList(0, 3).forEach(id -> app.await(id, RunState.CANCELLED, "REPLACED"));
    assertThat(app.run(fresh.get(0)).message().orElseThrow()).contains("run " + last);
    app.await(last, RunState.QUEUED, "WAITING_SLOT");
    assertThat(nodes.idle(node)).isTrue();
    nodes.finish(running.run(), Outcome.CANCELLED, "");

    app.await(old, RunState.KILLED, "REPLACED");
    assertThat(nodes.next(node).run().runId()).isEqualTo(last);
  }

  @Test
  @DisplayName("BK5: of several runs at once without an old one only the newest runs")
  void onlyTheNewestRuns() {
    long job = app.job("newest", "schedule: none", "blocking: replace");
    nodes.connect(node, app.id(), 4);

    List<Long> fresh = atOnce(job, 3);

    assertThat(nodes.next(node).run().runId()).isEqualTo(fresh.get(2));
    fresh.subList(0, 2).forEach(id -> app.await(id, RunState.CANCELLED, "REPLACED"));
    assertThat(nodes.idle(node)).isTrue();
  }

  @Test
  @DisplayName("BK5: replace starts the new run only after the lease of a silent node has ended")
  void replacesAfterTheLease() {
    app.job("newest", "schedule: none", "blocking: replace");
    nodes.connect(node, app.id(), 4);
    long old = app.trigger("newest");
    Assignment running = nodes.next(node);
    nodes.accept(running);
    String other = app.name() + "-other";
    nodes.connect(other, app.id(), 4);

    long fresh = app.trigger("newest");
    assertThat(nodes.nextStop(node)).isEqualTo(running.run());
    app.await(fresh, RunState.QUEUED, "WAITING_SLOT");
    reaper.reap();
    assertThat(app.run(old).state()).isEqualTo(RunState.KILLING);
    app.sql("UPDATE node SET lease_until = now() - interval '1 second' WHERE id = ?", node);
    reaper.reap();

    assertThat(nodes.next(other).run().runId()).isEqualTo(fresh);
    app.await(old, RunState.KILLED, "UNCONFIRMED");
    assertThat(app.run(fresh).times().dispatched().orElseThrow())
        .isAfterOrEqualTo(app.run(old).times().finished().orElseThrow());
  }

  @Test
  @DisplayName("BK4: past its maximum parallel discards when it is told to")
  void overflowDiscards() {
    app.job("some", "schedule: none", "blocking: {strategy: parallel, max: 2, overflow: discard}");
    nodes.connect(node, app.id(), 4);

    app.trigger("some");
    app.trigger("some");
    nodes.next(node);
    nodes.next(node);
    long third = app.trigger("some");

    app.await(third, RunState.SKIPPED, "BLOCKED");
  }

  @Test
  @DisplayName("BK7, BK9: a backoff and the slot that it holds outlive the server that began it")
  void backoffOutlivesItsServer() {
    app.job("flaky", "schedule: none", "retry: {max: 1, backoff: 1h, cap: 1h, jitter: 0}");
    nodes.connect(node, app.id(), 4);
    long id = app.trigger("flaky");
    nodes.finish(nodes.next(node).run(), Outcome.FAILED, "exit 1");
    app.await(id, RunState.QUEUED, "BACKOFF");
    long next = app.trigger("flaky");
    app.await(next, RunState.QUEUED, "WAITING_SLOT");

    // Nothing of it is in any memory: what is left is the ledger.
    dispatch.drain();
    assertThat(secondsToLook(id)).isBetween(3_000, 3_601);
    app.sql("UPDATE run SET wake_at = now(), owner_server = 's-gone' WHERE id = ?", id);

    Assignment again = nodes.next(node);
    assertThat(again.run().runId()).isEqualTo(id);
    assertThat(again.run().attempt()).isEqualTo(2);
    assertThat(app.run(next).state()).isEqualTo(RunState.QUEUED);
  }

  @Test
  @DisplayName("BK11: switching a job off or deleting it cancels the attempt that waits")
  void switchedOffInBackoff() {
    for (String name : List.of("off", "gone")) {
      app.job(name, "schedule: none", "retry: {max: 1, backoff: 1h, cap: 1h}");
    }
    nodes.connect(node, app.id(), 4);
    long off = app.trigger("off");
    nodes.finish(nodes.next(node).run(), Outcome.FAILED, "exit 1");
    long gone = app.trigger("gone");
    nodes.finish(nodes.next(node).run(), Outcome.FAILED, "exit 1");
    app.await(off, RunState.QUEUED, "BACKOFF");
    app.await(gone, RunState.QUEUED, "BACKOFF");

    jobsDoor.disable(app.key("off"), "wang", Optional.empty());
    jobsDoor.delete(app.key("gone"), "wang");

    app.await(off, RunState.CANCELLED, "JOB_DISABLED");
    app.await(gone, RunState.CANCELLED, "JOB_DELETED");
  }

  /**
   * Runs that come up in one batch, in the order of their ids. They have one time: the clock by
   * which the server takes what is due may lie between the times of two rows of one statement.
   */
  private List<Long> atOnce(long jobUid, int count) {
    List<RunRow> rows =
        database.call(
            tx -> {
              JobVersion.Id id = new JobVersion.Id(jobUid, 1);
              Instant now = tx.one("SELECT clock_timestamp() AS now", row -> row.instant("now"));
              NewRun run =
                  new NewRun(
                      versions.get(tx, List.of(id)).get(id),
                      Optional.of(now),
                      Trigger.MANUAL,
                      Optional.empty(),
                      Optional.of("li"),
                      Optional.empty(),
                      false);
              return inserts.insert(tx, membership.serverId(), Collections.nCopies(count, run));
            });
    ready.add(rows);
    return rows.stream().map(RunRow::id).sorted().toList();
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
