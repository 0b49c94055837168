package io.oasis.server.trigger;

import io.oasis.server.database.Database;
import io.oasis.server.database.Isolation;
import io.oasis.server.database.Tx;
import io.oasis.server.run.OverdueRuns;
import io.oasis.server.run.ReadyRuns;
import io.oasis.server.run.RunRow;
import io.oasis.server.time.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Claims jobs that are due and turns their nominal times into runs. It looks a little ahead, so
 * that a run's row is there before its time and the hand-over happens on time.
 */
@ApplicationScoped
public class DueJobPoller {
  private static final Logger LOG = Logger.getLogger(DueJobPoller.class);
  private static final Duration LOOK_AHEAD = Duration.ofMillis(500);

  /**
   * Jobs that are due and were not there to be claimed are in another server's hands. Well within
   * the look-ahead.
   */
  private static final Duration OTHERS_AT_WORK = Duration.ofMillis(50);

  /**
   * Jobs that come into the look-ahead within this are one claim. A tenth of the look-ahead, so
   * that their rows are there long before their time all the same; a word of a job that is due
   * sooner ends the wait.
   */
  private static final Duration GATHER = Duration.ofMillis(50);

  private static final Duration A_MOMENT = Duration.ofMillis(2);

  /** Behind every wake-up by word stands a look of this pace. */
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Database database;
  private final DatabaseClock clock;
  private final TriggerStore store;
  private final DueJobs jobs;
  private final ReadyRuns ready;
  private final OverdueRuns overdue;

  private final Backlog backlog = new Backlog();

  public DueJobPoller(
      Database database,
      DatabaseClock clock,
      TriggerStore store,
      DueJobs jobs,
      ReadyRuns ready,
      OverdueRuns overdue) {
    this.database = database;
    this.clock = clock;
    this.store = store;
    this.jobs = jobs;
    this.ready = ready;
    this.overdue = overdue;
  }

  /** One look; the answer is how long nothing will be due. */
  Duration runOnce() {
    int limit = backlog.limit(clock.instant(), overdue::room);
    if (limit == 0) {
      return A_MOMENT;
    }
    List<TriggerStore.DueJob> seen = new ArrayList<>();
    OverdueRuns.Batch batch = overdue.begin();
    Claimed claimed;
    try {
      claimed = database.call(tx -> claim(tx, limit, seen, batch));
    } catch (RuntimeException e) {
      batch.rolledBack();
      if (seen.isEmpty() || !Isolation.mayBeAnItems(e)) {
        throw e;
      }
      fireApart(seen, e);
      return Duration.ZERO;
    }
    batch.committed();
    backlog.claimed(clock.instant(), limit, claimed.jobs(), batch.handedOver(), claimed.overdue());
    if (!claimed.runs().isEmpty()) {
      ready.add(claimed.runs());
    }
    return claimed.pause();
  }

  private record Claimed(int jobs, boolean overdue, List<RunRow> runs, Duration pause) {}

  /** The same for each part of a batch that failed; a job that fails alone gives its time up. */
  private void fireApart(List<TriggerStore.DueJob> due, RuntimeException cause) {
    LOG.warnf("%d due jobs are fired apart: %s", due.size(), Isolation.line(cause));
    Isolation.halve(
        due,
        part ->
            ready.add(
                database.call(tx -> jobs.fire(tx, store.claimThese(tx, part), clock.instant()))),
        this::giveUp);
  }

  private void giveUp(TriggerStore.DueJob job, RuntimeException cause) {
    LOG.errorf(cause, "job uid=%d cannot fire at %s", job.version().jobUid(), job.dueAt());
    String why = "it could not fire at " + job.dueAt() + ": " + Isolation.line(cause);
    database.run(
        tx ->
            store
                .claimThese(tx, List.of(job))
                .forEach(still -> jobs.giveUp(tx, still, why, clock.instant())));
  }

  private Claimed claim(Tx tx, int limit, List<TriggerStore.DueJob> seen, OverdueRuns.Batch batch) {
    List<TriggerStore.DueJob> due = store.claim(tx, LOOK_AHEAD, limit);
    seen.addAll(due);
    Instant now = clock.instant();
    if (due.isEmpty()) {
      return new Claimed(0, false, List.of(), untilDue(store.earliest(tx), now));
    }
    List<RunRow> inserted = jobs.fire(tx, due, now, batch);
    boolean late = !due.get(due.size() - 1).dueAt().isAfter(now);
    return new Claimed(due.size(), late, inserted, due.size() == limit ? Duration.ZERO : GATHER);
  }

  private static Duration untilDue(Optional<Instant> earliest, Instant now) {
    Duration wait = earliest.map(at -> Duration.between(now, at).minus(LOOK_AHEAD)).orElse(POLL);
    return wait.compareTo(OTHERS_AT_WORK) < 0
        ? OTHERS_AT_WORK
        : wait.compareTo(POLL) > 0 ? POLL : wait;
  }
}
