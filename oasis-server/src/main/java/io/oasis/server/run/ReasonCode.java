package io.oasis.server.run;

/**
 * Why a run is in its state. Stable words: users filter by them and the console translates them.
 */
public enum ReasonCode {
  /** It waits for its nominal time. */
  WAITING_TIME,
  /**
   * It may have run in a life of the database that a restored backup does not know: a person says.
   */
  HELD,
  /** An earlier run of its job holds the slot. */
  WAITING_SLOT,
  /** No node of its app is online. */
  NO_EXECUTOR,
  /** No free slot on any node. */
  NO_FREE_SLOT,
  /** No node offers its handler. */
  NO_HANDLER,
  /** It waits for its next attempt. */
  BACKOFF,
  /** The handler said so. */
  HANDLER_FAILED,
  /** The handler said that trying again cannot help. */
  NOT_RETRYABLE,
  /** The attempt was longer than its timeout. */
  RUN_TIMEOUT,
  /** It waited longer than its queue timeout. */
  QUEUE_TIMEOUT,
  /** All attempts together were longer than its total timeout. */
  TOTAL_TIMEOUT,
  /** Its node sent no heartbeat within its lease. */
  NODE_LOST,
  /** The node did not answer the hand-over. */
  NO_ACCEPT,
  /** The node drained. */
  DRAINED,
  /** A person or a call asked for it. */
  KILL_REQUESTED,
  /** The node did not confirm the stop before its grace was over. */
  UNCONFIRMED,
  /** A newer run of the job took its place. */
  REPLACED,
  /** Its job was disabled. */
  JOB_DISABLED,
  /** Its job was deleted. */
  JOB_DELETED,
  /** An earlier run of its job still runs. */
  BLOCKED,
  /** The queue of its job is full: it is merged into the last one that waits. */
  QUEUE_FULL,
  /** The platform was down at that time. */
  DOWNTIME,
  /** Older than the misfire window. */
  WINDOW,
  /** More missed times than the misfire policy allows. */
  CAP,
  /** Its job was disabled at that time. */
  DISABLED,
  /** Its local time does not exist on that day: the clock jumps over it. */
  DST_GAP,
  /** Fewer members of the broadcast succeeded than its rule asks for. */
  MEMBERS_FAILED,
  /** The handler goes on although it was asked to stop and its grace is over. */
  UNCOOPERATIVE,
  /** A fault in the platform or in its database; the server's log has more. */
  INTERNAL,
  /** Its node could not reach any server in time and stopped it, so that no copy overlaps. */
  PARTITIONED
}
