package io.oasis.server.trigger;

import io.oasis.schedule.FireTimes;
import io.oasis.server.database.Database;
import io.oasis.server.database.DatabaseException;
import io.oasis.server.database.Tx;
import io.oasis.server.database.Wakeups;
import io.oasis.server.identity.AuditTrail;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.lease.DutyLease;
import io.oasis.server.time.DatabaseClock;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * After an update of the time zone rules: computes the next times of all cron jobs anew, page by
 * page, and tells which of them moved (TM8). One server does it, once all that live have the same
 * rules; when it dies in the middle, another one begins anew and finds nothing left to move in what
 * was done.
 */
@ApplicationScoped
public class ZoneChange {
  private static final Logger LOG = Logger.getLogger(ZoneChange.class);
  private static final String DUTY = "zone-rules";
  private static final Duration LEASE = Duration.ofSeconds(55);
  private static final int PAGE = 500;
  private static final int TOLD = 50;

  /** As far as the poller looks ahead: what it has claimed must not be planned again. */
  private static final Duration CLAIMED = Duration.ofMillis(500);

  private final Database database;
  private final DatabaseClock clock;
  private final ZoneChangeStore store;
  private final JobVersions versions;
  private final DutyLease duties;
  private final AuditTrail audit;
  private final Wakeups wakeups;

  public ZoneChange(
      Database database,
      DatabaseClock clock,
      ZoneChangeStore store,
      JobVersions versions,
      DutyLease duties,
      AuditTrail audit,
      Wakeups wakeups) {
    this.database = database;
    this.clock = clock;
    this.store = store;
    this.versions = versions;
    this.duties = duties;
    this.audit = audit;
    this.wakeups = wakeups;
  }

  @Scheduled(
      every = "1m",
      delayed = "15s",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() {
    try {
      runOnce();
    } catch (DatabaseException e) {
      LOG.warnf("next times are not looked through yet: %s", e.getMessage());
    }
  }

  /**
   * One look.
   *
   * @return the jobs that moved; empty also when the rules are those of the last look
   */
  List<Moved> runOnce() {
    Optional<String> rules = database.call(store::agreed);
    return rules.map(this::recompute).orElse(List.of());
  }

  /** A job whose next time is another one by the new rules; no new time: the schedule is over. */
  record Moved(JobVersion job, Instant before, Optional<Instant> after) {}

  private List<Moved> recompute(String rules) {
    String before = database.call(store::known).orElse("unknown");
    List<Moved> all = new ArrayList<>();
    long last = 0;
    while (true) {
      Optional<DutyLease.Held> duty = duties.take(DUTY, LEASE);
      if (duty.isEmpty()) {
        return all;
      }
      long after = last;
      Page page = database.call(tx -> page(tx, duty.get(), after, before + " -> " + rules));
      all.addAll(page.moved());
      if (page.next().isEmpty()) {
        database.run(tx -> finish(tx, duty.get(), rules));
        tell(before, rules, all);
        return all;
      }
      last = page.next().get();
    }
  }

  private record Page(List<Moved> moved, Optional<Long> next) {}

  private Page page(Tx tx, DutyLease.Held duty, long after, String change) {
    if (!duties.stillHeld(tx, duty)) {
      return new Page(List.of(), Optional.of(after));
    }
    List<ZoneChangeStore.Planned> jobs = store.page(tx, after, PAGE);
    Map<JobVersion.Id, JobVersion> known =
        versions.get(tx, jobs.stream().map(ZoneChangeStore.Planned::version).toList());
    Instant from = clock.instant().plus(CLAIMED);
    List<Moved> moved = new ArrayList<>();
    for (ZoneChangeStore.Planned job : jobs) {
      JobVersion version = known.get(job.version());
      if (version != null) {
        Optional<Instant> next = FireTimes.next(version.timing(), from);
        if (!next.equals(Optional.of(job.nextAt()))) {
          moved.add(new Moved(version, job.nextAt(), next));
        }
      }
    }
    store.move(
        tx,
        moved.stream()
            .map(m -> new ZoneChangeStore.Move(m.job().id().jobUid(), m.after()))
            .toList());
    audit.writeAll(tx, moved.stream().map(m -> entry(m, change)).toList());
    if (!moved.isEmpty()) {
      wakeups.send(tx, Wakeups.JOBS);
    }
    return new Page(
        moved,
        jobs.size() < PAGE
            ? Optional.empty()
            : Optional.of(jobs.get(jobs.size() - 1).version().jobUid()));
  }

  private void finish(Tx tx, DutyLease.Held duty, String rules) {
    if (duties.stillHeld(tx, duty)) {
      store.keep(tx, rules);
    }
  }

  private static AuditTrail.Entry entry(Moved moved, String change) {
    return new AuditTrail.Entry(
        DUTY,
        "job.move",
        "job " + moved.job().key(),
        Optional.of(Map.of("nextFireAt", moved.before().toString())),
        Optional.of(Map.of("nextFireAt", text(moved.after()), "timeZoneRules", change)));
  }

  private static void tell(String before, String rules, List<Moved> moved) {
    LOG.infof(
        "time zone rules %s -> %s: the next times of %d jobs moved", before, rules, moved.size());
    for (Moved m : moved.subList(0, Math.min(TOLD, moved.size()))) {
      LOG.infof("job=%s next time %s -> %s", m.job().key(), m.before(), text(m.after()));
    }
    if (moved.size() > TOLD) {
      LOG.infof("and %d more; the audit log has all of them", moved.size() - TOLD);
    }
  }

  private static String text(Optional<Instant> at) {
    return at.map(Instant::toString).orElse("none");
  }
}
