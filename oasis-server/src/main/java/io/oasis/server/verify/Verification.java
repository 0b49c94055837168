package io.oasis.server.verify;

import io.oasis.manifest.Blocking;
import io.oasis.manifest.JobSpec;
import io.oasis.schedule.JobTiming;
import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.maintenance.MaintenanceConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The door of the feature: looks at the ledger of a window, job by job. */
@ApplicationScoped
public class Verification {
  /** Nominal times and rows that one look may read: a few seconds, whatever the window. */
  public static final long LIMIT = 1_000_000;

  private static final int JOBS = 200;
  private static final int ROWS = 500;
  private static final Duration BLUR = Duration.ofMillis(250);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Database database;
  private final VerifyStore store;
  private final JobVersions versions;
  private final MaintenanceConfig history;

  public Verification(
      Database database, VerifyStore store, JobVersions versions, MaintenanceConfig history) {
    this.database = database;
    this.store = store;
    this.versions = versions;
    this.history = history;
  }

  /** Looks at a window. Each page of jobs is read in a transaction of its own. */
  public VerifyOutcome verify(VerifyRequest request) {
    return verify(request, LIMIT);
  }

  VerifyOutcome verify(VerifyRequest request, long limit) {
    Instant now = database.call(store::now);
    Instant kept =
        now.atZone(ZoneOffset.UTC)
            .toLocalDate()
            .minusDays(history.history().toDays())
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant();
    LedgerCheck.Window window =
        new LedgerCheck.Window(
            request.from().isBefore(kept) ? kept : request.from(),
            request.until().isAfter(now) ? now : request.until());
    Tally tally = new Tally(limit);
    VerifyStore.Choice choice = new VerifyStore.Choice(request.apps(), request.job());
    long jobs = 0;
    long last = 0;
    Optional<Page> page = nextPage(last, window, choice);
    while (page.isPresent()) {
      Page found = page.get();
      database.run(tx -> check(tx, found, window, tally));
      if (tally.isCut()) {
        return new VerifyOutcome.TooMuch(limit);
      }
      jobs += found.jobs().size();
      last = found.lastUid();
      page = nextPage(last, window, choice);
    }
    return new VerifyOutcome.Done(
        new VerifyReport(
            window.from(),
            window.until(),
            jobs,
            tally.nominalTimes(),
            tally.outcomes(),
            tally.worst(),
            tally.foundTimes(),
            tally.findings()));
  }

  /** Jobs with what was in force when, and which of them run one at a time. */
  private record Page(Map<Long, JobHistory> jobs, List<Long> serial, long lastUid, Instant now) {}

  private Optional<Page> nextPage(
      long after, LedgerCheck.Window window, VerifyStore.Choice choice) {
    return database.call(
        tx -> {
          List<VerifyStore.Listed> listed = store.jobs(tx, after, window, choice, JOBS);
          return listed.isEmpty() ? Optional.empty() : Optional.of(page(tx, listed));
        });
  }

  private Page page(Tx tx, List<VerifyStore.Listed> listed) {
    // The next time comes first: what is decided after it was read has its rows when they are.
    Map<Long, List<Term>> terms =
        store.terms(tx, listed.stream().map(VerifyStore.Listed::uid).toList());
    List<JobVersion.Id> ids = new ArrayList<>();
    terms.forEach(
        (uid, of) ->
            of.stream()
                .map(Term::revision)
                .distinct()
                .forEach(revision -> ids.add(new JobVersion.Id(uid, revision))));
    Map<JobVersion.Id, JobVersion> known = versions.get(tx, ids);
    Map<Long, JobHistory> jobs = new LinkedHashMap<>();
    List<Long> serial = new ArrayList<>();
    for (VerifyStore.Listed job : listed) {
      List<Term> own = terms.get(job.uid());
      if (own == null) {
        continue;
      }
      Map<Integer, JobTiming> timings = new HashMap<>();
      boolean oneAtATime = true;
      for (Term term : own) {
        JobVersion version = known.get(new JobVersion.Id(job.uid(), term.revision()));
        if (version != null) {
          timings.put(term.revision(), version.timing());
          oneAtATime &= oneAtATime(version.spec());
        }
      }
      jobs.put(job.uid(), new JobHistory(job.uid(), job.key(), job.nextFireAt(), own, timings));
      if (oneAtATime) {
        serial.add(job.uid());
      }
    }
    VerifyStore.Listed end = listed.get(listed.size() - 1);
    return new Page(jobs, serial, end.uid(), end.now());
  }

