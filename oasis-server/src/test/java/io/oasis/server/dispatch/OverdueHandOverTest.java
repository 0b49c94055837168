package io.oasis.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.run.NewRun;
import io.oasis.server.run.OverdueRuns;
import io.oasis.server.run.RunReports.Answer;
import io.oasis.server.run.RunReports.Outcome;
import io.oasis.server.run.RunState;
import io.oasis.server.run.RunView;
import io.oasis.server.time.DatabaseClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Runs whose time has come before they are written. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
class OverdueHandOverTest {
  private static final String YEARLY = "schedule: {cron: \"0 4 1 1 *\"}";

  @Inject TestApp app;
  @Inject Database database;
  @Inject DatabaseClock clock;
  @Inject FakeNodes nodes;
  @Inject JobVersions versions;
  @Inject OverdueRuns overdue;

  private String node;

  @BeforeEach
  void prepare() {
    node = app.name() + "-node";
  }

  @Test
  @DisplayName("a run whose time has come is one row with its hand-over, and its history is whole")
  void atOnce() {
    long job = app.job("work", YEARLY);
    nodes.connect(node, app.id(), 4);
    Instant at = clock.instant().minusSeconds(1).truncatedTo(ChronoUnit.MICROS);

    comesDue(job, at);

    Assignment sent = nodes.next(node);
    long id = sent.run().runId();
    assertThat(writtenHandedOver(id)).isTrue();
    assertThat(slotsOf(job)).isEqualTo(1);
    nodes.accept(sent);
    assertThat(nodes.finish(sent.run(), Outcome.SUCCEEDED, "")).isEqualTo(Answer.COMMITTED);
    RunView over = app.run(id);
    assertThat(over.state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(over.times().nominal()).isEqualTo(at);
    assertThat(over.times().created()).isEqualTo(over.times().dispatched().orElseThrow());
    assertThat(over.times().started()).isPresent();
    assertThat(over.node()).contains(node);
    assertThat(slotsOf(job)).isZero();
  }

  @Test
  @DisplayName("BK1: while a run of its job is under way it is written as waiting, and comes next")
  void slotTaken() {
    long job = app.job("work", YEARLY);
    nodes.connect(node, app.id(), 4);
    long first = app.trigger("work");
    Assignment running = nodes.next(node);
    nodes.accept(running);

    comesDue(job, clock.instant().minusSeconds(1));

    long second = Awaitility.await().until(() -> newest(job), id -> id != first);
    app.await(second, RunState.QUEUED, "WAITING_SLOT");
    nodes.finish(running.run(), Outcome.SUCCEEDED, "");
    assertThat(nodes.next(node).run().runId()).isEqualTo(second);
  }

  @Test
  @DisplayName("what no node has room for is written as waiting, and is handed over when one has")
  void noRoom() {
    List<Long> uids = new ArrayList<>();
    for (String name : List.of("one", "two", "three")) {
      uids.add(app.job(name, YEARLY));
    }
    nodes.connect(node, app.id(), 1);

    uids.forEach(uid -> comesDue(uid, clock.instant().minusSeconds(1)));

    for (int i = 0; i < 3; i++) {
      Assignment next = nodes.next(node);
      assertThat(nodes.idle(node)).isTrue();
      nodes.accept(next);
      nodes.finish(next.run(), Outcome.SUCCEEDED, "");
    }
    for (long uid : uids) {
      app.await(newest(uid), RunState.SUCCEEDED, "");
    }
  }

  @Test
  @DisplayName("a time that the ledger has is not written again, and holds no slot")
  void known() {
    JobVersion job = versionOf(app.job("work", "schedule: none"));
    nodes.connect(node, app.id(), 4);
    Instant at = clock.instant().minusSeconds(1);
    NewRun run = NewRun.scheduled(job, at);
    assertThat(write(run, clock.instant())).isEmpty();
    Assignment sent = nodes.next(node);
    nodes.accept(sent);
    nodes.finish(sent.run(), Outcome.SUCCEEDED, "");

    assertThat(write(run, clock.instant())).containsExactly(run);

    assertThat(slotsOf(job.id().jobUid())).isZero();
    assertThat(nodes.idle(node)).isTrue();
  }

  @Test
  @DisplayName("one time that the ledger has does not keep the others of a large batch from it")
  void knownAmongMany() {
    Instant at = clock.instant().minusSeconds(1);
    List<NewRun> all = new ArrayList<>();
    for (int i = 0; i < Tx.MANY + 3; i++) {
      all.add(NewRun.scheduled(versionOf(app.job("work-" + i, "schedule: none")), at));
    }
    nodes.connect(node, app.id(), all.size());
    NewRun known = all.get(5);
    assertThat(write(known, clock.instant())).isEmpty();
    Assignment sent = nodes.next(node);
    nodes.accept(sent);
    nodes.finish(sent.run(), Outcome.SUCCEEDED, "");

    assertThat(write(all, clock.instant())).containsExactly(known);

    for (int i = 1; i < all.size(); i++) {
      assertThat(writtenHandedOver(nodes.next(node).run().runId())).isTrue();
    }
    assertThat(nodes.idle(node)).isTrue();
    assertThat(slotsOf(known.job().id().jobUid())).isZero();
    assertThat(slotsOf(all.get(0).job().id().jobUid())).isEqualTo(1);
  }

  @Test
  @DisplayName(
      "TM3: a run is not handed over before its time, whatever this server takes the time for")
  void early() {
    JobVersion job = versionOf(app.job("work", "schedule: none"));
    nodes.connect(node, app.id(), 4);
    Instant ahead = clock.instant().plusSeconds(600);
    NewRun run = NewRun.scheduled(job, ahead);

    assertThat(write(run, ahead.plusSeconds(1))).containsExactly(run);

    assertThat(slotsOf(job.id().jobUid())).isZero();
    assertThat(nodes.idle(node)).isTrue();
  }

  @Test
  @DisplayName("nothing is sent of a transaction that was rolled back, and its room is free again")
  void rolledBack() {
    JobVersion job = versionOf(app.job("work", "schedule: none"));
    nodes.connect(node, app.id(), 1);
    NewRun run = NewRun.scheduled(job, clock.instant().minusSeconds(1));
    OverdueRuns.Batch batch = overdue.begin();

    assertThatThrownBy(
            () ->
                database.run(
                    tx -> {
                      assertThat(batch.write(tx, List.of(run), clock.instant())).isEmpty();
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");
    batch.rolledBack();

    assertThat(nodes.idle(node)).isTrue();
    assertThat(write(run, clock.instant())).isEmpty();
    assertThat(nodes.next(node).run().nominalAt()).isEqualTo(run.nominalAt().orElseThrow());
  }

  @Test
  @DisplayName(
      "jobs that count from the end of their runs, and two times of one job, go by the row")
  void leftAlone() {
    JobVersion delayed = versionOf(app.job("delayed", "schedule: {fixedDelay: 1d}"));
    JobVersion plain = versionOf(app.job("plain", "schedule: none"));
    nodes.connect(node, app.id(), 4);
    Instant at = clock.instant().minusSeconds(1);
    List<NewRun> all =
        List.of(
            NewRun.scheduled(delayed, at),
            NewRun.scheduled(plain, at),
            NewRun.scheduled(plain, at.plusSeconds(1)));

    List<NewRun> left = database.call(tx -> overdue.begin().write(tx, all, clock.instant()));

    assertThat(left).isEqualTo(all);
  }

  private List<NewRun> write(NewRun run, Instant now) {
    return write(List.of(run), now);
  }

  private List<NewRun> write(List<NewRun> runs, Instant now) {
    OverdueRuns.Batch batch = overdue.begin();
    List<NewRun> left = database.call(tx -> batch.write(tx, runs, now));
    batch.committed();
    return left;
  }

  private void comesDue(long job, Instant at) {
    app.sql("UPDATE job_fire SET next_fire_at = ? WHERE job_uid = ?", at, job);
  }

  private JobVersion versionOf(long job) {
    JobVersion.Id id = new JobVersion.Id(job, 1);
    return database.call(tx -> versions.get(tx, List.of(id)).get(id));
  }

  private boolean writtenHandedOver(long id) {
    return database.call(
        tx ->
            tx.one(
                "SELECT created_at = dispatched_at AND epoch = 1 AS so FROM run WHERE id = ?",
                row -> row.flag("so"),
                id));
  }

  private int slotsOf(long job) {
    return database.call(
        tx ->
            tx.one(
                "SELECT count(*) AS n FROM slot WHERE job_uid = ?", row -> row.number("n"), job));
  }

  private long newest(long job) {
    return database.call(
        tx ->
            tx.one(
                "SELECT coalesce(max(id), 0) AS id FROM run WHERE job_uid = ?",
                row -> row.longNumber("id"),
                job));
  }
}
