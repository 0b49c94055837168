package io.oasis.server.run;

import io.oasis.server.database.Database;
import io.oasis.server.database.Isolation;
import io.oasis.server.database.Tx;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Collects what nodes say of their runs and commits it in groups. A group that cannot be committed
 * stays and is tried again: while the database is away nothing is lost and nothing is answered.
 */
@ApplicationScoped
public class ReportCollector implements RunReports {
  private static final Logger LOG = Logger.getLogger(ReportCollector.class);

  /** The most reports of a commit. A commit has a price of its own, however many are in it. */
  private static final int GROUP = 1_500;

  private static final Duration IDLE = Duration.ofSeconds(1);

  /** What is said within this is one commit, above all the start and the end of a short run. */
  private static final Duration GATHER = Duration.ofMillis(2);

  /**
   * The same while much is said: each commit takes from the processors what the hand-over of runs
   * that are due needs. A serial job whose runs follow each other alone does not wait so long.
   */
  private static final Duration GATHER_MORE = Duration.ofMillis(8);

  /** Starts and ends of more than two runs. */
  private static final int MUCH = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int LAST_GROUPS = 20;

  private final Database database;
  private final DatabaseClock clock;
  private final LedgerStore store;
  private final Ledger ledger;
  private final QuickReports quick;
  private final LockedReports locked;
  private final NodeReturn returns;
  private final LinkedBlockingQueue<Report> heard = new LinkedBlockingQueue<>();
  private final WaitingStarts starts = new WaitingStarts();
  private final List<Report> group = new ArrayList<>();
  private final Loop loop = new Loop("run-reports", this::turn);
  private volatile boolean gathering;
  private int lately;

  ReportCollector(
      Database database,
      DatabaseClock clock,
      LedgerStore store,
      Ledger ledger,
      QuickReports quick,
      LockedReports locked,
      NodeReturn returns) {
    this.database = database;
    this.clock = clock;
    this.store = store;
    this.ledger = ledger;
    this.quick = quick;
    this.locked = locked;
    this.returns = returns;
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
    starts.waitNoMore();
    for (int groups = 0; groups < LAST_GROUPS && !nothingIsLeft(); groups++) {
      runOnce();
    }
  }

  private boolean nothingIsLeft() {
    return heard.isEmpty() && starts.isEmpty() && group.isEmpty();
  }

  @Override
  public void accepted(RunHandle run, Instant startedAt, Consumer<Answer> answer) {
    hear(new Report.Accepted(run, clock.instant(), answer));
  }

  @Override
  public void rejected(RunHandle run, ReasonCode reason, String message, Consumer<Answer> answer) {
    hear(new Report.Rejected(run, reason, message, answer));
  }

  @Override
  public void unsent(RunHandle run, String server, Consumer<Answer> answer) {
    hear(new Report.Unsent(run, server, answer));
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
    if (!gathering || heard.size() >= GROUP) {
      loop.wake();
    }
  }

  /** Waits a moment for more of the same before it commits, unless that is enough for a group. */
  Duration turn() {
    if (!gathering && group.isEmpty() && !heard.isEmpty() && heard.size() < GROUP) {
      gathering = true;
      return lately > MUCH ? GATHER_MORE : GATHER;
    }
    gathering = false;
    return runOnce();
  }

  /** Commits one group of reports. */
  Duration runOnce() {
    if (group.isEmpty()) {
      List<Report> next = new ArrayList<>();
      lately = heard.drainTo(next, GROUP);
      group.addAll(starts.ripe(next, clock.instant()));
    }
    if (!group.isEmpty()) {
      commitGroup();
    }
    return heard.isEmpty() ? starts.next(clock.instant(), IDLE) : Duration.ZERO;
  }

  private void commitGroup() {
    List<Report> left = quick.commit(List.copyOf(group));
    group.clear();
    group.addAll(left);
    if (!group.isEmpty()) {
      commitLocked();
    }
    group.clear();
  }

  private void commitLocked() {
    try {
      commit(group);
    } catch (RuntimeException e) {
      if (!Isolation.mayBeAnItems(e)) {
        throw e;
      }
      // What a part of the group came to stays, even if a later part has to be tried again.
      Isolation.halve(List.copyOf(group), this::commitPart, this::giveUp);
    }
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
    return ledger.write(tx, locked.end(tx, handle, clock.instant(), ending)).afterCommit();
  }

  private Group commit(Tx tx, List<Report> reports) {
    Map<Report, Answer> answers = new LinkedHashMap<>();
    List<Step> steps = locked.judge(tx, reports, clock.instant(), answers);
    Ledger.Written written = ledger.write(tx, steps);
    return new Group(answers, written.afterCommit());
  }

  @Override
  public List<RunHandle> reconcile(String nodeId, List<RunHandle> inFlight) {
    NodeReturn.Reconciled done =
        database.call(tx -> returns.reconcile(tx, nodeId, inFlight, clock.instant()));
    done.afterCommit().run();
    return done.fenced();
  }

  private record Group(Map<Report, Answer> answers, Runnable afterCommit) {}
}
