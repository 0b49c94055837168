package io.oasis.server.apply;

import io.oasis.manifest.FieldChange;
import io.oasis.manifest.JobKey;
import io.oasis.manifest.SpecForm;
import io.oasis.server.app.AppDraft;
import io.oasis.server.app.Apps;
import io.oasis.server.app.ManagedApp;
import io.oasis.server.database.Tx;
import io.oasis.server.database.Wakeups;
import io.oasis.server.identity.AuditTrail;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a plan: a handful of statements, however many documents there are. */
@ApplicationScoped
class PlanWriter {
  private final Apps apps;
  private final JobWriter jobs;
  private final JobRuns runs;
  private final DisabledTimes disabledTimes;
  private final AuditTrail audit;
  private final Wakeups wakeups;

  PlanWriter(
      Apps apps,
      JobWriter jobs,
      JobRuns runs,
      DisabledTimes disabledTimes,
      AuditTrail audit,
      Wakeups wakeups) {
    this.apps = apps;
    this.jobs = jobs;
    this.runs = runs;
    this.disabledTimes = disabledTimes;
    this.audit = audit;
    this.wakeups = wakeups;
  }

  void write(Tx tx, Plan plan, JobDraft.Origin origin) {
    Map<String, Long> appIds = writeApps(tx, plan, origin);
    Instant now = jobs.now(tx);
    writeJobs(tx, plan, appIds, origin);
    keepSwitched(tx, plan, now, origin);
    audit.writeAll(tx, entries(plan, origin.by()));
    wakeups.send(tx, Wakeups.JOBS);
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
    for (PlanStep.JobStep step : plan.jobs()) {
      step.before().ifPresent(job -> uids.put(job.key(), job.uid()));
      switch (step.action()) {
        case CREATE -> made.add(draft(step, appIds));
        case CHANGE -> {
          if (step.isNewRevision()) {
            changed.add(draft(step, appIds));
          } else {
            adopted.add(step.before().orElseThrow().uid());
          }
        }
        case UNCHANGED -> {
          // Nothing is written.
        }
      }
    }
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
    for (PlanStep.JobStep step : plan.jobs()) {
      if (step.before().isEmpty()) {
        continue;
      }
      ManagedJob before = step.before().get();
      if (before.enabled() && !step.enabled()) {
        runs.cancelQueued(tx, before.uid(), JobRuns.Why.DISABLED, origin.by());
      } else if (!before.enabled() && step.isNewRevision()) {
        // Also where it stays switched off: each revision answers for its own times.
        before
            .missedWhileOff(beforeNext(step, now))
            .ifPresent(times -> disabledTimes.skipped(tx, before, times));
      }
    }
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

  private static List<AuditTrail.Entry> entries(Plan plan, String by) {
    List<AuditTrail.Entry> entries = new ArrayList<>();
    for (PlanStep step : plan.steps()) {
      switch (step.action()) {
        case CREATE ->
            entries.add(
                new AuditTrail.Entry(
                    by, kind(step) + ".create", name(step), Optional.empty(), whole(step)));
        case CHANGE ->
            entries.add(
                new AuditTrail.Entry(
                    by,
                    kind(step) + ".change",
                    name(step),
                    Optional.of(side(step.fields(), Side.BEFORE)),
                    Optional.of(side(step.fields(), Side.AFTER))));
        case UNCHANGED -> {
          // A read, which the audit trail does not keep.
        }
      }
    }
    return entries;
  }

  private static String kind(PlanStep step) {
    return switch (step) {
      case PlanStep.AppStep app -> "app";
      case PlanStep.JobStep job -> "job";
    };
  }

  private static String name(PlanStep step) {
    return switch (step) {
      case PlanStep.AppStep app -> "app " + app.name();
      case PlanStep.JobStep job -> "job " + job.key();
    };
  }

  private static Optional<Map<String, Object>> whole(PlanStep step) {
    return Optional.of(
        switch (step) {
          case PlanStep.AppStep app -> SpecForm.toMap(app.wanted());
          case PlanStep.JobStep job -> SpecForm.toMap(job.wanted().spec());
        });
  }

  private enum Side {
    BEFORE,
    AFTER
  }

  /** Only the fields that differ, so that a reader of the audit trail sees the change itself. */
  private static Map<String, Object> side(List<FieldChange> fields, Side side) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (FieldChange field : fields) {
      String value = side == Side.BEFORE ? field.before() : field.after();
      if (value != null) {
        values.put(field.path(), value);
      }
    }
    return values;
  }
}
