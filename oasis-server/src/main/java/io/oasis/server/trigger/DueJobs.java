package io.oasis.server.trigger;

import io.oasis.schedule.FireTimes;
import io.oasis.schedule.JobTiming;
import io.oasis.schedule.MisfireDecision;
import io.oasis.schedule.MisfirePlan;
import io.oasis.schedule.Schedule;
import io.oasis.schedule.SkippedStretch;
import io.oasis.schedule.Stretch;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.run.NewOccurrences;
import io.oasis.server.run.NewRun;
import io.oasis.server.run.NewStretch;
import io.oasis.server.run.OverdueRuns;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.RunState;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns jobs that are due into rows of the ledger and moves them to their next times, within the
 * transaction that holds them.
 */
@ApplicationScoped
class DueJobs {
  private static final Duration TICK = Duration.of(1, ChronoUnit.MICROS);

  private final TriggerStore store;
  private final NewOccurrences runs;
  private final JobVersions versions;
  private final ServerMembership membership;
  private final HopelessJobs hopeless;
  private final FullQueues queues;
  private final GapTimes gaps;
  private final DecidedTimes decided;

  DueJobs(
      TriggerStore store,
      NewOccurrences runs,
      JobVersions versions,
      ServerMembership membership,
      HopelessJobs hopeless) {
    this.store = store;
    this.runs = runs;
    this.versions = versions;
    this.membership = membership;
    this.hopeless = hopeless;
    this.queues = new FullQueues(store, runs);
    this.gaps = new GapTimes(store);
    this.decided = new DecidedTimes(store);
  }

  /**
   * Decides about jobs that the transaction holds.
   *
   * @return the runs that were written and are to be handed over by this server
   */
  List<RunRow> fire(Tx tx, List<TriggerStore.DueJob> due, Instant now) {
    return fire(tx, due, now, OverdueRuns.NONE);
  }

  /**
   * {@link #fire(Tx, List, Instant)}, with runs whose time has come handed over at once where that
   * can be.
   */
  List<RunRow> fire(Tx tx, List<TriggerStore.DueJob> due, Instant now, OverdueRuns.Batch overdue) {
    if (due.isEmpty()) {
      return List.of();
    }
    Map<JobVersion.Id, JobVersion> known =
        versions.get(tx, due.stream().map(TriggerStore.DueJob::version).toList());
    Set<Long> full = queues.among(tx, known.values());
    Map<Long, Instant> decidedUntil = decided.beyond(tx, due, known, full, now);
    List<NewRun> newRuns = new ArrayList<>();
    List<NewRun> held = new ArrayList<>();
    HeldTimes holding = new HeldTimes(() -> membership.lastAbsence(tx));
    List<NewStretch> stretches = new ArrayList<>();
    List<FullQueues.Merged> merged = new ArrayList<>();
    List<GapTimes.Decided> passed = new ArrayList<>();
    List<TriggerStore.Next> next = new ArrayList<>();
    for (TriggerStore.DueJob job : due) {
      JobVersion version = readable(job.version(), known.get(job.version()));
      MisfireDecision decision =
          decide(version, job.dueAt(), decidedUntil.get(version.id().jobUid()), now);
      decision.skipped().forEach(s -> stretches.add(stretch(version, s)));
      boolean merges = full.contains(version.id().jobUid()) && !decision.run().isEmpty();
      if (merges) {
        merged.add(new FullQueues.Merged(version, decision.run()));
      } else {
        List<NewRun> made = holding.holds(version, job.dueAt(), now) ? held : newRuns;
        decision.run().forEach(at -> made.add(NewRun.scheduled(version, at)));
      }
      passed.add(new GapTimes.Decided(version, job.dueAt(), last(decision, job.dueAt())));
      next.add(next(version, decision, merges, now));
    }
    // First what takes slots: nobody who frees one may wait for what else is written here.
    List<NewRun> later = overdue.write(tx, newRuns, now);
    stretches.addAll(gaps.among(tx, passed));
    runs.insertStretches(tx, stretches);
    queues.write(tx, merged);
    runs.insertHeld(tx, membership.serverId(), held, HeldTimes.WHY);
    List<RunRow> inserted = runs.insert(tx, membership.serverId(), later);
    store.advance(tx, next);
    return inserted;
  }

  /**
   * What becomes of a job whose time cannot be turned into a run: the time is missed, with all that
   * are due since, and the job goes on with its next one. A job whose times nobody can compute is
   * switched off.
   */
  void giveUp(Tx tx, TriggerStore.DueJob job, String why, Instant now) {
    JobVersion version = versions.get(tx, List.of(job.version())).get(job.version());
    if (version == null || !version.isReadable()) {
      pass(tx, job, version);
      hopeless.switchOff(tx, job.version(), why);
      return;
    }
    Instant until = job.dueAt().isAfter(now) ? job.dueAt() : now;
    Stretch missed =
        FireTimes.missed(version.timing(), job.dueAt().minusNanos(1), until)
            .filter(times -> times.first().equals(job.dueAt()))
            .orElse(new Stretch(job.dueAt(), job.dueAt(), 1));
    List<NewStretch> rows = new ArrayList<>();
    rows.add(missed(version, missed));
    rows.addAll(gaps.among(tx, List.of(new GapTimes.Decided(version, job.dueAt(), missed.last()))));
    runs.insertStretches(tx, rows);
    Optional<Instant> at = FireTimes.afterEnable(version.timing(), until);
    store.advance(tx, List.of(new TriggerStore.Next(job.version().jobUid(), at, at.isEmpty())));
  }

