package io.oasis.server.trigger;

import io.oasis.schedule.FireTimes;
import io.oasis.schedule.JobTiming;
import io.oasis.schedule.MisfireDecision;
import io.oasis.schedule.MisfirePlan;
import io.oasis.schedule.Schedule;
import io.oasis.schedule.SkippedStretch;
import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.run.NewOccurrences;
import io.oasis.server.run.NewRun;
import io.oasis.server.run.NewStretch;
import io.oasis.server.run.ReadyRuns;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.RunState;
import io.oasis.server.time.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Claims jobs that are due and turns their nominal times into runs. It looks a little ahead, so
 * that a run's row is there before its time and the hand-over happens on time.
 */
@ApplicationScoped
public class DueJobPoller {
  private static final int BATCH = 500;
  private static final Duration LOOK_AHEAD = Duration.ofMillis(500);

  /**
   * Jobs that are due and were not there to be claimed are in another server's hands. Well within
   * the look-ahead.
   */
  private static final Duration OTHERS_AT_WORK = Duration.ofMillis(50);

  /** Behind every wake-up by word stands a look of this pace. */
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Database database;
  private final DatabaseClock clock;
  private final TriggerStore store;
  private final NewOccurrences runs;
  private final JobVersions versions;
  private final ReadyRuns ready;
  private final ServerMembership membership;

  public DueJobPoller(
      Database database,
      DatabaseClock clock,
      TriggerStore store,
      NewOccurrences runs,
      JobVersions versions,
      ReadyRuns ready,
      ServerMembership membership) {
    this.database = database;
    this.clock = clock;
    this.store = store;
    this.runs = runs;
    this.versions = versions;
    this.ready = ready;
    this.membership = membership;
  }

  /** One look; the answer is how long nothing will be due. */
  Duration runOnce() {
    Claimed claimed = database.call(this::claim);
    if (!claimed.runs().isEmpty()) {
      ready.add(claimed.runs());
    }
    return claimed.pause();
  }

  private record Claimed(List<RunRow> runs, Duration pause) {}

  private Claimed claim(Tx tx) {
    List<TriggerStore.DueJob> due = store.claim(tx, LOOK_AHEAD, BATCH);
    Instant now = clock.instant();
    if (due.isEmpty()) {
      return new Claimed(List.of(), untilDue(store.earliest(tx), now));
    }
    Map<JobVersion.Id, JobVersion> known =
        versions.get(tx, due.stream().map(TriggerStore.DueJob::version).toList());
    List<NewRun> newRuns = new ArrayList<>();
    List<NewRun> held = new ArrayList<>();
    HeldTimes holding = new HeldTimes(() -> membership.lastAbsence(tx));
    List<NewStretch> stretches = new ArrayList<>();
    List<TriggerStore.Next> next = new ArrayList<>();
    for (TriggerStore.DueJob job : due) {
      JobVersion version = known.get(job.version());
      MisfireDecision decision = decide(version, job.dueAt(), now);
      List<NewRun> made = holding.holds(version, job.dueAt(), now) ? held : newRuns;
      decision.run().forEach(at -> made.add(NewRun.scheduled(version, at)));
      decision.skipped().forEach(s -> stretches.add(stretch(version, s)));
      stretches.addAll(gaps(version, job.dueAt(), decision));
      next.add(next(version, decision, now));
    }
    runs.insertStretches(tx, stretches);
    runs.insertHeld(tx, membership.serverId(), held, HeldTimes.WHY);
    List<RunRow> inserted = runs.insert(tx, membership.serverId(), newRuns);
    store.advance(tx, next);
    return new Claimed(inserted, due.size() == BATCH ? Duration.ZERO : untilDueSoon());
  }

  private static MisfireDecision decide(JobVersion version, Instant dueAt, Instant now) {
    // What is claimed ahead of its time is decided as of its time.
    Instant asOf = dueAt.isAfter(now) ? dueAt : now;
    return MisfirePlan.decide(version.spec().misfire(), version.timing(), dueAt, asOf);
  }

  private static TriggerStore.Next next(JobVersion version, MisfireDecision decision, Instant now) {
    JobTiming timing = version.timing();
    boolean delayed = timing.schedule() instanceof Schedule.FixedDelay;
    if (!delayed) {
      Optional<Instant> at = decision.nextFireAt();
      return new TriggerStore.Next(version.id().jobUid(), at, at.isEmpty());
    }
    // The end of its run gives the next time; without a run there is no such end.
    Optional<Instant> at =
        decision.run().isEmpty() ? FireTimes.nextAfterFinish(timing, now) : Optional.empty();
    boolean over = decision.run().isEmpty() && at.isEmpty();
    return new TriggerStore.Next(version.id().jobUid(), at, over);
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

  /**
   * Local times between this fire and the next that the clock jumps over, each a row of its own.
   */
  private static List<NewStretch> gaps(
      JobVersion version, Instant dueAt, MisfireDecision decision) {
    return decision
        .nextFireAt()
        .map(next -> FireTimes.skippedByGap(version.timing(), dueAt, next))
        .orElse(List.of())
        .stream()
        .map(
            gap ->
                new NewStretch(
                    version, RunState.SKIPPED, ReasonCode.DST_GAP, gap.at(), gap.at(), 1))
        .toList();
  }

  private static Duration untilDue(Optional<Instant> earliest, Instant now) {
    Duration wait = earliest.map(at -> Duration.between(now, at).minus(LOOK_AHEAD)).orElse(POLL);
    return wait.compareTo(OTHERS_AT_WORK) < 0
        ? OTHERS_AT_WORK
        : wait.compareTo(POLL) > 0 ? POLL : wait;
  }

  /** Having just claimed, the next look asks when something is due. */
  private static Duration untilDueSoon() {
    return Duration.ofMillis(1);
  }
}
