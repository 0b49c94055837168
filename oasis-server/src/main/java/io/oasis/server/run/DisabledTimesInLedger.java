package io.oasis.server.run;

import io.oasis.schedule.Stretch;
import io.oasis.server.database.Tx;
import io.oasis.server.job.DisabledTimes;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.job.ManagedJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the times that passed while a job was switched off as one row SKIPPED. */
@ApplicationScoped
public class DisabledTimesInLedger implements DisabledTimes {
  private final JobVersions versions;
  private final RunInsertStore store;

  public DisabledTimesInLedger(JobVersions versions, RunInsertStore store) {
    this.versions = versions;
    this.store = store;
  }

  @Override
  public void skippedAll(Tx tx, Map<ManagedJob, Stretch> times) {
    if (times.isEmpty()) {
      return;
    }
    Map<JobVersion.Id, JobVersion> known =
        versions.get(tx, times.keySet().stream().map(DisabledTimesInLedger::version).toList());
    List<NewStretch> rows = new ArrayList<>();
    times.forEach(
        (job, passed) ->
            rows.add(
                new NewStretch(
                    known.get(version(job)),
                    RunState.SKIPPED,
                    ReasonCode.DISABLED,
                    passed.first(),
                    passed.last(),
                    passed.count())));
    store.insertStretches(tx, rows);
  }

  private static JobVersion.Id version(ManagedJob job) {
    return new JobVersion.Id(job.uid(), job.revision());
  }
}
