package io.oasis.server.dispatch;

import io.oasis.manifest.Blocking;
import io.oasis.manifest.JobSpec;
import io.oasis.server.app.NodeRegistry;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.run.Ending;
import io.oasis.server.run.Ledger;
import io.oasis.server.run.LedgerStore;
import io.oasis.server.run.Member;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunEvent;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.RunMachine;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.RunState;
import io.oasis.server.run.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides, for runs whose time has come, whether they may run (blocking) and where (routing), and
 * writes it in one transaction. Used by one thread.
 */
final class RunDispatcher {
  /** What {@link RunMachine#waits} says of runs. */
  private static final Set<ReasonCode> WAITS =
      EnumSet.of(
          ReasonCode.WAITING_SLOT,
          ReasonCode.NO_EXECUTOR,
          ReasonCode.NO_HANDLER,
          ReasonCode.NO_FREE_SLOT);

  private final JobVersions versions;
  private final Slots slots;
  private final Ledger ledger;
  private final Broadcasts broadcasts;
  private final Replacement replacement;
  private final DispatchConfig config;
  private final Placing placing;

  /** What decides where a run goes. */
  record Placing(NodeRegistry nodes, Router router, RunMachine machine, LedgerStore store) {}

  RunDispatcher(
      JobVersions versions,
      Slots slots,
      Ledger ledger,
      Broadcasts broadcasts,
      Replacement replacement,
      DispatchConfig config,
      Placing placing) {
    this.versions = versions;
    this.slots = slots;
    this.ledger = ledger;
    this.broadcasts = broadcasts;
    this.replacement = replacement;
    this.config = config;
    this.placing = placing;
  }

  /**
   * What a batch came to.
   *
   * @param handedOver runs that a node is to be sent now
   * @param members parts of broadcasts that nodes are to be sent now
   * @param waiting runs that no node can take now
   * @param again runs that have to be looked at again in a moment: their time is still that far
   *     away, or another server was at their job
   * @param afterCommit to be called once the transaction is committed
   */
  record Batch(
      List<RunRow> handedOver,
      List<Member> members,
      List<RunRow> waiting,
      List<RunRow> again,
      Runnable afterCommit) {}

  /** The state of one batch in the making. */
  private static final class Work {
    final Map<Long, Step> steps = new LinkedHashMap<>();
    final Map<Long, List<Member>> members = new HashMap<>();
    final Set<RunRow> slotTaken = new HashSet<>();
    final List<RunRow> waiting = new ArrayList<>();
    final List<RunRow> again = new ArrayList<>();

    void add(Step step) {
      steps.merge(step.before().id(), step, Step::then);
    }
  }

  /** Hands over what can be handed over. */
  Batch dispatch(Tx tx, List<RunRow> due, Instant now) {
    placing.router().newBatch();
    Work work = new Work();
    // First the slots, then the runs, and no run is waited for: whoever ends a run holds it and
    // waits for its slot, and whoever hands a slot on holds it and waits for the next run.
    slots.lock(tx, due);
    Map<RunRow, JobSpec> specs = specs(tx, stillQueued(tx, due, work));
    Map<RunRow, Blocking> live = new LinkedHashMap<>();
    specs.forEach(
        (run, spec) -> {
          if (waitedTooLong(run, spec, now)) {
            work.add(tooLate(run, now));
          } else {
            live.put(run, spec.blocking());
          }
        });
    if (!live.isEmpty()) {
      slots
          .enter(tx, List.copyOf(live.keySet()), live)
          .forEach((run, entry) -> follow(tx, run, entry, specs.get(run), now, work));
    }
    return write(tx, work);
  }

  private void follow(Tx tx, RunRow run, Slots.Entry entry, JobSpec spec, Instant now, Work work) {
    switch (entry) {
      case Slots.Entry.Admitted admitted -> {
        if (admitted.now()) {
          work.slotTaken.add(run);
        }
        place(tx, run, spec, now, work);
      }
      case Slots.Entry.Queued queued -> {
        Instant giveUpAt = giveUpAt(run, spec, now);
        work.add(
            placing
                .machine()
                .waits(
                    run,
                    ReasonCode.WAITING_SLOT,
                    "run " + queued.holder() + " of the job has the slot",
                    giveUpAt,
                    giveUpAt));
        if (queued.replaces()) {
          replacement
              .makeRoom(tx, run, queued.holder(), now)
              .ifPresentOrElse(steps -> steps.forEach(work::add), () -> work.again.add(run));
        }
      }
      case Slots.Entry.Refused refused -> work.add(refuse(run, refused, now));
      case Slots.Entry.Again again -> work.again.add(run);
    }
  }

  private Step refuse(RunRow run, Slots.Entry.Refused refused, Instant now) {
    boolean full = refused.reason() == ReasonCode.QUEUE_FULL;
    return placing
        .machine()
        .over(
            run,
            now,
            full ? RunEvent.COALESCED : RunEvent.SKIPPED,
            Ending.of(
                refused.reason(),
                full
                    ? "the queue of the job is full: its last run stands for this one"
                    : "run " + refused.holder() + " of the job still runs"));
  }

