package io.oasis.server.dispatch;

import io.oasis.server.database.Tx;
import io.oasis.server.dispatch.SlotStore.Slot;
import io.oasis.server.dispatch.SlotStore.Waiter;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.run.ClaimStore;
import io.oasis.server.run.LedgerListener;
import io.oasis.server.run.LedgerStore;
import io.oasis.server.run.ReadyRuns;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.RunState;
import io.oasis.server.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Hands the slot of a run that is over to the run that waits for it, in the same transaction. */
@ApplicationScoped
public class SlotHandover implements LedgerListener {
  private final SlotStore store;
  private final LedgerStore ledger;
  private final ClaimStore claims;
  private final ReadyRuns ready;
  private final ServerMembership membership;

  public SlotHandover(
      SlotStore store,
      LedgerStore ledger,
      ClaimStore claims,
      ReadyRuns ready,
      ServerMembership membership) {
    this.store = store;
    this.ledger = ledger;
    this.claims = claims;
    this.ready = ready;
    this.membership = membership;
  }

  @Override
  public Runnable written(Tx tx, List<Step> steps) {
    List<RunRow> ended = steps.stream().filter(Step::ends).map(Step::before).toList();
    store.leaveQueue(
        tx,
        ended.stream()
            .filter(r -> r.standing().reason().orElse(null) == ReasonCode.WAITING_SLOT)
            .map(Slots::waiter)
            .toList());
    if (ended.isEmpty()) {
      return () -> {};
    }
    List<Slot> awaited = free(tx, ended);
    List<RunRow> next = awaited.isEmpty() ? List.of() : handOn(tx, awaited);
    return () -> ready.add(next);
  }

  /**
   * Gives up the slots that nobody waits for, which is nearly all of them. The answer is the
   * others, which stay taken and are held.
   */
  private List<Slot> free(Tx tx, List<RunRow> ended) {
    List<Slot> freed = store.freeUnlessAwaited(tx, ended);
    List<Slot> held = new ArrayList<>();
    if (!freed.isEmpty()) {
      // Who began to wait while this server came to hold the slot has it: nobody saw it go.
      Set<Long> awaited = store.awaited(tx, freed);
      freed.stream().filter(slot -> awaited.contains(slot.jobUid())).forEach(held::add);
      store.take(tx, held);
    }
    Set<Long> done = freed.stream().map(Slot::runId).collect(Collectors.toSet());
    List<RunRow> rest = ended.stream().filter(run -> !done.contains(run.id())).toList();
    if (!rest.isEmpty()) {
      held.addAll(store.lockOf(tx, rest));
    }
    return held;
  }

  /** Goes on until each freed slot has found a run that still waits, or nobody waits any more. */
  private List<RunRow> handOn(Tx tx, List<Slot> freed) {
    List<RunRow> admitted = new ArrayList<>();
    List<Slot> open = freed;
    while (!open.isEmpty()) {
      List<Waiter> waiters = store.nextOrFree(tx, open);
      Set<Long> wanted = waiters.stream().map(Waiter::jobUid).collect(Collectors.toSet());
      open = open.stream().filter(slot -> wanted.contains(slot.jobUid())).toList();
      if (open.isEmpty()) {
        break;
      }
      Map<Long, RunRow> rows = new HashMap<>();
      ledger
          .lock(
              tx,
              waiters.stream().map(w -> new RunHandle(w.runId(), w.nominalAt(), 1, 0, 0)).toList())
          .stream()
          .filter(r -> r.state() == RunState.QUEUED && !r.isHeld())
          .forEach(r -> rows.put(r.id(), r));
      // First the run, then its place in the queue: whoever cancels it locks them in this order.
      rows.keySet().retainAll(store.leaveQueue(tx, waiters));
      open = assign(tx, open, waiters, rows);
      admitted.addAll(rows.values());
    }
    claims.comeUpNow(tx, membership.serverId(), admitted);
    return admitted;
  }

  /** Gives the slots to the waiters that are still there; what is left over is the answer. */
  private List<Slot> assign(Tx tx, List<Slot> open, List<Waiter> waiters, Map<Long, RunRow> rows) {
    List<Slot> given = new ArrayList<>();
    Set<Slot> left = new HashSet<>(open);
    for (Waiter waiter : waiters) {
      if (rows.containsKey(waiter.runId())) {
        open.stream()
            .filter(s -> s.jobUid() == waiter.jobUid() && left.contains(s))
            .findFirst()
            .ifPresent(
                s -> {
                  left.remove(s);
                  given.add(new Slot(s.jobUid(), s.number(), waiter.runId(), waiter.nominalAt()));
                });
      }
    }
    store.handOn(tx, given);
    return List.copyOf(left);
  }
}
