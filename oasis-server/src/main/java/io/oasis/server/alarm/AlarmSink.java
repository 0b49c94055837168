package io.oasis.server.alarm;

/** A way by which people are told. */
public interface AlarmSink {

  /** Whether there is such a way in this installation. */
  boolean isOpen();

  /** Tells. Blocks, for a bounded time; never called inside a transaction. */
  SendResult send(Notice notice);
}
