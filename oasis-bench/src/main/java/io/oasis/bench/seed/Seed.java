package io.oasis.bench.seed;

import io.oasis.bench.machine.BenchException;
import io.oasis.bench.oasis.Api;
import io.oasis.bench.seed.SeedLedger.Day;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Fills a database with history. Says on standard error what it is doing, and at the end how to
 * look at the result; exit code 1 means that it could not, 2 that the flags are wrong.
 */
public final class Seed {
  private static final int AT_ONCE = 2;
  private static final int JOBS_OF_APPLY = 2_000;
  private static final int RUNS_OF_AUDIT = 100;
  private static final String IDLE = "idle-template";

  private final SeedOptions options;
  private final SeedPlan plan;
  private final Instant until;
  private final List<Day> days = new ArrayList<>();

  private Seed(SeedOptions options, InstantSource clock) {
    this.options = options;
    this.plan = SeedPlan.of(options);
    this.until = options.until().orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.HOURS));
  }

  /** Fills a database. */
  public static void main(String[] arguments) {
    SeedOptions options;
    try {
      options = SeedOptions.parse(arguments);
    } catch (BenchException e) {
      System.err.println("seed: " + e.getMessage());
      System.exit(2);
      return;
    }
    try {
      new Seed(options, InstantSource.system()).run();
    } catch (BenchException e) {
      System.err.println("seed: " + e.getMessage());
      System.exit(1);
    } catch (SQLException e) {
      System.err.println("seed: the database says: " + e.getMessage());
      System.exit(1);
    }
  }

  private void run() throws SQLException {
    long begun = System.nanoTime();
    refuseRealJobs();
    say("starting a server, which makes the schema and the partitions");
    try (SeedServer server = SeedServer.start(options)) {
      Api api = server.signIn();
      say(plan.jobs().size() + " jobs");
      apply(api, false);
      long runs;
      try (Connection connection = server.connect()) {
        runs = history(server, new SeedStore(connection));
      }
      if (options.switchOn()) {
        apply(api, true);
      }
      say(
          "%,d runs over %d days, in %d s"
              .formatted(
                  runs, options.days(), Duration.ofNanos(System.nanoTime() - begun).toSeconds()));
    }
    if (!SeedServer.isElsewhere()) {
      System.err.printf(
          "look at it:  OASIS_DATA_DIR=%s OASIS_MAINTENANCE_HISTORY=P%dD bin/oasis-server%n"
              + "sign in as:  admin, %s%nbe rid of it:  rm -r %s%n",
          options.data(), options.days() + 335, SeedServer.password(), options.data());
    }
  }

  /** Before a server touches it: the start of one would migrate somebody's database. */
  private void refuseRealJobs() throws SQLException {
    if (options.force()) {
      return;
    }
    if (!SeedServer.isElsewhere()) {
      if (!isEmpty(options.data())) {
        throw new BenchException(
            options.data()
                + " is there already; remove it, name another folder (DATA=...), or add to it with"
                + " FORCE=yes");
      }
      return;
    }
    try (Connection connection = SeedServer.connectElsewhere()) {
      if (new SeedStore(connection).inUse()) {
        throw new BenchException(
            "the database of OASIS_DB_URL has jobs or runs; name an empty one, or add to it with"
                + " FORCE=yes");
      }
    }
  }

  private static boolean isEmpty(Path folder) {
    if (!Files.exists(folder)) {
      return true;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new BenchException("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  private void apply(Api api, boolean enabled) {
    apply(api, SeedPlan.appManifests());
    List<SeedJob> jobs = plan.jobs();
    for (int from = 0; from < jobs.size(); from += JOBS_OF_APPLY) {
      List<SeedJob> some = jobs.subList(from, Math.min(jobs.size(), from + JOBS_OF_APPLY));
      apply(api, SeedPlan.manifests(some, enabled));
    }
    if (!enabled && options.idleJobs() > 0) {
      apply(api, SeedPlan.idleManifest(IDLE));
    }
  }

  private static void apply(Api api, String manifest) {
    api.post("/apply", Map.of("files", List.of(Map.of("name", "seed.yaml", "content", manifest))));
  }

  private long history(SeedServer server, SeedStore store) throws SQLException {
    Instant from =
        LocalDate.ofInstant(until, ZoneOffset.UTC)
            .minusDays(options.days() - 1L)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant();
    store.remember(plan.jobs());
    store.age(from, until);
    cutIntoDays(from, store.takeIds(plan.runsOfDay() * options.days()));
    say("the history of " + days.size() + " days, up to " + until);
    long runs = inParallel(server, (ledger, day) -> ledger.write(day));
    say("incidents, nodes, audit");
    inParallel(
        server,
        (ledger, day) -> {
          ledger.incidents(day);
          return 0;
        });
    Day last = days.get(days.size() - 1);
    try (Connection connection = server.connect()) {
      new SeedStore(connection).remember(plan.jobs());
      new SeedLedger(connection, options.seed(), 0).troubles();
    }
    store.nodes(last.generation(), until);
    store.audit(from, until, (int) Math.max(100, runs / RUNS_OF_AUDIT));
    if (options.idleJobs() > 0) {
      say(options.idleJobs() + " idle jobs");
      store.idle(store.uid(SeedPlan.APPS.get(0), IDLE), options.idleJobs());
    }
    say("vacuum and statistics");
    store.tidy();
    return runs;
  }

  private void cutIntoDays(Instant from, long firstId) {
    Instant begin = from;
    long id = firstId;
    while (begin.isBefore(until)) {
      Instant end = begin.plus(1, ChronoUnit.DAYS);
      boolean last = !end.isBefore(until);
      days.add(new Day(days.size(), begin, last ? until : end, id, last));
      begin = end;
      id += plan.runsOfDay();
    }
  }

  /** What is done for a day; the answer is added up. */
  private interface OfDay {
    int work(SeedLedger ledger, Day day) throws SQLException;
  }

  private long inParallel(SeedServer server, OfDay work) {
    Queue<Day> left = new ConcurrentLinkedQueue<>(days);
    try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Long>> sums = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        sums.add(workers.submit(() -> someDays(server, left, work)));
      }
      long sum = 0;
      for (Future<Long> part : sums) {
        sum += part.get();
      }
      return sum;
    } catch (ExecutionException e) {
      throw new BenchException("the history cannot be written: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  private long someDays(SeedServer server, Queue<Day> left, OfDay work) throws SQLException {
    long sum = 0;
    try (Connection connection = server.connect()) {
      new SeedStore(connection).remember(plan.jobs());
      SeedLedger ledger = new SeedLedger(connection, options.seed(), plan.byHandPerDay());
      for (Day day = left.poll(); day != null; day = left.poll()) {
        sum += work.work(ledger, day);
      }
    }
    return sum;
  }

  private static void say(String words) {
    System.err.println("seed: " + words);
  }
}
