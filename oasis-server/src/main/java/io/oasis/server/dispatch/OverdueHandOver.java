package io.oasis.server.dispatch;

import io.oasis.manifest.JobSpec;
import io.oasis.schedule.Schedule;
import io.oasis.server.database.Tx;
import io.oasis.server.dispatch.SlotStore.Slot;
import io.oasis.server.run.Ledger;
import io.oasis.server.run.NewRun;
import io.oasis.server.run.OverdueRuns;
import io.oasis.server.run.Rules;
import io.oasis.server.run.RunEvent;
import io.oasis.server.run.RunInsertStore;
import io.oasis.server.run.RunMachine;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.Step;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Hands over runs as they are written, because their time has come before. Only what needs no
 * thought, as in {@link QuickHandOver}: the one run of its job, with the job's one slot free, and a
 * node with room that no older run waits for.
 *
 * <p>Here the slots come first, because nobody can wait for a run that does not exist yet. Jobs
 * that count from the end of their runs are left out: who ends such a run holds its slot and waits
 * for the job, which the claim holds.
 */
@Singleton
public class OverdueHandOver implements OverdueRuns {
  private final OverdueRoom room;
  private final Reservations reservations;
  private final Placing placing;
  private final SlotStore slots;
  private final RunInsertStore runs;
  private final Ledger ledger;
  private final RunMachine machine;

  OverdueHandOver(
      OverdueRoom room,
      Reservations reservations,
      Placing placing,
      SlotStore slots,
      RunInsertStore runs,
      Ledger ledger,
      Rules rules) {
    this.room = room;
    this.reservations = reservations;
    this.placing = placing;
    this.slots = slots;
    this.runs = runs;
    this.ledger = ledger;
    this.machine = rules.machine();
  }

  @Override
  public Room room() {
    return room.now();
  }

  @Override
  public Batch begin() {
    placing.newBatch(Router.Desk.OVERDUE);
    return new OneBatch();
  }

  private final class OneBatch implements Batch {
    private final Reservation reservation = reservations.begin();
    private Runnable afterCommit = () -> {};
    private int handedOver;

    @Override
    public List<NewRun> write(Tx tx, List<NewRun> all, Instant now) {
      List<NewRun> fitting = withRoom(plain(all, now));
      if (fitting.isEmpty()) {
        return all;
      }
      IdentityHashMap<NewRun, Step> placed = place(tx, fitting, now);
      Set<Long> admitted = takeSlots(tx, placed.values());
      placed.values().removeIf(step -> !admitted.contains(step.before().id()));
      Ledger.Written written = ledger.writeNew(tx, inOrder(placed.values()));
      afterCommit = written.afterCommit();
      Set<Long> done =
          written.steps().stream().map(step -> step.before().id()).collect(Collectors.toSet());
      // Its time is in the ledger already, or a moment away by the database's own clock.
      slots.freeOf(
          tx,
          placed.values().stream()
              .map(Step::before)
              .filter(run -> !done.contains(run.id()))
              .toList());
      placed.values().removeIf(step -> !done.contains(step.before().id()));
      handedOver = done.size();
      reservation.reserve(tx, written.steps().stream().map(Step::after).toList(), List.of());
      return all.stream().filter(run -> !placed.containsKey(run)).toList();
    }

    @Override
    public int handedOver() {
      return handedOver;
    }

    @Override
    public void committed() {
      placing.newBatch(Router.Desk.OVERDUE);
      afterCommit.run();
      reservation.send();
    }

    @Override
    public void rolledBack() {
      placing.newBatch(Router.Desk.OVERDUE);
      reservation.release();
    }
  }

  /** The runs that need no thought. An older run of the job that this server is at goes first. */
  private List<NewRun> plain(List<NewRun> all, Instant now) {
    Map<Long, Integer> ofJob = new HashMap<>();
    all.forEach(run -> ofJob.merge(run.job().id().jobUid(), 1, Integer::sum));
    Set<Long> older = room.jobsUnderWay();
    List<NewRun> plain = new ArrayList<>(all.size());
    for (NewRun run : all) {
      long job = run.job().id().jobUid();
      if (run.nominalAt().filter(at -> !at.isAfter(now)).isPresent()
          && ofJob.get(job) == 1
          && !older.contains(job)
          && QuickHandOver.isPlain(run.job().spec())
          && !(run.job().spec().schedule() instanceof Schedule.FixedDelay)) {
        plain.add(run);
      }
    }
    return plain;
  }

  /** As many of each app as nobody else waits for, the oldest first. */
  private List<NewRun> withRoom(List<NewRun> plain) {
    Map<Long, Integer> left = new HashMap<>();
    List<NewRun> fitting = new ArrayList<>(plain.size());
    for (NewRun run : plain) {
      int free = left.computeIfAbsent(run.job().appId(), room::free);
      if (free > 0) {
        left.put(run.job().appId(), free - 1);
        fitting.add(run);
      }
    }
    return fitting;
  }

  /**
   * A node for each, in the order of the runs; those that get none are not in the answer. By
   * identity, because comparing specs is dear.
   */
  private IdentityHashMap<NewRun, Step> place(Tx tx, List<NewRun> fitting, Instant now) {
    Iterator<Long> ids = runs.newIds(tx, fitting.size()).iterator();
    IdentityHashMap<NewRun, Step> placed = new IdentityHashMap<>(fitting.size());
    for (NewRun run : fitting) {
      JobSpec spec = run.job().spec();
      RunRow row = RunRow.due(ids.next(), run, room.serverId(), now);
      if (Patience.tooLate(machine, row, spec, now).isEmpty()) {
        placing
            .place(tx, row, spec, now, Router.Desk.OVERDUE)
            .step()
            .filter(step -> step.event() == RunEvent.DISPATCHED)
            .ifPresent(step -> placed.put(run, step));
      }
    }
    return placed;
  }

  /** In the order in which everybody locks runs. */
  private static List<Step> inOrder(Collection<Step> steps) {
    return steps.stream().sorted(Comparator.comparingLong(step -> step.before().id())).toList();
  }

  /** Takes the slots of the runs' jobs; the answer is the runs that got theirs. */
  private Set<Long> takeSlots(Tx tx, Collection<Step> placed) {
    return slots.takeFree(
        tx,
        placed.stream()
            .map(Step::before)
            .map(run -> new Slot(run.origin().jobUid(), 1, run.id(), run.nominalAt()))
            .toList());
  }
}