  /**
   * Decides about jobs that are about to change, whether anybody can read them or not: the change
   * may be what mends them.
   */
  void settle(Tx tx, List<TriggerStore.DueJob> due, Instant now) {
    Map<JobVersion.Id, JobVersion> known =
        versions.get(tx, due.stream().map(TriggerStore.DueJob::version).toList());
    List<TriggerStore.DueJob> readable = new ArrayList<>();
    for (TriggerStore.DueJob job : due) {
      JobVersion version = known.get(job.version());
      if (version != null && version.isReadable()) {
        readable.add(job);
      } else {
        pass(tx, job, version);
      }
    }
    fire(tx, readable, now);
  }

  /**
   * The due time of a job that nobody can read gets its row, and nothing else of it is known: the
   * job's next time moves behind the row, so that no later row covers the time again.
   */
  private void pass(Tx tx, TriggerStore.DueJob job, JobVersion version) {
    if (version != null) {
      runs.insertStretches(tx, List.of(missed(version, new Stretch(job.dueAt(), job.dueAt(), 1))));
    }
    Optional<Instant> behind = Optional.of(job.dueAt().plus(TICK));
    store.advance(tx, List.of(new TriggerStore.Next(job.version().jobUid(), behind, false)));
  }

  private static NewStretch missed(JobVersion version, Stretch times) {
    return new NewStretch(
        version, RunState.MISSED, ReasonCode.INTERNAL, times.first(), times.last(), times.count());
  }

  private static JobVersion readable(JobVersion.Id id, JobVersion found) {
    if (found == null || !found.isReadable()) {
      throw new IllegalStateException(
          "revision " + id.revision() + " of the job cannot be read; apply it again");
    }
    return found;
  }

  /**
   * Writes the local times that the clock has jumped over since jobs that are not due fired last.
   */
  void passGaps(Tx tx, List<TriggerStore.DueJob> held, Instant now) {
    Map<JobVersion.Id, JobVersion> known =
        versions.get(tx, held.stream().map(TriggerStore.DueJob::version).toList());
    runs.insertStretches(
        tx,
        gaps.among(
            tx,
            held.stream()
                .filter(job -> known.containsKey(job.version()))
                .map(job -> new GapTimes.Decided(known.get(job.version()), job.dueAt(), now))
                .toList()));
  }

  private static Instant last(MisfireDecision decision, Instant dueAt) {
    Instant last = null;
    for (Instant at : decision.run()) {
      last = last == null || at.isAfter(last) ? at : last;
    }
    for (SkippedStretch skipped : decision.skipped()) {
      last = last == null || skipped.to().isAfter(last) ? skipped.to() : last;
    }
    return last == null ? dueAt : last;
  }

  /**
   * Decides about all that is due.
   *
   * @param until the last time that has its row already; null: none from {@code dueAt} on
   */
  private static MisfireDecision decide(
      JobVersion version, Instant dueAt, Instant until, Instant now) {
    JobTiming timing = version.timing();
    // What is claimed ahead of its time is decided as of its time.
    Instant asOf = dueAt.isAfter(now) ? dueAt : now;
    Optional<Instant> first = until == null ? Optional.of(dueAt) : FireTimes.next(timing, until);
    return first.isEmpty() || first.get().isAfter(asOf)
        ? new MisfireDecision(List.of(), List.of(), first)
        : MisfirePlan.decide(version.spec().misfire(), timing, first.get(), asOf);
  }

  private static TriggerStore.Next next(
      JobVersion version, MisfireDecision decision, boolean merged, Instant now) {
    JobTiming timing = version.timing();
    boolean delayed = timing.schedule() instanceof Schedule.FixedDelay;
    if (!delayed) {
      Optional<Instant> at = decision.nextFireAt();
      return new TriggerStore.Next(version.id().jobUid(), at, at.isEmpty());
    }
    // The end of its run gives the next time; without a run there is no such end.
    boolean runs = !decision.run().isEmpty() && !merged;
    Optional<Instant> at = runs ? Optional.empty() : FireTimes.nextAfterFinish(timing, now);
    return new TriggerStore.Next(version.id().jobUid(), at, !runs && at.isEmpty());
  }

  private static NewStretch stretch(JobVersion version, SkippedStretch skipped) {
    RunState state =
        switch (skipped.kind()) {
          case COALESCED -> RunState.COALESCED;
          case MISSED -> RunState.MISSED;
        };
    ReasonCode reason =
        switch (skipped.reason()) {
          case DOWNTIME -> ReasonCode.DOWNTIME;
          case WINDOW -> ReasonCode.WINDOW;
          case CAP -> ReasonCode.CAP;
        };
    return new NewStretch(version, state, reason, skipped.from(), skipped.to(), skipped.count());
  }
}
