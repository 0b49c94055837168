package io.oasis.server.run;

import io.oasis.manifest.JobSpec;
import io.oasis.server.database.Database;
import io.oasis.server.database.Isolation;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.loop.Loop;
import io.oasis.server.loop.Shutdown;
import io.oasis.server.time.DatabaseClock;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Collects what nodes say of their runs and commits it in groups. A group that cannot be committed
 * stays and is tried again: while the database is away nothing is lost and nothing is answered.
 */
@ApplicationScoped
public class ReportCollector implements RunReports {
  private static final Logger LOG = Logger.getLogger(ReportCollector.class);
  private static final int GROUP = 500;
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int LAST_GROUPS = 20;

  private final Database database;
  private final DatabaseClock clock;
  private final LedgerStore store;
  private final Ledger ledger;
  private final JobVersions versions;
  private final ServerMembership membership;
  private final RunMachine machine;
  private final ReportRules rules;
  private final MemberReports members;
  private final LinkedBlockingQueue<Report> heard = new LinkedBlockingQueue<>();
  private final List<Report> group = new ArrayList<>();
  private final Loop loop = new Loop("run-reports", this::runOnce);

  public ReportCollector(
      Database database,
      DatabaseClock clock,
      LedgerStore store,
      Ledger ledger,
      JobVersions versions,
      ServerMembership membership,
      Rules rules) {
    this.database = database;
    this.clock = clock;
    this.store = store;
    this.ledger = ledger;
    this.versions = versions;
    this.membership = membership;
    this.machine = rules.machine();
    this.rules = rules.reports();
    this.members = rules.members();
  }

  void start(@Observes @Priority(90) StartupEvent event) {
    loop.start();
  }

  /** After the channel's step of the same phase, so that what was said last is written. */
  void endWithServer(@Observes @Priority(1_100) StartupEvent event, Shutdown shutdown) {
    shutdown.register(Shutdown.Phase.DRAIN, "run-reports", this::flush);
  }

  /** Writes what was heard, as long as that works; what is left is said again by the executors. */
  void flush() {
    loop.stop(PATIENCE);
    for (int groups = 0; groups < LAST_GROUPS && !(heard.isEmpty() && group.isEmpty()); groups++) {
      runOnce();
    }
  }

  @Override
  public void accepted(RunHandle run, Instant startedAt, Consumer<Answer> answer) {
    hear(new Report.Accepted(run, answer));
  }

  @Override
  public void rejected(RunHandle run, ReasonCode reason, String message, Consumer<Answer> answer) {
    hear(new Report.Rejected(run, reason, message, answer));
  }

  @Override
  public void finished(RunHandle run, Finish finish, Consumer<Answer> answer) {
    hear(new Report.Finished(run, finish, answer));
  }

  @Override
  public void progress(RunHandle run, int percent, String text) {
    if (run.member() == 0) {
      database.run(tx -> store.progress(tx, run, percent, text));
    }
  }

  private void hear(Report report) {
    heard.add(report);
    loop.wake();
  }

  /** Commits one group of reports. */
  Duration runOnce() {
    heard.drainTo(group, GROUP - group.size());
    if (group.isEmpty()) {
      return IDLE;
    }
    try {
      commit(group);
    } catch (RuntimeException e) {
      if (!Isolation.mayBeAnItems(e)) {
        throw e;
      }
      // What a part of the group came to stays, even if a later part has to be tried again.
      Isolation.halve(List.copyOf(group), this::commitPart, this::giveUp);
    }
    group.clear();
    return heard.isEmpty() ? IDLE : Duration.ZERO;
  }

  private void commitPart(List<Report> part) {
    commit(part);
    group.removeAll(part);
  }

  private void commit(List<Report> reports) {
    Group committed = database.call(tx -> commit(tx, reports));
    committed.afterCommit().run();
    committed.answers().forEach((report, answer) -> report.answer().accept(answer));
  }

  /**
   * A report that cannot be written ends its run: nobody will say anything better of it. The node
   * is told to forget the run.
   */
  private void giveUp(Report report, RuntimeException cause) {
    LOG.errorf(cause, "run=%d: a report of its node cannot be written", report.run().runId());
    Ending ending =
        Ending.of(
            ReasonCode.INTERNAL, "what its node said cannot be written: " + Isolation.line(cause));
    try {
      database.call(tx -> endInternally(tx, report.run(), ending)).run();
    } catch (RuntimeException e) {
      if (!Isolation.mayBeAnItems(e)) {
        throw e;
      }
      LOG.errorf(e, "run=%d: cannot be ended either", report.run().runId());
    }
    group.remove(report);
    report.answer().accept(Answer.FENCED);
  }

