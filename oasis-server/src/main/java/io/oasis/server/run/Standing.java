package io.oasis.server.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a run stands: the part of its row that changes.
 *
 * @param state now
 * @param reason why
 * @param message one line for people
 * @param ownerServer hands it over, or holds its node's stream
 * @param wakeAt when somebody has to look at it
 * @param nodeId has it
 * @param nodeWhy why the routing strategy chose that node
 * @param attempt from 1
 * @param epoch of the last hand-over; 0 before the first
 * @param memberCount members of a broadcast that is under way, else 0
 * @param dispatchedAt of this attempt
 * @param startedAt of this attempt
 * @param deadlineAt when this attempt is too long; before it has begun: when it has waited too long
 * @param finishedAt of the run
 * @param result what the handler gave back
 * @param lastLogSeq number of the last line of this attempt's log
 * @param refusedBy nodes that did not take this attempt since each of them was last asked
 * @param stopReason of a run that is to stop: why, whatever {@code reason} says of how that goes
 */
public record Standing(
    RunState state,
    Optional<ReasonCode> reason,
    Optional<String> message,
    Optional<String> ownerServer,
    Optional<Instant> wakeAt,
    Optional<String> nodeId,
    Optional<String> nodeWhy,
    int attempt,
    long epoch,
    int memberCount,
    Optional<Instant> dispatchedAt,
    Optional<Instant> startedAt,
    Optional<Instant> deadlineAt,
    Optional<Instant> finishedAt,
    Optional<String> result,
    long lastLogSeq,
    List<String> refusedBy,
    Optional<ReasonCode> stopReason) {

  /** Of a new run that waits for nothing but its hand-over by the server. */
  static Standing due(String server, Instant now) {
    return new Standing(
        RunState.QUEUED,
        Optional.of(ReasonCode.WAITING_TIME),
        Optional.empty(),
        Optional.of(server),
        Optional.of(now),
        Optional.empty(),
        Optional.empty(),
        1,
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        List.of(),
        Optional.empty());
  }

  /** Starts a change. */
  Edit edit() {
    return new Edit(this);
  }

  /** A change in the making: every part that is not named stays as it was. */
  static final class Edit {
    private RunState state;
    private Optional<ReasonCode> reason;
    private Optional<String> message;
    private Optional<String> ownerServer;
    private Optional<Instant> wakeAt;
    private Optional<String> nodeId;
    private Optional<String> nodeWhy;
    private int attempt;
    private long epoch;
    private int memberCount;
    private Optional<Instant> dispatchedAt;
    private Optional<Instant> startedAt;
    private Optional<Instant> deadlineAt;
    private Optional<Instant> finishedAt;
    private Optional<String> result;
    private long lastLogSeq;
    private List<String> refusedBy;
    private Optional<ReasonCode> stopReason;

    private Edit(Standing from) {
      state = from.state;
      reason = from.reason;
      message = from.message;
      ownerServer = from.ownerServer;
      wakeAt = from.wakeAt;
      nodeId = from.nodeId;
      nodeWhy = from.nodeWhy;
      attempt = from.attempt;
      epoch = from.epoch;
      memberCount = from.memberCount;
      dispatchedAt = from.dispatchedAt;
      startedAt = from.startedAt;
      deadlineAt = from.deadlineAt;
      finishedAt = from.finishedAt;
      result = from.result;
      lastLogSeq = from.lastLogSeq;
      refusedBy = from.refusedBy;
      stopReason = from.stopReason;
    }

    Edit state(RunState to) {
      state = to;
      return this;
    }

    Edit why(ReasonCode code, String text) {
      reason = Optional.of(code);
      message = text.isBlank() ? Optional.empty() : Optional.of(text);
      return this;
    }

    Edit noReason() {
      reason = Optional.empty();
      message = Optional.empty();
      return this;
    }

    Edit message(String text) {
      message = text.isBlank() ? Optional.empty() : Optional.of(text);
      return this;
    }

    Edit owner(String server) {
      ownerServer = Optional.of(server);
      return this;
    }

    Edit wakeAt(Instant at) {
      wakeAt = Optional.of(at);
      return this;
    }

    Edit wakeAt(Optional<Instant> at) {
      wakeAt = at;
      return this;
    }

    Edit handedTo(String node, String why, Instant now) {
      nodeId = Optional.of(node);
      nodeWhy = Optional.of(why);
      return handedOver(now);
    }

    Edit handedToMembers(int count, Instant now) {
      nodeId = Optional.empty();
      nodeWhy = Optional.empty();
      memberCount = count;
      return handedOver(now);
    }

    private Edit handedOver(Instant now) {
      epoch++;
      dispatchedAt = Optional.of(now);
      startedAt = Optional.empty();
      lastLogSeq = 0;
      return this;
    }

    Edit refused() {
      List<String> all = new ArrayList<>(refusedBy);
      nodeId.filter(node -> !all.contains(node)).ifPresent(all::add);
      refusedBy = List.copyOf(all);
      return this;
    }

    Edit askAllAgain() {
      refusedBy = List.of();
      return this;
    }

    Edit stopFor(ReasonCode code) {
      stopReason = Optional.of(code);
      return this;
    }

    Edit started(Instant at, Optional<Instant> deadline) {
      startedAt = Optional.of(at);
      deadlineAt = deadline;
      return this;
    }

    Edit deadline(Instant at) {
      deadlineAt = Optional.of(at);
      return this;
    }

    Edit noDeadline() {
      deadlineAt = Optional.empty();
      return this;
    }

    Edit nextAttempt() {
      attempt++;
      deadlineAt = Optional.empty();
      refusedBy = List.of();
      stopReason = Optional.empty();
      return this;
    }

    Edit finished(Instant at) {
      finishedAt = Optional.of(at);
      wakeAt = Optional.empty();
      return this;
    }

    Edit result(Optional<String> text) {
      result = text;
      return this;
    }

    Edit lastLogSeq(long seq) {
      lastLogSeq = seq;
      return this;
    }

    Standing done() {
      return new Standing(
          state,
          reason,
          message,
          ownerServer,
          wakeAt,
          nodeId,
          nodeWhy,
          attempt,
          epoch,
          memberCount,
          dispatchedAt,
          startedAt,
          deadlineAt,
          finishedAt,
          result,
          lastLogSeq,
          refusedBy,
          stopReason);
    }
  }
}
