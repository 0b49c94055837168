package io.oasis.server.apply;

import io.oasis.manifest.JobKey;
import io.oasis.server.app.AppDraft;
import io.oasis.server.app.Apps;
import io.oasis.server.app.ManagedApp;
import io.oasis.server.database.Tx;
import io.oasis.server.database.Wakeups;
import io.oasis.server.job.DisabledTimes;
import io.oasis.server.job.Firing;
import io.oasis.server.job.JobDraft;
import io.oasis.server.job.JobRuns;
import io.oasis.server.job.JobWriter;
import io.oasis.server.job.ManagedJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes a plan: a handful of statements, however many documents there are. */
@ApplicationScoped
class PlanWriter {
  private final Apps apps;
  private final JobWriter jobs;
  private final JobRuns runs;
  private final DisabledTimes disabledTimes;
  private final PlanAudit audit;
  private final Wakeups wakeups;

  PlanWriter(
      Apps apps,
      JobWriter jobs,
      JobRuns runs,
      DisabledTimes disabledTimes,
      PlanAudit audit,
      Wakeups wakeups) {
    this.apps = apps;
    this.jobs = jobs;
    this.runs = runs;
    this.disabledTimes = disabledTimes;
    this.audit = audit;
    this.wakeups = wakeups;
  }

  /**
   * Writes all of it; a plan without changes writes nothing that anybody sees.
   *
   * @return what became of the runs of deleted jobs, by the job's uid
   */
  Map<Long, ApplyOutcome.Ended> write(Tx tx, Plan plan, JobDraft.Origin origin) {
    if (plan.deletions().isPresent()) {
      jobs.settleDeleted(
          tx,
          origin.source().orElseThrow(),
          plan.jobs().stream().map(PlanStep.JobStep::key).toList());
    }
    if (plan.isEmpty()) {
      return Map.of();
    }
    Map<String, Long> appIds = writeApps(tx, plan, origin);
    Instant now = jobs.now(tx);
    writeJobs(tx, plan, appIds, origin);
    keepSwitched(tx, plan, now, origin);
    Map<Long, ApplyOutcome.Ended> ended = delete(tx, plan, origin);
    audit.write(tx, plan, origin);
    wakeups.send(tx, Wakeups.JOBS);
    return ended;
  }

  /** Stops what the deleted jobs still run, after the deletion was committed. */
  void kill(ApplyOutcome.Applied applied, String by) {
    applied
        .ended()
        .values()
        .forEach(
            ended -> ended.running().forEach(run -> runs.kill(run, by, "its job was deleted")));
  }

  private Map<String, Long> writeApps(Tx tx, Plan plan, JobDraft.Origin origin) {
    List<AppDraft> made = appDrafts(plan, PlanStep.Action.CREATE);
    List<AppDraft> changed = appDrafts(plan, PlanStep.Action.CHANGE);
    Map<String, Long> ids = new HashMap<>();
    for (ManagedApp app : apps.insertAll(tx, made, origin.source(), origin.commit())) {
      ids.put(app.name(), app.id());
    }
    apps.updateAll(tx, changed, origin.source(), origin.commit());
    List<String> others =
        plan.jobs().stream()
            .map(step -> step.key().app())
            .distinct()
            .filter(name -> !ids.containsKey(name))
            .toList();
    apps.current(tx, others).forEach((name, app) -> ids.put(name, app.id()));
    return ids;
  }

  private static List<AppDraft> appDrafts(Plan plan, PlanStep.Action action) {
    return plan.apps().stream()
        .filter(step -> step.action() == action)
        .map(step -> new AppDraft(step.name(), step.wanted()))
        .toList();
  }

  private void writeJobs(Tx tx, Plan plan, Map<String, Long> appIds, JobDraft.Origin origin) {
    List<JobDraft> made = new ArrayList<>();
    List<JobDraft> changed = new ArrayList<>();
    List<Long> adopted = new ArrayList<>();
    Map<JobKey, Long> uids = new HashMap<>();
    Map<Long, String> renamed = new HashMap<>();
    for (PlanStep.JobStep step : plan.jobs()) {
      step.before().ifPresent(job -> uids.put(step.key(), job.uid()));
      if (step.renamedFrom().isPresent()) {
        renamed.put(step.before().orElseThrow().uid(), step.key().name());
      }
      if (step.action() == PlanStep.Action.CREATE) {
        made.add(draft(step, appIds));
      } else if (step.action() == PlanStep.Action.CHANGE && step.isNewRevision()) {
        changed.add(draft(step, appIds));
      } else if (step.action() == PlanStep.Action.CHANGE) {
        adopted.add(step.before().orElseThrow().uid());
      }
    }
    // By the old name: a share of the jitter depends on it.
    jobs.settle(tx, renamed.keySet());
    jobs.renameAll(tx, renamed, origin.by());
    jobs.insertAll(tx, made, origin);
    jobs.updateAll(tx, changed, uids, origin);
    jobs.adoptAll(tx, adopted, origin);
  }

  private static JobDraft draft(PlanStep.JobStep step, Map<String, Long> appIds) {
    return new JobDraft(
        step.key(),
        appIds.get(step.key().app()),
        step.wanted().labels(),
        step.wanted().spec(),
        step.enabled(),
        step.timing().firing(),
        step.revision(),
        step.timing().anchor());
  }

  /** What a manifest switches off or on is treated as what a person switches. */
  private void keepSwitched(Tx tx, Plan plan, Instant now, JobDraft.Origin origin) {
    List<Long> off = new ArrayList<>();
    for (PlanStep.JobStep step : plan.jobs()) {
      if (step.before().isEmpty()) {
        continue;
      }
      ManagedJob before = step.before().get();
      if (before.enabled() && !step.enabled()) {
        off.add(before.uid());
      } else if (!before.enabled() && step.isNewRevision()) {
        // Also where it stays switched off: each revision answers for its own times.
        before
            .missedWhileOff(beforeNext(step, now))
            .ifPresent(times -> disabledTimes.skipped(tx, before, times));
      }
    }
    runs.cancelQueued(tx, off, JobRuns.Why.DISABLED, origin.by());
  }

  /** A time that the job will fire at is none that it let pass, however long the plan took. */
  private static Instant beforeNext(PlanStep.JobStep step, Instant now) {
    return step.timing()
        .firing()
        .flatMap(Firing::next)
        .map(next -> next.minusNanos(1000))
        .filter(now::isAfter)
        .orElse(now);
  }

  private Map<Long, ApplyOutcome.Ended> delete(Tx tx, Plan plan, JobDraft.Origin origin) {
    List<Long> uids = plan.prunedJobs().stream().map(step -> step.before().uid()).toList();
    jobs.settle(tx, uids);
    Instant now = jobs.now(tx);
    for (PlanStep.JobPrune step : plan.prunedJobs()) {
      step.before()
          .missedWhileOff(now)
          .ifPresent(times -> disabledTimes.skipped(tx, step.before(), times));
    }
    jobs.deleteAll(tx, uids, origin.by());
    apps.removeAll(tx, plan.prunedApps().stream().map(step -> step.before().id()).toList());
    Map<Long, Integer> cancelled = runs.cancelQueued(tx, uids, JobRuns.Why.DELETED, origin.by());
    Map<Long, List<Long>> running = runs.underWay(tx, uids);
    Map<Long, ApplyOutcome.Ended> ended = new HashMap<>();
    for (Long uid : uids) {
      ended.put(
          uid,
          new ApplyOutcome.Ended(
              cancelled.getOrDefault(uid, 0), running.getOrDefault(uid, List.of())));
    }
    return ended;
  }
}
