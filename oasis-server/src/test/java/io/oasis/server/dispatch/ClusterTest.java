package io.oasis.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.manifest.Blocking;
import io.oasis.server.TestDatabase;
import io.oasis.server.app.NodeRegistry;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.lease.LeaseConfig;
import io.oasis.server.lease.LeaseStore;
import io.oasis.server.lease.ServerAddress;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.run.Ending;
import io.oasis.server.run.Ledger;
import io.oasis.server.run.LedgerStore;
import io.oasis.server.run.MemberStore;
import io.oasis.server.run.NewRun;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.Rules;
import io.oasis.server.run.RunEvent;
import io.oasis.server.run.RunInsertStore;
import io.oasis.server.run.RunMachine;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.RunState;
import io.oasis.server.run.Step;
import io.oasis.server.run.Trigger;
import io.oasis.server.time.DatabaseClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several servers on one database: dispatchers with ids of their own, each on its thread. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
@Timeout(300)
class ClusterTest {
  private static final int SERVERS = 4;

  @Inject Applier applier;
  @Inject Database database;
  @Inject DatabaseClock clock;
  @Inject FakeNodes nodes;
  @Inject RunInsertStore inserts;
  @Inject LedgerStore store;
  @Inject Ledger ledger;
  @Inject JobVersions versions;
  @Inject Slots slots;
  @Inject NodeRegistry registry;
  @Inject NodeLoad load;
  @Inject LeaseStore leases;
  @Inject LeaseConfig leaseConfig;
  @Inject ServerAddress address;
  @Inject DueRuns dueRuns;
  @Inject Replacement replacement;
  @Inject MemberStore members;
  @Inject Rules rules;
  @Inject DispatchConfig config;

  private final RunMachine machine = new RunMachine(new Random(1));
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private TestJobs jobs;

  @BeforeEach
  void app() {
    jobs = new TestJobs(applier, database);
  }

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  @DisplayName(
      "BK1, BK4: however many servers start and end runs at once, a job never has more than its"
          + " slots, and no run is left waiting")
  void slotsHold() throws Exception {
    long serial = job("serial", "{strategy: serial, queue: 1000}");
    long two = job("two", "{strategy: parallel, max: 2, queue: 1000}");
    nodes.connect(jobs.app() + "-node", jobs.appId(), 1_000);
    List<RunRow> runs = new ArrayList<>(write(serial, 40));
    runs.addAll(write(two, 40));
    Collections.shuffle(runs, new Random(7));

    CyclicBarrier together = new CyclicBarrier(SERVERS + 2);
    List<Future<?>> working = new ArrayList<>();
    for (int i = 0; i < SERVERS; i++) {
      List<RunRow> share = runs.subList(i * 20, (i + 1) * 20);
      working.add(threads.submit(() -> enter(together, share)));
    }
    for (int i = 0; i < 2; i++) {
      working.add(threads.submit(() -> finishAll(together, Map.of(serial, 1, two, 2))));
    }
    for (Future<?> work : working) {
      work.get(240, TimeUnit.SECONDS);
    }

    assertThat(states(serial)).containsOnlyKeys("SUCCEEDED").containsEntry("SUCCEEDED", 40L);
    assertThat(states(two)).containsOnlyKeys("SUCCEEDED").containsEntry("SUCCEEDED", 40L);
    assertThat(count("slot", serial) + count("slot", two)).isZero();
    assertThat(count("slot_wait", serial) + count("slot_wait", two)).isZero();
  }

  @Test
  @DisplayName("a server waits for no slot that came up after it had locked those of its jobs")
  void laterSlotIsNotWaitedFor() throws Exception {
    long early = job("early", "{strategy: serial, queue: 10}");
    long late = job("late", "{strategy: serial, queue: 10}");
    List<RunRow> first = write(early, 1);
    List<RunRow> holder = write(late, 1);
    database.run(tx -> enter(tx, holder));
    RunRow free = write(early, 1).get(0);
    RunRow blocked = write(late, 1).get(0);
    List<RunRow> both = List.of(free, blocked);
    CompletableFuture<Integer> backend = new CompletableFuture<>();
    List<Future<?>> other = new ArrayList<>();

    Map<RunRow, Slots.Entry> entries =
        database.call(
            tx -> {
              List<SlotStore.Slot> taken = slots.lock(tx, both);
              other.add(threads.submit(() -> database.run(t -> enter(t, first))));
              Awaitility.await().atMost(Duration.ofSeconds(90)).until(other.get(0)::isDone);
              other.add(
                  threads.submit(
                      () ->
                          database.run(
                              t -> {
                                backend.complete(pid(t));
                                // Has the slot that came up, and waits for the one that we hold.
                                slots.lock(t, both);
                              })));
              awaitBlockedOrDone(backend, other.get(1));
              return enter(tx, both, taken);
            });

    for (Future<?> done : other) {
      done.get(90, TimeUnit.SECONDS);
    }
    assertThat(entries.get(free)).isInstanceOf(Slots.Entry.Again.class);
    assertThat(entries.get(blocked)).isInstanceOf(Slots.Entry.Queued.class);
  }