  private static boolean oneAtATime(JobSpec spec) {
    Blocking blocking = spec.blocking();
    return switch (blocking.strategy()) {
      case SERIAL, DISCARD, REPLACE -> true;
      case PARALLEL, PARALLEL_DISCARD -> blocking.max() == 1;
    };
  }

  private void check(Tx tx, Page page, LedgerCheck.Window window, Tally tally) {
    Map<Long, LedgerCheck> checks = new LinkedHashMap<>();
    page.jobs()
        .forEach((uid, job) -> checks.put(uid, new LedgerCheck(job, window, page.now(), tally)));
    store
        .earlierStretches(tx, checks.keySet(), window.from())
        .forEach(placed -> checks.get(placed.jobUid()).row(placed.row()));
    List<VerifyStore.Place> places =
        checks.keySet().stream()
            .map(uid -> new VerifyStore.Place(uid, window.from().minusNanos(1000), 0))
            .toList();
    while (!places.isEmpty() && !tally.isCut()) {
      places = feed(store.rows(tx, places, window, ROWS), checks, tally);
    }
    checks.values().forEach(LedgerCheck::finish);
    findRuns(tx, page, window, tally);
  }

  /** Hands rows on; the answer is where those jobs stand that have more of them. */
  private static List<VerifyStore.Place> feed(
      List<VerifyStore.Placed> rows, Map<Long, LedgerCheck> checks, Tally tally) {
    Map<Long, Integer> counts = new HashMap<>();
    List<VerifyStore.Place> further = new ArrayList<>();
    for (VerifyStore.Placed placed : rows) {
      tally.spend();
      checks.get(placed.jobUid()).row(placed.row());
      if (counts.merge(placed.jobUid(), 1, Integer::sum) == ROWS) {
        further.add(
            new VerifyStore.Place(placed.jobUid(), placed.row().nominalAt(), placed.occurrence()));
      }
    }
    return further;
  }

  private void findRuns(Tx tx, Page page, LedgerCheck.Window window, Tally tally) {
    for (VerifyStore.Overlap o :
        store.overlaps(tx, page.serial(), window, BLUR, Tally.MOST_FINDINGS)) {
      tally.found(
          new Finding(
              Finding.Kind.OVERLAP,
              page.jobs().get(o.jobUid()).key(),
              o.revision(),
              o.started(),
              o.until(),
              1,
              Optional.of(o.runId()),
              "run %d began while run %d of the job still ran".formatted(o.runId(), o.other())));
    }
    List<VerifyStore.Unfinished> old =
        store.unfinished(tx, page.jobs().keySet(), window, Tally.MOST_FINDINGS);
    Map<JobVersion.Id, JobVersion> known =
        versions.get(tx, old.stream().map(VerifyStore.Unfinished::version).toList());
    for (VerifyStore.Unfinished u : old) {
      Duration grace =
          Optional.ofNullable(known.get(u.version()))
              .map(version -> version.spec().timeouts().killGrace())
              .orElse(Duration.ZERO);
      unexplained(u, grace)
          .ifPresent(
              why ->
                  tally.found(
                      new Finding(
                          Finding.Kind.UNFINISHED,
                          page.jobs().get(u.jobUid()).key(),
                          u.revision(),
                          u.nominalAt(),
                          u.nominalAt(),
                          1,
                          Optional.of(u.runId()),
                          "run %d is still %s; %s".formatted(u.runId(), u.state(), why))));
    }
  }

  /** One that is asked to stop has its grace beyond its limit. */
  private static Optional<String> unexplained(VerifyStore.Unfinished run, Duration grace) {
    VerifyStore.Look look = run.look();
    if (look.wakeAt().filter(at -> at.isBefore(look.now().minus(PATIENCE))).isPresent()) {
      return look.wakeAt().map(at -> "somebody had to look at it at " + at);
    }
    Optional<Instant> over =
        look.deadlineAt().filter(at -> at.plus(grace).isBefore(look.now().minus(PATIENCE)));
    if (over.isPresent()) {
      return over.map(at -> "its limit ended at " + at);
    }
    return look.wakeAt().isEmpty()
        ? Optional.of("its node is gone, and nobody is to look at it again")
        : Optional.empty();
  }
}
