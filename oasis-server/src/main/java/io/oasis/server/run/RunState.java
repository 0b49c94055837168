package io.oasis.server.run;

/** The states of a run. The rules between them are in {@link RunTransitions}, and nowhere else. */
public enum RunState {
  /** Waits for its time, a slot, a node or its next attempt. */
  QUEUED,
  /** Handed to a node that has not said yes yet. */
  DISPATCHED,
  /** Under way on a node. */
  RUNNING,
  /** Asked to stop; the node has not confirmed yet. */
  KILLING,
  SUCCEEDED,
  FAILED,
  TIMED_OUT,
  /** Its node went away in the middle. */
  LOST,
  KILLED,
  /** Ended before it reached a node. */
  CANCELLED,
  /** Its time came, and a rule said no. */
  SKIPPED,
  /** Its time was merged into a later run. */
  COALESCED,
  /** Its time passed while nobody could fire it. */
  MISSED;

  /** True for a state that is never left. */
  public boolean isFinal() {
    return switch (this) {
      case QUEUED, DISPATCHED, RUNNING, KILLING -> false;
      case SUCCEEDED, FAILED, TIMED_OUT, LOST, KILLED, CANCELLED, SKIPPED, COALESCED, MISSED ->
          true;
    };
  }

  /** True while a node has the run. */
  public boolean isOnNode() {
    return this == DISPATCHED || this == RUNNING || this == KILLING;
  }

  /** True for a final state that a person should look at. */
  public boolean isTrouble() {
    return switch (this) {
      case FAILED, TIMED_OUT, LOST, MISSED -> true;
      case QUEUED, DISPATCHED, RUNNING, KILLING, SUCCEEDED, KILLED, CANCELLED, SKIPPED, COALESCED ->
          false;
    };
  }
}
