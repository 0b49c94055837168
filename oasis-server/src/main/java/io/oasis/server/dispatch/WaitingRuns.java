package io.oasis.server.dispatch;

/** Runs that wait for a node. Whoever makes room tells it here. */
public interface WaitingRuns {

  /** A node of the app came online or has a free slot: runs that wait for one are tried again. */
  void nodeAvailable(long appId);
}
