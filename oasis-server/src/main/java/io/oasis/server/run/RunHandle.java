package io.oasis.server.run;

import java.time.Instant;

/**
 * Names one hand-over of one run to one node.
 *
 * @param runId the run
 * @param nominalAt leads to the partition of its row
 * @param attempt from 1
 * @param epoch the fence: raised by each hand-over, only the highest counts
 * @param member 0, or the number of a broadcast's member from 1
 */
public record RunHandle(long runId, Instant nominalAt, int attempt, long epoch, int member) {
  // The id says nearly all, and the record's own would ask every part.
  @Override
  public int hashCode() {
    return Long.hashCode(runId) * 31 + Long.hashCode(epoch) + member;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RunHandle handle
        && handle.runId == runId
        && handle.epoch == epoch
        && handle.member == member
        && handle.attempt == attempt
        && handle.nominalAt.equals(nominalAt);
  }
}
