package io.oasis.server.app;

import java.time.Duration;

/**
 * How long a node counts as alive without a heartbeat. One setting for whoever renews leases and
 * whoever ends them; the channel's configuration implements it.
 */
public interface NodeLease {

  /** Without any heartbeat for this long, a node is taken for lost. */
  Duration lease();
}