  @Test
  @DisplayName("BK2: two servers that fill a queue at once do not fill it beyond its bound")
  void queueBound() throws Exception {
    long job = job("bounded", "{strategy: serial, queue: 5}");
    List<RunRow> runs = write(job, 11);
    database.run(tx -> enter(tx, runs.subList(0, 1)));
    CompletableFuture<Integer> backend = new CompletableFuture<>();

    record Entered(List<Slots.Entry> first, Future<List<Slots.Entry>> second) {}
    Entered entered =
        database.call(
            tx -> {
              List<Slots.Entry> first = enter(tx, runs.subList(1, 6));
              Future<List<Slots.Entry>> second =
                  threads.submit(
                      () ->
                          database.call(
                              other -> {
                                backend.complete(pid(other));
                                return enter(other, runs.subList(6, 11));
                              }));
              awaitBlockedOrDone(backend, second);
              return new Entered(first, second);
            });

    assertThat(entered.first()).hasOnlyElementsOfType(Slots.Entry.Queued.class);
    assertThat(entered.second().get(90, TimeUnit.SECONDS))
        .hasOnlyElementsOfType(Slots.Entry.Refused.class);
    assertThat(count("slot_wait", job)).isEqualTo(5);
  }

  @Test
  @DisplayName("KL8: a waiting run can be cancelled in the very moment in which it gets the slot")
  void cancelMeetsHandover() throws Exception {
    long job = job("met", "{strategy: serial, queue: 5}");
    nodes.connect(jobs.app() + "-node", jobs.appId(), 10);
    List<RunRow> runs = write(job, 2);
    RunDispatcher dispatcher = server();
    database.run(tx -> dispatcher.dispatch(tx, runs, clock.instant()));
    CompletableFuture<Integer> backend = new CompletableFuture<>();

    Future<?> finishing =
        database.call(
            tx -> {
              RunRow waiting = store.lock(tx, runs.get(1).id()).get(0);
              Future<?> end =
                  threads.submit(
                      () ->
                          database.run(
                              other -> {
                                backend.complete(pid(other));
                                succeed(other, runs.get(0).id());
                              }));
              awaitBlockedOrDone(backend, end);
              Ending asked = Ending.of(ReasonCode.KILL_REQUESTED, "killed by wang");
              ledger.write(
                  tx, List.of(machine.over(waiting, clock.instant(), RunEvent.CANCELLED, asked)));
              return end;
            });
    finishing.get(90, TimeUnit.SECONDS);

    assertThat(states(job)).containsOnly(Map.entry("SUCCEEDED", 1L), Map.entry("CANCELLED", 1L));
    assertThat(count("slot", job) + count("slot_wait", job)).isZero();
  }

  /** One more server's dispatcher. */
  private RunDispatcher server() {
    ServerMembership membership =
        new ServerMembership(database, leases, clock, leaseConfig, address);
    ServerNodes around = new ServerNodes(registry, load, membership);
    Broadcasts broadcasts = new Broadcasts(members, rules, around);
    Placing placing = new Placing(around, broadcasts, rules, config);
    return new RunDispatcher(dueRuns, slots, replacement, placing, broadcasts, ledger, rules);
  }

  private Void enter(CyclicBarrier together, List<RunRow> share) throws Exception {
    RunDispatcher dispatcher = server();
    together.await();
    for (int from = 0; from < share.size(); from += 5) {
      List<RunRow> due = share.subList(from, from + 5);
      while (!due.isEmpty()) {
        List<RunRow> piece = due;
        RunDispatcher.Batch batch =
            database.call(tx -> dispatcher.dispatch(tx, piece, clock.instant()));
        batch.afterCommit().run();
        due = batch.again();
      }
    }
    return null;
  }

