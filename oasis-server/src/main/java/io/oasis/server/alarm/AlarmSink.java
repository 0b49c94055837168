package io.oasis.server.alarm;

/** A way by which people are told. */
public interface AlarmSink {

  /** Whether there is such a way in this installation. */
  boolean isOpen();

  /** Tells. Blocks, for a bounded time; never called inside a transaction. */
  SendResult send(Notice notice);

  /** What a failure says of itself; its kind when it says nothing. */
  static String words(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
