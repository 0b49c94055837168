package io.oasis.server.lease;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of leases and clocks. */
@ConfigMapping(prefix = "oasis.lease")
public interface LeaseConfig {

  /** How long a server that stopped renewing still counts as alive. */
  @WithDefault("PT10S")
  Duration server();

  /** How often a server renews; a fifth of the lease leaves room for four failures. */
  @WithDefault("PT2S")
  Duration renewEvery();

  /** From this difference between a server's clock and the database's on, it is logged. */
  @WithDefault("PT2S")
  Duration clockSkewWarning();

  /** From this difference on, the server reports that it is not ready. */
  @WithDefault("PT30S")
  Duration clockSkewLimit();

  /**
   * When no server was there for this long, what was planned for that time counts as possibly done:
   * a backup may have been restored. One-time jobs of that time wait for a person.
   */
  @WithDefault("PT30M")
  Duration awayAfter();

  /** How long the row of a dead server is kept for people to see. */
  @WithDefault("PT1H")
  Duration forgetServerAfter();
}
