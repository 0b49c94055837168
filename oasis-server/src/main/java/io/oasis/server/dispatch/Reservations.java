package io.oasis.server.dispatch;

import io.oasis.server.database.Wakeups;
import jakarta.inject.Singleton;

/** Begins reservations. */
@Singleton
public class Reservations {
  private final NodeSender sender;
  private final ServerNodes nodes;
  private final Wakeups wakeups;

  Reservations(NodeSender sender, ServerNodes nodes, Wakeups wakeups) {
    this.sender = sender;
    this.nodes = nodes;
    this.wakeups = wakeups;
  }

  /** For what one transaction is about to hand over. */
  Reservation begin() {
    return new Reservation(sender, nodes, wakeups);
  }
}
