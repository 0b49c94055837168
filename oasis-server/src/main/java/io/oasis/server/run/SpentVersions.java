package io.oasis.server.run;

import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import jakarta.inject.Singleton;
import java.util.List;

/** Lets go of the revisions of one-time jobs when their runs are over. */
@Singleton
class SpentVersions implements LedgerListener {
  private final JobVersions versions;

  SpentVersions(JobVersions versions) {
    this.versions = versions;
  }

  @Override
  public Runnable written(Tx tx, List<Step> steps) {
    List<JobVersion.Id> over =
        steps.stream().filter(Step::ends).map(step -> step.after().version()).toList();
    return () -> versions.forgetOneTimes(over);
  }
}
