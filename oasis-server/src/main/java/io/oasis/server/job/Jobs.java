package io.oasis.server.job;

import io.oasis.manifest.JobKey;
import io.oasis.manifest.JobSpec;
import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.manifest.Manifest.Location;
import io.oasis.manifest.SpecForm;
import io.oasis.schedule.FireTimes;
import io.oasis.schedule.JobTiming;
import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.database.Wakeups;
import io.oasis.server.identity.AuditTrail;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The door to jobs: looking at them, switching them, deleting them. */
@ApplicationScoped
public class Jobs {
  private static final Logger LOG = Logger.getLogger(Jobs.class);
  private static final int NEXT_FIRES = 5;

  private final Database database;
  private final JobStore store;
  private final JobWriter writer;
  private final JobRuns runs;
  private final DisabledTimes disabledTimes;
  private final AuditTrail audit;
  private final Wakeups wakeups;

  public Jobs(
      Database database,
      JobStore store,
      JobWriter writer,
      JobRuns runs,
      DisabledTimes disabledTimes,
      AuditTrail audit,
      Wakeups wakeups) {
    this.database = database;
    this.store = store;
    this.writer = writer;
    this.runs = runs;
    this.disabledTimes = disabledTimes;
    this.audit = audit;
    this.wakeups = wakeups;
  }

  /** What became of switching a job. */
  public sealed interface Switched {
    /** It is now as was asked for. */
    record Done(Job job) implements Switched {}

    /** It was so already; nothing was written. */
    record Unchanged(Job job) implements Switched {}

    record NoSuchJob() implements Switched {}

    /** Nobody could compute its times: its manifest has to be applied again first. */
    record Unreadable(UnreadableSpec spec) implements Switched {}
  }

  /** What became of deleting a job. */
  public sealed interface Deleted {
    /**
     * It is gone; its history stays.
     *
     * @param uid of the job that is gone
     * @param cancelled runs that waited
     */
    record Done(long uid, int cancelled) implements Deleted {}

    record NoSuchJob() implements Deleted {}
  }

  /**
   * Jobs by app and name, as many as asked for, however long that takes.
   *
   * @param cursor of the page before; empty: the first page
   * @return empty when the cursor is none of ours
   */
  public Optional<JobPage> list(JobFilter filter, int limit, Optional<String> cursor) {
    List<Job> jobs = new ArrayList<>();
    Optional<String> place = cursor;
    do {
      Optional<JobPage> page = list(filter, JobOrder.NAME, limit - jobs.size(), place);
      if (page.isEmpty()) {
        return Optional.empty();
      }
      jobs.addAll(page.get().jobs());
      place = page.get().next();
    } while (jobs.size() < limit && place.isPresent());
    return Optional.of(new JobPage(jobs, place));
  }

  /**
   * Jobs in an order. A page can be short, even empty, and have a next one: among very many jobs a
   * search stops after a while.
   *
   * @param cursor of the page before in the same order; empty: the first page
   * @return empty when the cursor is none of ours
   */
  public Optional<JobPage> list(
      JobFilter filter, JobOrder order, int limit, Optional<String> cursor) {
    Optional<JobOrder.Place> after = cursor.flatMap(order::place);
    if (cursor.isPresent() && after.isEmpty()) {
      return Optional.empty();
    }
    JobListStore.Found found = database.call(tx -> store.list(tx, filter, order, limit + 1, after));
    List<JobListStore.Placed> jobs = found.jobs().stream().limit(limit).toList();
    boolean isFull = jobs.size() == limit;
    boolean more = found.jobs().size() > limit || found.stoppedAt().isPresent();
    Optional<JobOrder.Place> end =
        isFull ? Optional.of(jobs.get(limit - 1).place()) : found.stoppedAt();
    return Optional.of(
        new JobPage(
            jobs.stream().map(JobListStore.Placed::job).toList(),
            end.filter(place -> more).map(Object::toString)));
  }

  /** One job. */
  public Optional<JobDetail> find(JobKey key) {
    return database.call(tx -> store.find(tx, key).map(Jobs::detail));
  }

  /** Every spec that a job has had, newest first; empty when there is no such job. */
  public Optional<List<JobRevision>> revisions(JobKey key) {
    List<JobRevision> found = database.call(tx -> store.revisions(tx, key));
    return found.isEmpty() ? Optional.empty() : Optional.of(found);
  }

  /** One spec that a job has had; empty when there is no such job, or no such revision of it. */
  public Optional<JobRevision> revision(Tx tx, JobKey key, int number) {
    return store.revision(tx, key, number);
  }

  /** The job as a manifest in YAML, in normal form; empty when there is no such job. */
  public Optional<String> export(JobKey key) {
    return find(key).map(Jobs::text);
  }

