package io.oasis.server.run;

import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * One line in the server's log for each step of a run, once it is committed. What is part of every
 * run's ordinary life is said at DEBUG: at a thousand runs a second nobody reads it, and the ledger
 * has it all.
 */
@Singleton
public class StepLog implements LedgerListener {
  private static final Logger LOG = Logger.getLogger(StepLog.class);

  private final JobVersions versions;

  public StepLog(JobVersions versions) {
    this.versions = versions;
  }

  @Override
  public Runnable written(Tx tx, List<Step> steps) {
    List<Step> told = steps.stream().filter(s -> LOG.isDebugEnabled() || isTold(s)).toList();
    if (told.isEmpty()) {
      return () -> {};
    }
    Map<JobVersion.Id, JobVersion> jobs =
        versions.get(tx, told.stream().map(s -> s.after().version()).toList());
    return () -> told.forEach(step -> tell(step, jobs.get(step.after().version())));
  }

  private static boolean isTold(Step step) {
    return switch (step.event()) {
      case REJECTED,
          FAILED,
          TIMED_OUT,
          LOST,
          HANDED_BACK,
          RETRY_PLANNED,
          KILL_ASKED,
          UNCOOPERATIVE,
          KILLED,
          CANCELLED ->
          true;
      case CREATED, WAITING, DISPATCHED, STARTED, SUCCEEDED, SKIPPED, COALESCED, LATE_RESULT ->
          false;
    };
  }

  private static void tell(Step step, JobVersion job) {
    Standing now = step.after().standing();
    LOG.logf(
        isTold(step) ? Logger.Level.INFO : Logger.Level.DEBUG,
        "run=%d job=%s attempt=%d %s -> %s%s%s",
        step.after().id(),
        job == null ? "?" : job.key(),
        step.before().standing().attempt(),
        step.before().state(),
        now.state(),
        now.reason().map(reason -> " " + reason).orElse(""),
        now.message().map(text -> ": " + text).orElse(""));
  }
}
