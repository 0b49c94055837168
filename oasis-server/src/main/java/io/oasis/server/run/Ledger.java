package io.oasis.server.run;

import io.oasis.server.database.Tx;
import io.oasis.server.time.DatabaseClock;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes steps of runs, with everything that belongs to them in the same transaction: the trace,
 * the counts, the slots that become free.
 */
@Singleton
public class Ledger {
  private final LedgerStore store;
  private final QuickStepStore quick;
  private final RunCountStore counts;
  private final List<LedgerListener> listeners;

  private final MemberReports members;
  private final DatabaseClock clock;

  Ledger(
      LedgerStore store,
      QuickStepStore quick,
      RunCountStore counts,
      @All List<LedgerListener> listeners,
      Rules rules,
      DatabaseClock clock) {
    this.store = store;
    this.quick = quick;
    this.counts = counts;
    this.listeners = listeners;
    this.members = rules.members();
    this.clock = clock;
  }

  /**
   * Writes the steps whose runs stand where the steps expect them. Members of a broadcast that is
   * asked to stop end with it when they were not sent yet: no node has to confirm that.
   *
   * @return the steps that were written, and what to do once the transaction is committed
   */
  public Written write(Tx tx, List<Step> steps) {
    Written written = writeThese(tx, steps);
    List<RunRow> stopped =
        written.steps().stream()
            .filter(s -> s.event() == RunEvent.KILL_ASKED)
            .map(Step::after)
            .filter(run -> run.standing().memberCount() > 0)
            .toList();
    if (stopped.isEmpty()) {
      return written;
    }
    Written ended = writeThese(tx, members.endWaiting(tx, stopped, clock.instant()));
    return new Written(
        written.steps(),
        () -> {
          written.afterCommit().run();
          ended.afterCommit().run();
        });
  }

  /**
   * {@link #write} for starts and successes of runs that are no broadcasts, sorted by id: the
   * columns that such a step does not touch keep what others may have written there.
   */
  Written writeReported(Tx tx, List<Step> steps) {
    return follow(tx, steps, quick.reported(tx, steps));
  }

  /** {@link #write} for hand-overs to one node of runs that waited for nothing but their time. */
  public Written writeHandedOver(Tx tx, List<Step> steps) {
    return follow(tx, steps, quick.handOver(tx, steps));
  }

  /**
   * {@link #write} for hand-overs to one node of runs that are not in the ledger yet, because their
   * time came before they were written: the run and its hand-over are one row from the start.
   */
  public Written writeNew(Tx tx, List<Step> steps) {
    return follow(tx, steps, quick.insert(tx, steps));
  }

  private Written writeThese(Tx tx, List<Step> steps) {
    return follow(tx, steps, store.save(tx, steps));
  }

  /** Does in the same transaction what belongs to the steps that were saved. */
  private Written follow(Tx tx, List<Step> steps, Set<Long> saved) {
    List<Step> written = steps.stream().filter(s -> saved.contains(s.before().id())).toList();
    store.insertClosedAttempts(tx, written);
    store.insertNotes(tx, written);
    counts.add(tx, written.stream().filter(Step::ends).map(Step::after).toList());
    List<Runnable> afterCommit = new ArrayList<>();
    if (!written.isEmpty()) {
      for (LedgerListener listener : listeners) {
        afterCommit.add(listener.written(tx, written));
      }
    }
    return new Written(written, () -> afterCommit.forEach(Runnable::run));
  }

  /**
   * What a write did.
   *
   * @param steps those that were asked for and whose runs stood where they were expected
   * @param afterCommit to be called once the transaction is committed, and only then
   */
  public record Written(List<Step> steps, Runnable afterCommit) {
    /** True when the run's step was written. */
    public boolean has(RunRow run) {
      return steps.stream().anyMatch(s -> s.before().id() == run.id());
    }
  }
}
