package io.oasis.ui.row;

/** Why a run is in its state; the words are in the messages, one short sentence each. */
public enum Why {
  WAITING_TIME,
  HELD,
  WAITING_SLOT,
  NO_EXECUTOR,
  NO_FREE_SLOT,
  NO_HANDLER,
  BACKOFF,
  HANDLER_FAILED,
  NOT_RETRYABLE,
  RUN_TIMEOUT,
  QUEUE_TIMEOUT,
  TOTAL_TIMEOUT,
  NODE_LOST,
  NO_ACCEPT,
  DRAINED,
  KILL_REQUESTED,
  UNCONFIRMED,
  REPLACED,
  JOB_DISABLED,
  JOB_DELETED,
  BLOCKED,
  QUEUE_FULL,
  DOWNTIME,
  WINDOW,
  CAP,
  DISABLED,
  MEMBERS_FAILED
}
