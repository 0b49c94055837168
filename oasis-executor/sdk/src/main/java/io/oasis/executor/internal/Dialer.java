package io.oasis.executor.internal;

import io.grpc.ManagedChannel;
import java.util.concurrent.Executor;

/** Makes the connection to a server. Every attempt gets a channel of its own. */
public interface Dialer {

  /** Longest time after the last sign of life in which a cut network goes unnoticed, in seconds. */
  int SILENCE_SECONDS = 13;

  /**
   * Makes a channel; it connects when the first call is made.
   *
   * @param server where to
   * @param callbacks runs what gRPC calls back
   */
  ManagedChannel dial(ServerAddress server, Executor callbacks);
}
