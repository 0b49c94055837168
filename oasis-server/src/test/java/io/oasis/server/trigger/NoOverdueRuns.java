package io.oasis.server.trigger;

import io.oasis.server.run.OverdueRuns;

/** A server without nodes: it hands nothing over as it is written. */
final class NoOverdueRuns implements OverdueRuns {
  @Override
  public Room room() {
    return new Room(0, false);
  }

  @Override
  public Batch begin() {
    return NONE;
  }
}
