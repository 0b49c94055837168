package io.oasis.bench.measure;

import io.oasis.bench.machine.BenchException;
import io.oasis.bench.machine.Memory;
import io.oasis.bench.machine.Pause;
import io.oasis.bench.oasis.Batch;
import io.oasis.bench.oasis.Cluster;
import io.oasis.bench.oasis.JobSeed;
import io.oasis.bench.oasis.LedgerProof;
import io.oasis.bench.peer.DueTimes;
import io.oasis.bench.postgres.Database;
import io.oasis.bench.report.Lateness;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Oasis: servers and executors as processes. Every batch is proven before its figures count. */
final class OasisSession implements Session {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration OVERTIME = Duration.ofMinutes(1);
  private static final int LEAD_SECONDS = 4;
  private static final long LOOK_MILLIS = 20;

  /** In this time the last ends reach the ledger, so that one look into it is enough. */
  private static final long SETTLE_MILLIS = 200;

  private static final int TRIES = 4;
  private static final long SECOND = 1_000_000;

  private final TestBed bed;
  private final Cluster cluster;
  private final JobSeed seed;

  OasisSession(TestBed bed, Cluster cluster) {
    this.bed = bed;
    this.cluster = cluster;
    this.seed = new JobSeed(cluster.database());
  }

  /** One server and one executor on a fresh database. */
  static OasisSession open(TestBed bed) {
    return open(bed, bed.postgres().fresh("bench_oasis"), 1);
  }

  /** As many servers as executors on a database that is there. */
  static OasisSession open(TestBed bed, Database database, int servers) {
    return new OasisSession(
        bed,
        Cluster.start(
            bed.options().root(),
            database,
            bed.folder(),
            new Cluster.Size(servers, servers, bed.options().size().slots())));
  }

  Cluster cluster() {
    return cluster;
  }

  JobSeed seed() {
    return seed;
  }

  @Override
  public Map<String, Double> throughput(int jobs) {
    AtomicReference<Cost> before = new AtomicReference<>();
    Batch batch =
        seed.once(
            bed.clock().instant(),
            jobs,
            () -> {
              bed.postgres().checkpoint();
              before.set(cost());
            });
    End end = end(batch, PATIENCE);
    Map<String, Double> figures = new HashMap<>(end.cost().since(before.get()).perRun(jobs));
    LedgerProof.Found found = end.proof().check(cluster.takeCalls());
    figures.putAll(Session.rate(jobs, found.firstCallMicros(), found.lastFinishMicros()));
    return figures;
  }

  @Override
  public Map<String, Double> lateness(int perSecond, int seconds) {
    int lead = LEAD_SECONDS;
    DueTimes due = Session.soon(nowMicros(), lead, perSecond, seconds);
    Batch batch = seed.daily(due);
    for (int tries = 1; nowMicros() > due.firstMicros() - SECOND && tries < TRIES; tries++) {
      bed.say("  the jobs were not written in time; once more with other ones");
      awaitEnd(batch, OVERTIME);
      cluster.takeCalls();
      lead *= 2;
      due = Session.soon(nowMicros(), lead, perSecond, seconds);
      batch = seed.daily(due);
    }
    return lateness(due, batch);
  }

  private Map<String, Double> lateness(DueTimes due, Batch batch) {
    bed.postgres().checkpoint();
    Pause.until(time(due.firstMicros()).minusSeconds(1), bed.clock());
    Cost before = cost();
    Pause.until(time(due.lastMicros()), bed.clock());
    End end = end(batch, OVERTIME);
    Map<String, Double> figures = new HashMap<>(end.cost().since(before).perRun(due.count()));
    figures.put("serverMib", Memory.residentMib(cluster.servers().getFirst().process().pid()));
    LedgerProof.Found found = end.proof().check(cluster.takeCalls());
    figures.putAll(
        Lateness.figures(found.lateMicros().stream().mapToLong(Long::longValue).toArray()));
    figures.put("started", 1.0);
    figures.put("finished", 1.0);
    return figures;
  }

  /** Waits until everything of a batch is finished in the ledger. */
  LedgerProof awaitEnd(Batch batch, Duration limit) {
    return awaitEnd(batch, limit, () -> {});
  }

  /**
   * The end of a batch.
   *
   * @param cost as it was before the look that found everything finished: what that look costs
   *     PostgreSQL (a connection, two searches) is the benchmark's own
   */
  private record End(LedgerProof proof, Cost cost) {}

  private End end(Batch batch, Duration limit) {
    AtomicReference<Cost> cost = new AtomicReference<>();
    LedgerProof proof = awaitEnd(batch, limit, () -> cost.set(cost()));
    return new End(proof, cost.get());
  }

  private LedgerProof awaitEnd(Batch batch, Duration limit, Runnable beforeLook) {
    LedgerProof proof = new LedgerProof(cluster, batch);
    boolean over =
        Pause.until(() -> cluster.called() >= batch.size(), LOOK_MILLIS, limit)
            && Pause.until(
                () -> {
                  Pause.millis(SETTLE_MILLIS);
                  beforeLook.run();
                  return proof.isOver();
                },
                0,
                limit);
    if (!over) {
      throw new BenchException(
          "oasis has called %d of %d handlers after %s, and not everything is finished"
              .formatted(cluster.called(), batch.size(), limit));
    }
    return proof;
  }

  /** Says so when the jobs of a batch were written only after they were due. */
  void warnWhenLate(DueTimes due) {
    if (nowMicros() > due.firstMicros() - SECOND) {
      bed.say("  the machine is busy: the jobs were written late, their lateness says nothing");
    }
  }

  Cost cost() {
    return Cost.now(cluster, bed.postgres());
  }

  InstantSource clock() {
    return bed.clock();
  }

  long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, bed.clock().instant());
  }

  static Instant time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  @Override
  public void close() {
    cluster.close();
  }
}
