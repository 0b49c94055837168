package io.oasis.server.run;

import io.oasis.server.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What lists of jobs say of their runs, with one query for a whole page. */
@ApplicationScoped
public class LastRuns {
  private final Database database;
  private final LastRunStore store;

  public LastRuns(Database database, LastRunStore store) {
    this.database = database;
    this.store = store;
  }

  /**
   * The runs of one job in short.
   *
   * @param jobUid of the job
   * @param last the newest run that has begun or is over; empty: it never ran
   * @param running how many are on a node now
   */
  public record OfJob(long jobUid, Optional<Last> last, int running) {
    /** Of a job that never ran. */
    public static OfJob none(long jobUid) {
      return new OfJob(jobUid, Optional.empty(), 0);
    }
  }

  /**
   * One run in short.
   *
   * @param duration from start to finish of its last attempt; empty while it runs
   */
  public record Last(long id, RunState state, Instant nominal, Optional<Duration> duration) {}

  /** By the uid of the job; one that never ran is in the answer too. */
  public Map<Long, OfJob> of(Collection<Long> jobUids) {
    if (jobUids.isEmpty()) {
      return Map.of();
    }
    return database.call(tx -> store.find(tx, jobUids)).stream()
        .collect(Collectors.toMap(OfJob::jobUid, Function.identity()));
  }
}
