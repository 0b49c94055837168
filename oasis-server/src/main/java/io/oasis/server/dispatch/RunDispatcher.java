package io.oasis.server.dispatch;

import io.oasis.manifest.Blocking;
import io.oasis.manifest.JobSpec;
import io.oasis.server.database.Tx;
import io.oasis.server.run.Ending;
import io.oasis.server.run.Ledger;
import io.oasis.server.run.Member;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.Remark;
import io.oasis.server.run.Rules;
import io.oasis.server.run.RunEvent;
import io.oasis.server.run.RunMachine;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Decides, for runs whose time has come, whether they may run (blocking) and where (routing), and
 * writes it in one transaction. Used by one thread.
 */
@ApplicationScoped
public class RunDispatcher {
  private static final Logger LOG = Logger.getLogger(RunDispatcher.class);

  private final DueRuns dueRuns;
  private final Slots slots;
  private final Replacement replacement;
  private final Placing placing;
  private final Broadcasts broadcasts;
  private final Ledger ledger;
  private final RunMachine machine;

  public RunDispatcher(
      DueRuns dueRuns,
      Slots slots,
      Replacement replacement,
      Placing placing,
      Broadcasts broadcasts,
      Ledger ledger,
      Rules rules) {
    this.dueRuns = dueRuns;
    this.slots = slots;
    this.replacement = replacement;
    this.placing = placing;
    this.broadcasts = broadcasts;
    this.ledger = ledger;
    this.machine = rules.machine();
  }

  /**
   * What a batch came to.
   *
   * @param handedOver runs that a node is to be sent now
   * @param members parts of broadcasts that nodes are to be sent now
   * @param waiting runs that no node can take now
   * @param again runs that have to be looked at again in a moment: their time is still that far
   *     away, or another server was at their job
   * @param told true when the ledger says of runs, from now on, that they wait for a free slot
   * @param afterCommit to be called once the transaction is committed
   */
  record Batch(
      List<RunRow> handedOver,
      List<Member> members,
      List<RunRow> waiting,
      List<RunRow> again,
      boolean told,
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
  Batch dispatch(Tx tx, List<RunRow> candidates, Instant now) {
    placing.newBatch(Router.Desk.DUE);
    // First the slots, then the runs, and no run is waited for: whoever ends a run holds it and
    // waits for its slot, and whoever hands a slot on holds it and waits for the next run.
    List<SlotStore.Slot> taken = slots.lock(tx, candidates);
    DueRuns.Due due = dueRuns.read(tx, candidates);
    Work work = new Work();
    work.again.addAll(due.busy());
    for (RunRow run : due.unreadable()) {
      String what = "revision " + run.origin().revision() + " of its job cannot be read";
      work.add(internal(run, what, now));
    }
    Map<RunRow, Blocking> live = new LinkedHashMap<>();
    due.specs()
        .forEach(
            (run, spec) -> {
              Optional<Step> tooLate = Patience.tooLate(machine, run, spec, now);
              if (tooLate.isPresent()) {
                work.add(tooLate.get());
              } else if (run.origin().forced()) {
                place(tx, run, spec, now, work);
              } else {
                live.put(run, spec.blocking());
              }
            });
    if (!live.isEmpty()) {
      slots
          .enter(tx, List.copyOf(live.keySet()), live, taken)
          .forEach((run, entry) -> follow(tx, run, entry, due.specs().get(run), now, work));
    }
    return write(tx, work);
  }

  /** Ends a run that a fault keeps from being handed over; the answer is for after the commit. */
  Runnable giveUp(Tx tx, RunRow run, String message, Instant now) {
    DueRuns.Due still = dueRuns.read(tx, List.of(run));
    List<RunRow> queued = new ArrayList<>(still.specs().keySet());
    queued.addAll(still.unreadable());
    return ledger
        .write(tx, queued.stream().map(r -> internal(r, message, now)).toList())
        .afterCommit();
  }

  private Step internal(RunRow run, String message, Instant now) {
    LOG.errorf("run=%d ends: %s", run.id(), message);
    return machine.over(run, now, RunEvent.FAILED, Ending.of(ReasonCode.INTERNAL, message));
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
        Instant giveUpAt = Patience.giveUpAt(run, spec, now);
        work.add(
            machine.waits(
                run,
                ReasonCode.WAITING_SLOT,
                Remark.SLOT_HELD.text(queued.holder()),
                giveUpAt,
                giveUpAt));
        if (queued.replaces()) {
          replacement
              .makeRoom(tx, run, queued.holder(), now)
              .ifPresentOrElse(steps -> steps.forEach(work::add), () -> work.again.add(run));
        }
      }
      case Slots.Entry.Superseded superseded ->
          work.add(replacement.superseded(run, superseded.newest(), now));
      case Slots.Entry.Refused refused -> work.add(refuse(run, refused, now));
      case Slots.Entry.Again again -> work.again.add(run);
    }
  }

  private Step refuse(RunRow run, Slots.Entry.Refused refused, Instant now) {
    boolean full = refused.reason() == ReasonCode.QUEUE_FULL;
    return machine.over(
        run,
        now,
        full ? RunEvent.COALESCED : RunEvent.SKIPPED,
        Ending.of(
            refused.reason(),
            full ? Remark.QUEUE_FULL.text() : Remark.STILL_RUNS.text(refused.holder())));
  }

  private void place(Tx tx, RunRow run, JobSpec spec, Instant now, Work work) {
    Placing.Placed placed = placing.place(tx, run, spec, now, Router.Desk.DUE);
    placed.step().ifPresent(work::add);
    if (!placed.members().isEmpty()) {
      work.members.put(run.id(), placed.members());
    }
    if (placed.waits()) {
      work.waiting.add(run);
    }
  }

  private Batch write(Tx tx, Work work) {
    Ledger.Written written = ledger.write(tx, List.copyOf(work.steps.values()));
    Map<Long, Step> done = new HashMap<>();
    written.steps().forEach(s -> done.put(s.before().id(), s));
    // Only the database's clock can refuse a locked row: its time is a moment away for it.
    List<RunRow> early =
        work.steps.values().stream()
            .map(Step::before)
            .filter(run -> !done.containsKey(run.id()))
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
            .filter(r -> !work.steps.containsKey(r.id()) || done.containsKey(r.id()))
            .map(r -> done.containsKey(r.id()) ? done.get(r.id()).after() : r)
            .toList();
    return new Batch(
        handedOver, members, waiting, work.again, tells(written), written.afterCommit());
  }

  private static boolean tells(Ledger.Written written) {
    return written.steps().stream()
        .anyMatch(
            s ->
                s.event() == RunEvent.WAITING
                    && s.after().standing().reason().equals(Optional.of(ReasonCode.NO_FREE_SLOT)));
  }
}
