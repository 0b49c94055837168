package io.oasis.ui.row;

/** What can happen to a run, one step of its trace each. */
public enum Step {
  CREATED,
  WAITING,
  DISPATCHED,
  STARTED,
  REJECTED,
  SUCCEEDED,
  FAILED,
  TIMED_OUT,
  LOST,
  HANDED_BACK,
  RETRY_PLANNED,
  KILL_ASKED,
  UNCOOPERATIVE,
  KILLED,
  CANCELLED,
  SKIPPED,
  COALESCED,
  LATE_RESULT
}
