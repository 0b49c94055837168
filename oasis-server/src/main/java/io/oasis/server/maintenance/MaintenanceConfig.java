package io.oasis.server.maintenance;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the periodic duties. */
@ConfigMapping(prefix = "oasis.maintenance")
public interface MaintenanceConfig {

  /** How long finished runs, their events and their logs are kept. */
  @WithDefault("P30D")
  Duration history();

  /** How long an executor node that went is still shown. */
  @WithDefault("P1D")
  Duration offlineNodes();

  /** How long an expired token is kept, so that its holder is told why it does not work. */
  @WithDefault("P7D")
  Duration expiredTokens();

  /** How long the idempotency key of a trigger is remembered. */
  @WithDefault("P1D")
  Duration triggerKeys();
}
