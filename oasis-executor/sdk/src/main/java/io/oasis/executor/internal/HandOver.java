package io.oasis.executor.internal;

import io.oasis.executor.v1.RunRef;

/**
 * One hand-over of one run to this node.
 *
 * @param runId the run
 * @param member which member of a broadcast; 0 when it is none
 * @param attempt 1 for the first try
 * @param epoch the fence
 */
record HandOver(long runId, int member, int attempt, long epoch) {
  static HandOver of(RunRef ref) {
    return new HandOver(ref.getRunId(), ref.getMember(), ref.getAttempt(), ref.getEpoch());
  }

  /** What is done, whichever hand-over does it: a run, or a member of a broadcast. */
  record Work(long runId, int member) {}

  Work work() {
    return new Work(runId, member);
  }

  @Override
  public String toString() {
    String which = member > 0 ? "/" + member : "";
    return "run=" + runId + which + " attempt=" + attempt + " epoch=" + epoch;
  }
}
