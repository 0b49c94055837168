package io.oasis.server.run;

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
        reason,
        message,
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

  /** With what its handler left behind. */
  Member leaving(Optional<String> text, long seq) {
    return new Member(handle, nodeId, state, reason, message, dispatchedAt, startedAt, text, seq);
  }
}
