package io.oasis.server.run;

/** What can happen to a run; each is a step of its trace. */
public enum RunEvent {
  /** Its row was written. */
  CREATED,
  /** It waits: for a slot, for a node, for its next attempt. The reason says which. */
  WAITING,
  /** It was handed to a node. */
  DISPATCHED,
  /** The node said yes and began. */
  STARTED,
  /** The node said no, or nothing: it goes back to the queue. */
  REJECTED,
  /** The node ended it well. */
  SUCCEEDED,
  /** The attempt failed. */
  FAILED,
  /** The attempt was too long. */
  TIMED_OUT,
  /** The node of the attempt went away. */
  LOST,
  /** The node gave it back unfinished, because it drains. */
  HANDED_BACK,
  /** Another attempt will follow. */
  RETRY_PLANNED,
  /** Somebody or a rule asked it to stop. */
  KILL_ASKED,
  /** It goes on although its grace is over. */
  UNCOOPERATIVE,
  /** It stopped because it was asked to. */
  KILLED,
  /** It was taken out of the queue. */
  CANCELLED,
  /** A rule said no at its time. */
  SKIPPED,
  /** Too many wait already: the last one that waits stands for it. */
  COALESCED,
  /** A node said something about it under an old epoch. Kept, changes nothing. */
  LATE_RESULT
}
