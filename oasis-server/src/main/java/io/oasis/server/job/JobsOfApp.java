package io.oasis.server.job;

import io.oasis.manifest.SpecForm;
import io.oasis.schedule.Stretch;
import io.oasis.server.database.Tx;
import io.oasis.server.identity.AuditTrail;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All jobs of an app at once, for whoever removes the app: a handful of statements for any number.
 */
@ApplicationScoped
public class JobsOfApp {
  private final JobWriteStore store;
  private final JobWriter writer;
  private final DisabledTimes disabledTimes;
  private final AuditTrail audit;

  public JobsOfApp(
      JobWriteStore store, JobWriter writer, DisabledTimes disabledTimes, AuditTrail audit) {
    this.store = store;
    this.writer = writer;
    this.disabledTimes = disabledTimes;
    this.audit = audit;
  }

  /**
   * How many jobs there are.
   *
   * @param jobs all of them
   * @param owned those that a Git source owns
   * @param sources that own them, sorted
   */
  public record Tally(int jobs, int owned, List<String> sources) {}

  /** Counts them. */
  public Tally tally(Tx tx, long appId) {
    return store.tally(tx, appId);
  }

  /**
   * Decides what is due of the jobs until now, as the poller would, and keeps them from firing
   * until the transaction ends. The caller holds the lock of management.
   *
   * @return the jobs as they are then
   */
  public List<ManagedJob> hold(Tx tx, long appId) {
    List<Long> uids = store.uidsOfApp(tx, appId);
    if (uids.isEmpty()) {
      return List.of();
    }
    writer.settle(tx, uids);
    store.holdOfApp(tx, appId);
    return store.ofApp(tx, appId);
  }

  /**
   * Deletes them as {@link Jobs#delete} does one, their runs apart.
   *
   * @param jobs as {@link #hold} gave them
   */
  public void delete(Tx tx, long appId, List<ManagedJob> jobs, String by) {
    if (jobs.isEmpty()) {
      return;
    }
    Instant now = writer.now(tx);
    Map<ManagedJob, Stretch> passed = new LinkedHashMap<>();
    jobs.forEach(job -> job.missedWhileOff(now).ifPresent(times -> passed.put(job, times)));
    disabledTimes.skippedAll(tx, passed);
    store.deleteOfApp(tx, appId, by);
    audit.writeAll(tx, jobs.stream().map(job -> entry(job, by)).toList());
  }

  private static AuditTrail.Entry entry(ManagedJob job, String by) {
    Map<String, Object> before =
        job.unreadable().map(UnreadableSpec::form).orElseGet(() -> SpecForm.toMap(job.spec()));
    return new AuditTrail.Entry(
        by, "job.delete", "job " + job.key(), Optional.of(before), Optional.empty());
  }
}