  private void place(Tx tx, RunRow run, JobSpec spec, Instant now, Work work) {
    Instant acceptBy = now.plus(config.acceptTimeout());
    switch (placing.router().route(run, spec, placing.nodes().online(run.origin().appId()))) {
      case Route.To to ->
          work.add(
              placing
                  .machine()
                  .dispatched(
                      run,
                      now,
                      new RunMachine.Placement(to.node().id(), to.node().serverId(), to.why()),
                      acceptBy));
      case Route.ToAll all -> {
        Broadcasts.Start start = broadcasts.start(tx, run, all.nodes(), now, acceptBy);
        work.add(start.step());
        work.members.put(run.id(), start.members());
      }
      case Route.Nowhere nowhere -> {
        work.waiting.add(run);
        // That all slots are taken is the ordinary life of a busy app: the run is tried again as
        // soon as one is free, and nothing is written about it before its hand-over lease ends.
        if (nowhere.reason() != ReasonCode.NO_FREE_SLOT || isNews(run, now)) {
          work.add(
              placing
                  .machine()
                  .waits(
                      run,
                      nowhere.reason(),
                      nowhere.message(),
                      now.plus(config.retryInterval()),
                      giveUpAt(run, spec, now)));
        }
      }
    }
  }

  private Batch write(Tx tx, Work work) {
    Ledger.Written written = ledger.write(tx, List.copyOf(work.steps.values()));
    Set<Long> done = new HashSet<>();
    written.steps().forEach(s -> done.add(s.before().id()));
    // Only the database's clock can refuse a locked row: its time is a moment away for it.
    List<RunRow> early =
        work.steps.values().stream()
            .map(Step::before)
            .filter(run -> !done.contains(run.id()))
            .toList();
    slots.giveBack(tx, early.stream().filter(work.slotTaken::contains).toList());
    work.again.addAll(early);
    List<RunRow> handedOver = new ArrayList<>();
    List<Member> members = new ArrayList<>();
    for (Step step : written.steps()) {
      if (step.event() == RunEvent.DISPATCHED) {
        List<Member> parts = work.members.get(step.before().id());
        if (parts == null) {
          handedOver.add(step.after());
        } else {
          members.addAll(parts);
        }
      }
    }
    broadcasts.save(tx, members);
    List<RunRow> waiting =
        work.waiting.stream()
            .filter(r -> !work.steps.containsKey(r.id()) || done.contains(r.id()))
            .map(r -> latest(r, written.steps()))
            .toList();
    return new Batch(handedOver, members, waiting, work.again, written.afterCommit());
  }

  private static RunRow latest(RunRow run, List<Step> steps) {
    return steps.stream()
        .filter(s -> s.before().id() == run.id())
        .map(Step::after)
        .findFirst()
        .orElse(run);
  }

  /**
   * What is in memory may be old: a run may have come up twice, been cancelled, or been handed over
   * and be back in the queue for a later attempt. Locked, the rows cannot move until this is
   * written; those that another transaction holds just now come again.
   */
  private List<RunRow> stillQueued(Tx tx, List<RunRow> due, Work work) {
    Map<Long, RunHandle> known = new HashMap<>();
    due.forEach(
        run -> known.merge(run.id(), run.handle(), (a, b) -> a.attempt() >= b.attempt() ? a : b));
    List<RunRow> locked = placing.store().lockFree(tx, known.values());
    Set<Long> seen = locked.stream().map(RunRow::id).collect(Collectors.toSet());
    due.stream().filter(run -> !seen.contains(run.id())).forEach(work.again::add);
    return locked.stream()
        .filter(run -> run.state() == RunState.QUEUED)
        .filter(run -> run.handle().equals(known.get(run.id())))
        .toList();
  }

  private Map<RunRow, JobSpec> specs(Tx tx, List<RunRow> runs) {
    Map<JobVersion.Id, JobVersion> known =
        versions.get(tx, runs.stream().map(RunRow::version).toList());
    Map<RunRow, JobSpec> specs = new LinkedHashMap<>();
    runs.stream()
        .filter(run -> known.containsKey(run.version()))
        .sorted(Comparator.comparing(RunRow::nominalAt).thenComparingLong(RunRow::id))
        .forEach(run -> specs.put(run, known.get(run.version()).spec()));
    return specs;
  }

  /** A run waits since its time, or since it was written when that was later. */
  private static Instant waitingSince(RunRow run) {
    return run.nominalAt().isAfter(run.origin().createdAt())
        ? run.nominalAt()
        : run.origin().createdAt();
  }

  /** Whether it is not said yet that the run waits for a free slot of a node. */
  private boolean isNews(RunRow run, Instant now) {
    boolean came =
        run.standing().epoch() == 0 && !now.isAfter(waitingSince(run).plus(config.handOverLease()));
    return !came && run.standing().reason().orElse(null) != ReasonCode.NO_FREE_SLOT;
  }

  /**
   * When the run will have waited too long. One that was on a node before has the whole time anew,
   * from when it was first told to wait.
   */
  private static Instant giveUpAt(RunRow run, JobSpec spec, Instant now) {
    if (run.standing().epoch() == 0) {
      return waitingSince(run).plus(spec.timeouts().queue());
    }
    boolean toldToWait = run.standing().reason().filter(WAITS::contains).isPresent();
    return run.standing()
        .deadlineAt()
        .filter(at -> toldToWait)
        .orElse(now.plus(spec.timeouts().queue()));
  }

  private static boolean waitedTooLong(RunRow run, JobSpec spec, Instant now) {
    return now.isAfter(giveUpAt(run, spec, now));
  }

  private Step tooLate(RunRow run, Instant now) {
    ReasonCode why = run.standing().reason().orElse(ReasonCode.QUEUE_TIMEOUT);
    return switch (why) {
      case NO_EXECUTOR, NO_HANDLER ->
          placing
              .machine()
              .over(run, now, RunEvent.FAILED, Ending.of(why, run.standing().message().orElse("")));
      default ->
          placing
              .machine()
              .over(
                  run,
                  now,
                  RunEvent.TIMED_OUT,
                  Ending.of(ReasonCode.QUEUE_TIMEOUT, "waited longer than its queue timeout"));
    };
  }
}
