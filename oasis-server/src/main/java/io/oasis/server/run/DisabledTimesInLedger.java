package io.oasis.server.run;

import io.oasis.schedule.Stretch;
import io.oasis.server.database.Tx;
import io.oasis.server.job.DisabledTimes;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.job.ManagedJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

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
  public void skipped(Tx tx, ManagedJob job, Stretch times) {
    JobVersion.Id id = new JobVersion.Id(job.uid(), job.revision());
    JobVersion version = versions.get(tx, List.of(id)).get(id);
    store.insertStretches(
        tx,
        List.of(
            new NewStretch(
                version,
                RunState.SKIPPED,
                ReasonCode.DISABLED,
                times.first(),
                times.last(),
                times.count())));
  }
}