  private Runnable endInternally(Tx tx, RunHandle handle, Ending ending) {
    Instant now = clock.instant();
    List<Step> steps =
        store.lock(tx, List.of(handle)).stream()
            .filter(run -> run.state().isOnNode() && run.standing().epoch() == handle.epoch())
            .map(run -> machine.over(run, now, RunEvent.FAILED, ending))
            .toList();
    return ledger.write(tx, steps).afterCommit();
  }

  private Group commit(Tx tx, List<Report> reports) {
    Instant now = clock.instant();
    Map<Report, Answer> answers = new LinkedHashMap<>();
    List<Report> ofRuns = reports.stream().filter(r -> r.run().member() == 0).toList();
    List<Report> ofMembers = reports.stream().filter(r -> r.run().member() > 0).toList();
    List<Step> steps = new ArrayList<>(judge(tx, ofRuns, now, answers));
    steps.addAll(members.judge(tx, ofMembers, now, answers));
    Ledger.Written written = ledger.write(tx, steps);
    return new Group(answers, written.afterCommit());
  }

  private List<Step> judge(Tx tx, List<Report> reports, Instant now, Map<Report, Answer> answers) {
    if (reports.isEmpty()) {
      return List.of();
    }
    Map<Long, RunRow> runs = new HashMap<>();
    store
        .lock(tx, reports.stream().map(Report::run).toList())
        .forEach(run -> runs.put(run.id(), run));
    Map<JobVersion.Id, JobVersion> specs =
        versions.get(tx, runs.values().stream().map(RunRow::version).toList());
    Map<Long, Step> steps = new LinkedHashMap<>();
    for (Report report : reports) {
      RunRow run = runs.get(report.run().runId());
      if (run == null) {
        // Dropped by retention while the executor was away.
        answers.put(report, Answer.FENCED);
        continue;
      }
      JobSpec spec = JobVersion.specOf(specs.get(run.version()));
      switch (rules.judge(run, report, spec, now)) {
        case ReportRules.Verdict.Moves moves -> {
          steps.merge(run.id(), moves.step(), Step::then);
          runs.put(run.id(), moves.step().after());
          answers.put(report, Answer.COMMITTED);
        }
        case ReportRules.Verdict.Known known -> answers.put(report, Answer.COMMITTED);
        case ReportRules.Verdict.Late late -> {
          store.insertNote(tx, run, note(RunEvent.LATE_RESULT, late.detail()));
          answers.put(report, Answer.FENCED);
        }
      }
    }
    return List.copyOf(steps.values());
  }

  @Override
  public List<RunHandle> reconcile(String nodeId, List<RunHandle> inFlight) {
    Reconciled done = database.call(tx -> reconcile(tx, nodeId, inFlight));
    done.afterCommit().run();
    return done.fenced();
  }

  private Reconciled reconcile(Tx tx, String nodeId, List<RunHandle> inFlight) {
    Instant now = clock.instant();
    List<RunRow> known = store.lockOfNodes(tx, List.of(nodeId));
    Set<Hold> named = inFlight.stream().map(Hold::of).collect(Collectors.toSet());
    List<RunRow> kept = known.stream().filter(r -> named.contains(Hold.of(r.handle()))).toList();
    List<RunRow> gone = known.stream().filter(r -> !named.contains(Hold.of(r.handle()))).toList();
    store.moveToServer(tx, membership.serverId(), kept);
    Set<Hold> held =
        kept.stream().map(r -> Hold.of(r.handle())).collect(Collectors.toCollection(HashSet::new));
    held.addAll(members.stillHeld(tx, nodeId));
    List<Step> steps = new ArrayList<>(members.lostBy(tx, nodeId, named, now));
    Map<JobVersion.Id, JobVersion> specs =
        versions.get(tx, gone.stream().map(RunRow::version).toList());
    gone.stream()
        .map(
            r ->
                rules.lost(
                    r,
                    now,
                    JobVersion.specOf(specs.get(r.version())),
                    Remark.CAME_BACK_WITHOUT.text(nodeId)))
        .forEach(steps::add);
    Ledger.Written written = ledger.write(tx, steps);
    List<RunHandle> fenced =
        inFlight.stream().filter(handle -> !held.contains(Hold.of(handle))).toList();
    return new Reconciled(fenced, written.afterCommit());
  }

  private static Step.Note note(RunEvent kind, String detail) {
    return new Step.Note(kind, java.util.Optional.empty(), detail, "");
  }

  private record Group(Map<Report, Answer> answers, Runnable afterCommit) {}

  private record Reconciled(List<RunHandle> fenced, Runnable afterCommit) {}

  /** A hand-over without its attempt: the epoch alone tells hand-overs of a run apart. */
  record Hold(long runId, long epoch, int member) {
    static Hold of(RunHandle handle) {
      return new Hold(handle.runId(), handle.epoch(), handle.member());
    }
  }
}
