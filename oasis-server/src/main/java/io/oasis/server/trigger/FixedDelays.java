package io.oasis.server.trigger;

import io.oasis.schedule.FireTimes;
import io.oasis.schedule.Schedule;
import io.oasis.server.database.Tx;
import io.oasis.server.database.Wakeups;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.run.LedgerListener;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.Step;
import io.oasis.server.run.Trigger;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives jobs with a fixed delay their next time when their run is over, in the same transaction.
 */
@ApplicationScoped
public class FixedDelays implements LedgerListener {
  private final TriggerStore store;
  private final JobVersions versions;
  private final HopelessJobs hopeless;
  private final Wakeups wakeups;

  public FixedDelays(
      TriggerStore store, JobVersions versions, HopelessJobs hopeless, Wakeups wakeups) {
    this.store = store;
    this.hopeless = hopeless;
    this.versions = versions;
    this.wakeups = wakeups;
  }

  @Override
  public Runnable written(Tx tx, List<Step> steps) {
    List<RunRow> ended = steps.stream().filter(Step::ends).map(Step::after).toList();
    Map<JobVersion.Id, JobVersion> made =
        versions.get(tx, ended.stream().map(RunRow::version).toList());
    Map<Long, Instant> scheduled = new HashMap<>();
    Map<Long, Instant> byHand = new HashMap<>();
    for (RunRow run : ended) {
      if (counts(run, made.get(run.version()))) {
        Map<Long, Instant> kind = run.origin().trigger() == Trigger.SCHEDULE ? scheduled : byHand;
        kind.merge(
            run.origin().jobUid(),
            run.standing().finishedAt().orElseThrow(),
            (a, b) -> a.isAfter(b) ? a : b);
      }
    }
    advance(tx, scheduled, byHand);
    return () -> {};
  }

  private static boolean counts(RunRow run, JobVersion version) {
    return version != null
        && version.spec().schedule() instanceof Schedule.FixedDelay fixed
        && (run.origin().trigger() == Trigger.SCHEDULE || fixed.resetOnManual());
  }

  private void advance(Tx tx, Map<Long, Instant> scheduled, Map<Long, Instant> byHand) {
    // The job may have been edited since the run was made: its delay of today counts.
    List<TriggerStore.Next> next = new ArrayList<>();
    if (!scheduled.isEmpty()) {
      next.addAll(after(tx, store.lockAwaitingEnd(tx, scheduled.keySet()), scheduled));
    }
    if (!byHand.isEmpty()) {
      // While a run of the schedule is under way there is no next time to move.
      next.addAll(after(tx, store.lockDelayed(tx, byHand.keySet()), byHand));
    }
    if (!next.isEmpty()) {
      store.advance(tx, next);
      wakeups.send(tx, Wakeups.JOBS);
    }
  }

  private List<TriggerStore.Next> after(
      Tx tx, List<JobVersion.Id> jobs, Map<Long, Instant> finished) {
    Map<JobVersion.Id, JobVersion> known = versions.get(tx, jobs);
    List<TriggerStore.Next> next = new ArrayList<>();
    for (JobVersion.Id id : jobs) {
      JobVersion version = known.get(id);
      if (version == null || !version.isReadable()) {
        // The run ends all the same; only the job has no next time that anybody could compute.
        hopeless.switchOff(
            tx, id, "revision " + id.revision() + " of the job cannot be read; apply it again");
        continue;
      }
      Optional<Instant> at = FireTimes.nextAfterFinish(version.timing(), finished.get(id.jobUid()));
      next.add(new TriggerStore.Next(id.jobUid(), at, at.isEmpty()));
    }
    return next;
  }
}