  private static String text(JobDetail found) {
    Job job = found.job();
    return found
        .unreadable()
        .map(bad -> bad.toYaml(job.key(), job.labels()))
        .orElseGet(
            () ->
                SpecForm.toYaml(
                    new JobManifest(
                        job.key(), job.labels(), found.spec(), new Location("", 0, 0))));
  }

  /**
   * Switches a job on. It fires next at its first nominal time after this moment; what passed while
   * it was off is not caught up.
   */
  public Switched enable(JobKey key, String by, Optional<String> reason) {
    return database.call(tx -> enable(tx, key, by, reason));
  }

  /** Switches a job off. What waits is cancelled; what runs goes on. */
  public Switched disable(JobKey key, String by, Optional<String> reason) {
    return database.call(tx -> disable(tx, key, by, reason));
  }

  /** Deletes a job. What waits is cancelled, what runs goes on, and its history stays. */
  public Deleted delete(JobKey key, String by) {
    return database.call(tx -> delete(tx, key, by));
  }

  private Switched enable(Tx tx, JobKey key, String by, Optional<String> reason) {
    writer.lock(tx);
    Optional<JobStore.Stored> found = store.find(tx, key);
    if (found.isEmpty()) {
      return new Switched.NoSuchJob();
    }
    Job before = found.get().job();
    if (before.state() != Job.State.OFF) {
      return new Switched.Unchanged(before);
    }
    ManagedJob job = writer.current(tx, List.of(key)).get(key);
    if (job.unreadable().isPresent()) {
      return new Switched.Unreadable(job.unreadable().get());
    }
    Instant now = writer.now(tx);
    job.missedWhileOff(now).ifPresent(times -> disabledTimes.skipped(tx, job, times));
    JobTiming timing = Firing.timing(key, job.spec(), job.anchor());
    store.enable(tx, job.uid(), Firing.afterEnable(timing, now, job.running()), by);
    audit.write(
        tx,
        by,
        "job.enable",
        "job " + key,
        facts("off", before.disabledReason()),
        facts("on", reason));
    wakeups.send(tx, Wakeups.JOBS);
    LOG.infof("job=%s enabled by=%s", key, by);
    return new Switched.Done(store.find(tx, key).orElseThrow().job());
  }

  private Switched disable(Tx tx, JobKey key, String by, Optional<String> reason) {
    writer.lock(tx);
    Optional<JobStore.Stored> found = store.find(tx, key);
    if (found.isEmpty()) {
      return new Switched.NoSuchJob();
    }
    Job before = found.get().job();
    if (before.state() == Job.State.OFF) {
      return new Switched.Unchanged(before);
    }
    writer.settle(tx, List.of(before.uid()));
    store.disable(tx, before.uid(), reason, by);
    int cancelled = runs.cancelQueued(tx, before.uid(), JobRuns.Why.DISABLED, by);
    audit.write(
        tx, by, "job.disable", "job " + key, facts("on", Optional.empty()), facts("off", reason));
    LOG.infof("job=%s disabled by=%s cancelled=%d", key, by, cancelled);
    return new Switched.Done(store.find(tx, key).orElseThrow().job());
  }

  private Deleted delete(Tx tx, JobKey key, String by) {
    writer.lock(tx);
    Optional<JobStore.Stored> found = store.find(tx, key);
    if (found.isEmpty()) {
      return new Deleted.NoSuchJob();
    }
    long uid = found.get().job().uid();
    writer.settle(tx, List.of(uid));
    ManagedJob job = writer.current(tx, List.of(key)).get(key);
    job.missedWhileOff(writer.now(tx)).ifPresent(times -> disabledTimes.skipped(tx, job, times));
    store.delete(tx, uid, by);
    int cancelled = runs.cancelQueued(tx, uid, JobRuns.Why.DELETED, by);
    audit.write(
        tx,
        by,
        "job.delete",
        "job " + key,
        Optional.of(found.get().spec().form()),
        Optional.empty());
    LOG.infof("job=%s deleted by=%s cancelled=%d", key, by, cancelled);
    return new Deleted.Done(uid, cancelled);
  }

  private static JobDetail detail(JobStore.Stored stored) {
    Job job = stored.job();
    JobSpec spec = stored.spec().spec();
    return new JobDetail(
        job, spec, stored.spec().unreadable(), nextFires(job, spec, stored.anchor()));
  }

  /** The stored next time comes first, because it is the one that will fire. */
  private static List<Instant> nextFires(Job job, JobSpec spec, Instant anchor) {
    if (job.nextFireAt().isEmpty()) {
      return List.of();
    }
    Instant next = job.nextFireAt().get();
    List<Instant> later =
        FireTimes.preview(Firing.timing(job.key(), spec, anchor), next, NEXT_FIRES - 1);
    return Stream.concat(Stream.of(next), later.stream()).toList();
  }

  private static Optional<Map<String, Object>> facts(String state, Optional<String> reason) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("state", state);
    reason.ifPresent(text -> facts.put("reason", text));
    return Optional.of(facts);
  }
}
