package io.oasis.server.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One step of the state machine, ready to be written.
 *
 * @param before as it was read; its state and epoch are the write's condition
 * @param event what happened
 * @param after as it is to be
 * @param notes what the trace keeps beyond the row itself
 * @param closed the attempt that ends with this step while the run goes on
 */
public record Step(
    RunRow before, RunEvent event, RunRow after, List<Note> notes, Optional<ClosedAttempt> closed) {

  /**
   * An event of the trace.
   *
   * @param kind what happened
   * @param reason why, when there is a code for it
   * @param detail one line; may be empty
   * @param who a person, a token or a duty; may be empty
   */
  public record Note(RunEvent kind, Optional<ReasonCode> reason, String detail, String who) {}

  /**
   * An attempt that is over while its run goes on.
   *
   * @param was where the run stood in it
   * @param state how it ended
   * @param reason why
   * @param message one line; may be empty
   * @param lastLogSeq number of the last line of its log
   */
  public record ClosedAttempt(
      Standing was, RunState state, ReasonCode reason, String message, long lastLogSeq) {}

  /**
   * This step and the next one of the same run as one: what happened in between is in the notes.
   */
  public Step then(Step next) {
    List<Note> all = new ArrayList<>(notes);
    all.addAll(next.notes);
    return new Step(before, next.event, next.after, List.copyOf(all), next.closed.or(() -> closed));
  }

  /** True when the run is over with this step. */
  public boolean ends() {
    return after.state().isFinal();
  }

  /** True when the run leaves its node with this step. */
  public boolean leavesNode() {
    return before.standing().nodeId().isPresent()
        && !before.state().isFinal()
        && before.state() != RunState.QUEUED
        && (after.state().isFinal() || after.state() == RunState.QUEUED);
  }
}
