package io.oasis.server.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One node's part of a broadcast.
 *
 * @param handle which part of which hand-over
 * @param nodeId fixed when the broadcast is handed over
 * @param state now
 * @param reason why it ended badly
 * @param message one line for people
 * @param dispatchedAt when it was handed over
 * @param startedAt when the node began
 * @param result what the handler gave back
 * @param lastLogSeq number of the last line of its log
 */
public record Member(
    RunHandle handle,
    String nodeId,
    RunState state,
    Optional<ReasonCode> reason,
    Optional<String> message,
    Instant dispatchedAt,
    Optional<Instant> startedAt,
    Optional<String> result,
    long lastLogSeq) {

  /** A member that is handed over now. */
  public static Member handedOver(RunHandle handle, String nodeId, Instant now) {
    return new Member(
        handle,
        nodeId,
        RunState.DISPATCHED,
        Optional.empty(),
        Optional.empty(),
        now,
        Optional.empty(),
        Optional.empty(),
        0);
  }

  /** Its node began. */
  Member started(Instant now) {
    return new Member(
        handle,
        nodeId,
        RunState.RUNNING,
        Optional.empty(),
        Optional.empty(),
        dispatchedAt,
        Optional.of(now),
        result,
        0);
  }

  /** Its part is over. */
  public Member ended(RunState to, Optional<ReasonCode> why, String text) {
    return new Member(
        handle,
        nodeId,
        to,
        why,
        text.isEmpty() ? Optional.empty() : Optional.of(text),
        dispatchedAt,
        startedAt,
        result,
        lastLogSeq);
  }

  /** True while it waits for a slot of its node: nothing was sent, or the node said no. */
  public boolean waits() {
    return state == RunState.DISPATCHED && reason.equals(Optional.of(ReasonCode.NO_FREE_SLOT));
  }

  /**
   * Its end when its node was silent for too long, or had no slot for it; empty before that.
   *
   * @param accept how long a node may take to answer
   * @param queue how long it may wait for a slot
   */
  public Optional<Member> tooLate(Instant now, Duration accept, Duration queue) {
    Instant end = dispatchedAt.plus(waits() ? queue : accept);
    if (now.isBefore(end)) {
      return Optional.empty();
    }
    return Optional.of(
        waits()
            ? ended(
                RunState.TIMED_OUT,
                Optional.of(ReasonCode.QUEUE_TIMEOUT),
                Remark.NO_SLOT_IN_TIME.text())
            : ended(RunState.FAILED, Optional.of(ReasonCode.NO_ACCEPT), Remark.NO_ANSWER.text()));
  }

  /** It waits for a slot of its node. */
  public Member waiting(String text) {
    return new Member(
        handle,
        nodeId,
        RunState.DISPATCHED,
        Optional.of(ReasonCode.NO_FREE_SLOT),
        text.isEmpty() ? Optional.empty() : Optional.of(text),
        dispatchedAt,
        startedAt,
        result,
        lastLogSeq);
  }

  /** It is sent to its node now. */
  public Member sent() {
    return new Member(
        handle,
        nodeId,
        state,
        Optional.empty(),
        Optional.empty(),
        dispatchedAt,
        startedAt,
        result,
        lastLogSeq);
  }

  /** With what its handler left behind. */
  Member leaving(Optional<String> text, long seq) {
    return new Member(handle, nodeId, state, reason, message, dispatchedAt, startedAt, text, seq);
  }
}
