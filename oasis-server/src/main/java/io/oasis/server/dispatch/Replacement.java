package io.oasis.server.dispatch;

import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.run.Ending;
import io.oasis.server.run.LedgerStore;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.Remark;
import io.oasis.server.run.Rules;
import io.oasis.server.run.RunEvent;
import io.oasis.server.run.RunMachine;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.RunState;
import io.oasis.server.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The blocking strategy "replace": the old run is asked to stop, and no other run waits in between.
 */
@ApplicationScoped
public class Replacement {
  private final LedgerStore store;
  private final JobVersions versions;
  private final RunMachine machine;

  public Replacement(LedgerStore store, JobVersions versions, Rules rules) {
    this.store = store;
    this.versions = versions;
    this.machine = rules.machine();
  }

  /** The end of a run in whose place a newer one runs or will run. */
  Step superseded(RunRow run, long newest, Instant now) {
    return machine.over(run, now, RunEvent.CANCELLED, replacedBy(newest));
  }

  /**
   * Makes room for a run. The slots of its job are locked, so no run is waited for: whoever holds
   * one may wait for its slot.
   *
   * @param holder the run that holds the slot
   * @return the steps of the runs that give way; empty when another transaction is at the holder
   *     just now, and room has to be made again
   */
  Optional<List<Step>> makeRoom(Tx tx, RunRow newest, long holder, Instant now) {
    List<Step> steps = new ArrayList<>();
    List<RunRow> holders = store.lockFree(tx, holder);
    if (holders.isEmpty()) {
      return Optional.empty();
    }
    for (RunRow old : holders) {
      if (old.state() == RunState.DISPATCHED || old.state() == RunState.RUNNING) {
        Duration grace =
            JobVersion.specOf(versions.get(tx, List.of(old.version())).get(old.version()))
                .timeouts()
                .killGrace();
        steps.add(machine.killAsked(old, now, replacedBy(newest.id()), grace));
      } else if (old.state() == RunState.QUEUED && old.id() != newest.id()) {
        // It has the slot and is on no node: it waits for one, or for its next attempt.
        steps.add(superseded(old, newest.id(), now));
      }
    }
    for (RunRow waiting : store.lockQueuedFree(tx, newest.origin().jobUid())) {
      boolean older =
          waiting.id() != newest.id()
              && waiting.id() != holder
              && waiting.standing().reason().orElse(null) == ReasonCode.WAITING_SLOT;
      if (older) {
        steps.add(superseded(waiting, newest.id(), now));
      }
    }
    return Optional.of(steps);
  }

  private static Ending replacedBy(long newest) {
    return Ending.of(ReasonCode.REPLACED, Remark.REPLACED_BY.text(newest));
  }
}
