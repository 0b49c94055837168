package io.oasis.server.trigger;

import io.oasis.schedule.FireTimes;
import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.time.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Finds fixed delays that wait for the end of a run that is not there: the job was enabled or
 * edited in the moment in which its run ended. The look reads a small index of the fixed delays
 * whose run is under way, so that idle jobs cost nothing.
 */
@ApplicationScoped
public class StalledDelays {
  private static final Logger LOG = Logger.getLogger(StalledDelays.class);
  private static final Duration PACE = Duration.ofSeconds(10);
  private static final int BATCH = 500;

  private final Database database;
  private final TriggerStore store;
  private final JobVersions versions;
  private final DatabaseClock clock;

  public StalledDelays(
      Database database, TriggerStore store, JobVersions versions, DatabaseClock clock) {
    this.database = database;
    this.store = store;
    this.versions = versions;
    this.clock = clock;
  }

  /** One look; the answer is when to look again. */
  Duration runOnce() {
    int found = database.call(this::revive);
    return found == BATCH ? Duration.ZERO : PACE;
  }

  private int revive(Tx tx) {
    List<JobVersion.Id> stalled = store.lockStalled(tx, BATCH);
    if (stalled.isEmpty()) {
      return 0;
    }
    Map<JobVersion.Id, JobVersion> known = versions.get(tx, stalled);
    Instant now = clock.instant();
    store.advance(tx, stalled.stream().map(id -> next(known.get(id), now)).toList());
    known.values().forEach(job -> LOG.infof("job=%s had lost its next time", job.key()));
    return stalled.size();
  }

  private static TriggerStore.Next next(JobVersion job, Instant now) {
    Optional<Instant> at = FireTimes.nextAfterFinish(job.timing(), now);
    return new TriggerStore.Next(job.id().jobUid(), at, at.isEmpty());
  }
}