  private Void finishAll(CyclicBarrier together, Map<Long, Integer> most) throws Exception {
    together.await();
    while (most.keySet().stream().anyMatch(job -> states(job).size() != 1 || isOpen(job))) {
      List<Long> onNode = new ArrayList<>();
      most.forEach(
          (job, max) -> {
            List<Long> now = onNode(job);
            assertThat(now).hasSizeLessThanOrEqualTo(max);
            onNode.addAll(now);
          });
      for (long id : onNode) {
        database.call(tx -> succeed(tx, id)).run();
      }
    }
    return null;
  }

  private boolean isOpen(long job) {
    return !states(job).containsKey("SUCCEEDED");
  }

  /** Ends the run well, unless somebody else has; the answer is to be called after the commit. */
  private Runnable succeed(Tx tx, long id) {
    RunRow run = store.lock(tx, id).get(0);
    if (run.state() != RunState.DISPATCHED) {
      return () -> {};
    }
    Step step = machine.succeeded(run, clock.instant(), Optional.empty(), 0);
    return ledger.write(tx, List.of(step)).afterCommit();
  }

  private List<Slots.Entry> enter(Tx tx, List<RunRow> runs) {
    return List.copyOf(enter(tx, runs, slots.lock(tx, runs)).values());
  }

  private Map<RunRow, Slots.Entry> enter(Tx tx, List<RunRow> runs, List<SlotStore.Slot> taken) {
    Map<RunRow, Blocking> rules = new HashMap<>();
    Map<JobVersion.Id, JobVersion> known =
        versions.get(tx, runs.stream().map(RunRow::version).toList());
    runs.forEach(run -> rules.put(run, known.get(run.version()).spec().blocking()));
    return slots.enter(tx, runs, rules, taken);
  }

  private static int pid(Tx tx) {
    return tx.one("SELECT pg_backend_pid() AS pid", row -> row.number("pid"));
  }

  /** Until the other transaction waits for this one, or did not have to. */
  private void awaitBlockedOrDone(CompletableFuture<Integer> backend, Future<?> work) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .until(() -> work.isDone() || (backend.isDone() && waitsForLock(backend.join())));
  }

  private boolean waitsForLock(int pid) {
    return database.call(
        tx ->
            tx.one(
                """
                SELECT count(*) > 0 AS waits FROM pg_stat_activity
                 WHERE pid = ? AND wait_event_type = 'Lock'
                """,
                row -> row.flag("waits"),
                pid));
  }

  private long job(String name, String blocking) {
    return jobs.job(name, "schedule: none", "blocking: " + blocking);
  }

  /** Writes runs that no server has looked at, and that none looks at by itself for an hour. */
  private List<RunRow> write(long jobUid, int count) {
    return database.call(
        tx -> {
          JobVersion.Id id = new JobVersion.Id(jobUid, 1);
          JobVersion job = versions.get(tx, List.of(id)).get(id);
          NewRun run =
              new NewRun(
                  job,
                  Optional.empty(),
                  Trigger.MANUAL,
                  Optional.empty(),
                  Optional.of("li"),
                  Optional.empty(),
                  false);
          List<RunRow> rows = inserts.insert(tx, "s-none", Collections.nCopies(count, run));
          tx.update(
              "UPDATE run SET wake_at = now() + interval '1 hour' WHERE id = ANY(?)",
              SqlArray.longs(rows.stream().map(RunRow::id).toList()));
          return rows;
        });
  }

  private List<Long> onNode(long jobUid) {
    return database.call(
        tx ->
            tx.query(
                """
                SELECT id FROM run
                 WHERE job_uid = ? AND state IN ('DISPATCHED', 'RUNNING', 'KILLING')
                """,
                row -> row.longNumber("id"),
                jobUid));
  }

  private Map<String, Long> states(long jobUid) {
    Map<String, Long> states = new HashMap<>();
    database.call(
        tx ->
            tx.query(
                "SELECT state, count(*) AS runs FROM run WHERE job_uid = ? GROUP BY state",
                row -> states.put(row.text("state"), row.longNumber("runs")),
                jobUid));
    return states;
  }

  private int count(String table, long jobUid) {
    return database.call(
        tx ->
            tx.one(
                "SELECT count(*) AS rows FROM " + table + " WHERE job_uid = ?",
                row -> row.number("rows"),
                jobUid));
  }
}
