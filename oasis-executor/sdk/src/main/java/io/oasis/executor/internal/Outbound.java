package io.oasis.executor.internal;

import io.oasis.executor.v1.ExecutorMessage;

/** The way to the server, as those see it who have something to say. Loop thread only. */
interface Outbound {

  /**
   * Whether a server has welcomed us and the stream is up. What is sent while it is not is lost.
   */
  boolean isOpen();

  /** Whether the stream takes more without buffering it. Only log batches need to ask. */
  boolean isReady();

  void send(ExecutorMessage message);
}
