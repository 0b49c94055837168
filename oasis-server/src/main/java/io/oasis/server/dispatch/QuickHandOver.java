package io.oasis.server.dispatch;

import io.oasis.manifest.Blocking;
import io.oasis.manifest.JobSpec;
import io.oasis.manifest.Routing;
import io.oasis.server.database.Tx;
import io.oasis.server.dispatch.SlotStore.Slot;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.run.Ledger;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.Rules;
import io.oasis.server.run.RunEvent;
import io.oasis.server.run.RunMachine;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.RunState;
import io.oasis.server.run.Step;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Hands over the runs that nothing stands in the way of: fresh ones, each the only one of its job,
 * that have a slot or find it free, and a node with room. It decides on what this server remembers
 * of them and holds nothing while it decides; what the ledger does not confirm is left to the
 * {@link RunDispatcher}, which locks first. Used by one thread.
 *
 * <p>First the runs are written and then the slots are taken, so that it never waits for a run
 * while it has something that another one waits for.
 */
@Singleton
public class QuickHandOver {
  private final JobVersions versions;
  private final SlotStore slots;
  private final Placing placing;
  private final Ledger ledger;
  private final RunMachine machine;

  public QuickHandOver(
      JobVersions versions, SlotStore slots, Placing placing, Ledger ledger, Rules rules) {
    this.versions = versions;
    this.slots = slots;
    this.placing = placing;
    this.ledger = ledger;
    this.machine = rules.machine();
  }

  /**
   * What it came to.
   *
   * @param handedOver runs that a node is to be sent now
   * @param left the others
   * @param afterCommit to be called once the transaction is committed
   */
  record Done(List<RunRow> handedOver, List<RunRow> left, Runnable afterCommit) {}

  /** Another server took a slot in this very moment: nothing of this transaction may stay. */
  static final class SlotWasTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Hands over what it can.
   *
   * @throws SlotWasTaken when all of them are to be left to the dispatcher
   */
  Done handOver(Tx tx, List<RunRow> due, Instant now) {
    placing.newBatch(Router.Desk.DUE);
    Map<RunRow, JobSpec> plain = plain(tx, due, now);
    Map<Long, Long> holders = slots.holders(tx, jobs(plain.keySet()));
    List<Step> steps = new ArrayList<>();
    plain.forEach(
        (run, spec) -> {
          if (holders.getOrDefault(run.origin().jobUid(), run.id()) == run.id()) {
            toNode(tx, run, spec, now).ifPresent(steps::add);
          }
        });
    // In the order in which everybody locks runs.
    steps.sort(Comparator.comparingLong(step -> step.before().id()));
    Ledger.Written written = ledger.writeHandedOver(tx, steps);
    List<RunRow> handedOver = written.steps().stream().map(Step::after).toList();
    List<Slot> wanted =
        handedOver.stream()
            .filter(run -> !run.origin().forced())
            .filter(run -> !holders.containsKey(run.origin().jobUid()))
            .map(run -> new Slot(run.origin().jobUid(), 1, run.id(), run.nominalAt()))
            .toList();
    if (slots.take(tx, wanted).size() < wanted.size()) {
      throw new SlotWasTaken();
    }
    Set<Long> done = handedOver.stream().map(RunRow::id).collect(Collectors.toSet());
    List<RunRow> left = due.stream().filter(run -> !done.contains(run.id())).toList();
    return new Done(handedOver, left, written.afterCommit());
  }

  /** The runs that need no thought, in the order of the batch. */
  private Map<RunRow, JobSpec> plain(Tx tx, List<RunRow> due, Instant now) {
    Map<Long, Integer> ofJob = new HashMap<>();
    due.forEach(run -> ofJob.merge(run.origin().jobUid(), 1, Integer::sum));
    List<RunRow> alone = new ArrayList<>(due.size());
    List<JobVersion.Id> wanted = new ArrayList<>(due.size());
    for (RunRow run : due) {
      if (ofJob.get(run.origin().jobUid()) == 1 && isFresh(run)) {
        alone.add(run);
        wanted.add(run.version());
      }
    }
    Map<JobVersion.Id, JobVersion> known = versions.get(tx, wanted);
    Map<RunRow, JobSpec> plain = new LinkedHashMap<>();
    for (RunRow run : alone) {
      JobVersion version = known.get(run.version());
      if (version != null
          && version.isReadable()
          && isPlain(version.spec())
          && Patience.tooLate(machine, run, version.spec(), now).isEmpty()) {
        plain.put(run, version.spec());
      }
    }
    return plain;
  }

  private static boolean isFresh(RunRow run) {
    return run.state() == RunState.QUEUED
        && run.standing().epoch() == 0
        && run.standing().reason().orElse(null) == ReasonCode.WAITING_TIME;
  }

  /** One slot, and nobody to stop for it; one node. */
  static boolean isPlain(JobSpec spec) {
    return spec.blocking().max() == 1
        && spec.blocking().strategy() != Blocking.Strategy.REPLACE
        && spec.routing().strategy() != Routing.Strategy.BROADCAST;
  }

  private Optional<Step> toNode(Tx tx, RunRow run, JobSpec spec, Instant now) {
    return placing
        .place(tx, run, spec, now, Router.Desk.DUE)
        .step()
        .filter(step -> step.event() == RunEvent.DISPATCHED);
  }

  private static Set<Long> jobs(Set<RunRow> runs) {
    Set<Long> jobs = new HashSet<>();
    runs.forEach(run -> jobs.add(run.origin().jobUid()));
    return jobs;
  }
}
