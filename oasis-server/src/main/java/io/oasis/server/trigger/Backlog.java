package io.oasis.server.trigger;

import io.oasis.server.run.OverdueRuns.Room;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * How many jobs to claim at once. Of a backlog as many as the nodes have room for, because these
 * runs are handed over as they are written. Where short runs come and go, that room is worth a
 * wait. Where none comes, or it is not for the jobs that are next, nothing is waited for: behind
 * the jobs of an app whose nodes are full stand those of others. Not thread-safe.
 */
final class Backlog {
  /** The most jobs of a claim. */
  static final int BATCH = 500;

  /**
   * How long a claim waits at most for room, for each job of the last one: claims never fall below
   * 4,000 jobs a second for it, whatever comes and goes on the nodes.
   */
  private static final Duration PATIENCE = Duration.ofNanos(250_000);

  /** How long nothing is waited for after a wait that was in vain. */
  private static final Duration HASTE = Duration.ofSeconds(1);

  private boolean behind;
  private Instant patientUntil = Instant.MIN;
  private Instant inHasteUntil = Instant.MIN;

  /**
   * The most jobs to claim now; 0: to ask again in a moment.
   *
   * @param room asked while there is a backlog
   */
  int limit(Instant now, Supplier<Room> room) {
    if (!behind || now.isBefore(inHasteUntil)) {
      return BATCH;
    }
    Room there = room.get();
    if (there.ample()) {
      return Math.min(BATCH, there.free());
    }
    if (now.isBefore(patientUntil)) {
      return 0;
    }
    inHasteUntil = now.plus(HASTE);
    return BATCH;
  }

  /**
   * Notes what came of a claim.
   *
   * @param limit its most jobs
   * @param jobs that were claimed
   * @param handedOver how many runs of them were handed over as they were written
   * @param overdue whether the time of the last job had come
   */
  void claimed(Instant now, int limit, int jobs, int handedOver, boolean overdue) {
    patientUntil = now.plus(PATIENCE.multipliedBy(jobs));
    behind = jobs == limit && overdue;
    if (limit < BATCH && handedOver * 2 < jobs) {
      inHasteUntil = now.plus(HASTE);
    }
  }
}
