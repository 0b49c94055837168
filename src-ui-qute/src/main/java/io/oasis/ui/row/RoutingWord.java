package io.oasis.ui.row;

/** How a node is chosen. */
public enum RoutingWord {
  ROUND_ROBIN,
  RANDOM,
  FAILOVER,
  LEAST_BUSY,
  BROADCAST
}
