package io.oasis.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.manifest.Blocking;
import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import io.oasis.server.dispatch.SlotStore.Slot;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.run.NewRun;
import io.oasis.server.run.RunInsertStore;
import io.oasis.server.run.RunReports.Answer;
import io.oasis.server.run.RunReports.Outcome;
import io.oasis.server.run.RunRow;
import io.oasis.server.time.DatabaseClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two transactions that want one slot in the same moment, of which one has seen nothing yet. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
@Timeout(300)
class SlotRaceTest {
  private static final long JOBS = 9_000_000_000L;

  @Inject TestApp app;
  @Inject Database database;
  @Inject DatabaseClock clock;
  @Inject FakeNodes nodes;
  @Inject JobVersions versions;
  @Inject RunInsertStore inserts;
  @Inject SlotStore store;
  @Inject Slots slots;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void clean() {
    threads.shutdownNow();
    app.sql("DELETE FROM slot WHERE job_uid BETWEEN ? AND ?", JOBS, JOBS + 1_000);
  }

  @Test
  @DisplayName("BK1: who begins to wait for a slot in the moment in which it is given up has it")
  void waiterMeetsEnd() throws Exception {
    long job = app.job("work", "schedule: none", "blocking: {strategy: serial, queue: 5}");
    String node = app.name() + "-node";
    nodes.connect(node, app.id(), 4);
    app.trigger("work");
    Assignment running = nodes.next(node);
    nodes.accept(running);
    RunRow second = written(job);

    Future<Answer> end =
        database.call(
            tx -> {
              assertThat(enter(tx, second)).isInstanceOf(Slots.Entry.Queued.class);
              Future<Answer> ending =
                  threads.submit(() -> nodes.finish(running.run(), Outcome.SUCCEEDED, ""));
              awaitBlocked("DELETE FROM slot");
              return ending;
            });

    assertThat(end.get(90, TimeUnit.SECONDS)).isEqualTo(Answer.COMMITTED);
    assertThat(nodes.next(node).run().runId()).isEqualTo(second.id());
    Map<Long, Long> holders = database.call(tx -> store.holders(tx, Set.of(job)));
    assertThat(holders).containsExactly(Map.entry(job, second.id()));
    Map<Long, Integer> waiting = database.call(tx -> store.waiting(tx, Set.of(job)));
    assertThat(waiting).isEmpty();
  }

  @Test
  @DisplayName("a slot that another server takes while many are taken does not cost the others")
  void takenMeanwhile() throws Exception {
    Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    List<Slot> wanted =
        LongStream.range(1, Tx.MANY + 9).mapToObj(n -> new Slot(JOBS + n, 1, n, at)).toList();
    Slot theirs = new Slot(JOBS + 5, 1, 1_005, at);

    Future<Set<Long>> taking =
        database.call(
            tx -> {
              store.take(tx, List.of(theirs));
              Future<Set<Long>> ours =
                  threads.submit(() -> database.call(t -> store.takeFree(t, wanted)));
              awaitBlocked("INSERT INTO slot");
              return ours;
            });

    assertThat(taking.get(90, TimeUnit.SECONDS)).hasSize(wanted.size() - 1).doesNotContain(5L);
    assertThat(slotsOf(JOBS + 5)).containsExactly(theirs);
    assertThat(slotsOf(JOBS + 6)).hasSize(1);
  }

  private List<Slot> slotsOf(long job) {
    return database.call(tx -> store.lockOfJobs(tx, List.of(job)));
  }

  private Slots.Entry enter(Tx tx, RunRow run) {
    List<RunRow> runs = List.of(run);
    Blocking rule = versions.get(tx, List.of(run.version())).get(run.version()).spec().blocking();
    return slots.enter(tx, runs, Map.of(run, rule), slots.lock(tx, runs)).get(run);
  }

  /** A run that no server looks at by itself for an hour. */
  private RunRow written(long job) {
    return database.call(
        tx -> {
          JobVersion.Id id = new JobVersion.Id(job, 1);
          JobVersion version = versions.get(tx, List.of(id)).get(id);
          NewRun run = NewRun.scheduled(version, clock.instant().minusSeconds(1));
          RunRow row = inserts.insert(tx, "s-none", List.of(run)).get(0);
          tx.update(
              "UPDATE run SET wake_at = now() + interval '1 hour' WHERE id = ANY(?)",
              SqlArray.longs(List.of(row.id())));
          return row;
        });
  }

  private void awaitBlocked(String statement) {
    Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> isBlocked(statement));
  }

  private boolean isBlocked(String statement) {
    return database.call(
        tx ->
            tx.one(
                """
                SELECT count(*) > 0 AS waits FROM pg_stat_activity
                 WHERE wait_event_type = 'Lock' AND position(? IN query) > 0
                """,
                row -> row.flag("waits"),
                statement));
  }
}
