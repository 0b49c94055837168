package io.oasis.bench.oasis;

import io.oasis.bench.peer.DueTimes;

/**
 * Jobs that were made together, each of which is to run once.
 *
 * @param due when
 * @param firstUid the smallest of their uids
 * @param lastUid the greatest
 */
public record Batch(DueTimes due, long firstUid, long lastUid) {

  /** How many jobs. */
  public int size() {
    return due.count();
  }

  /** Those that are due first; the uids rise with the times. */
  public Batch first(int jobs) {
    return new Batch(
        new DueTimes(due.firstMicros(), due.apartMicros(), jobs), firstUid, firstUid + jobs - 1);
  }
}
