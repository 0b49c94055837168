package io.oasis.server.maintenance;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Settings of the periodic duties. */
@ConfigMapping(prefix = "oasis.maintenance")
public interface MaintenanceConfig {

  /** How long finished runs, their events and their logs are kept. */
  @WithDefault("P30D")
  Duration history();

  /**
   * How many past days get partitions of their own at start, if they have none. More than 1 is for
   * a history that another program writes, such as {@code make seed}.
   */
  @WithDefault("1")
  @Min(1)
  @Max(366)
  int partitionsBehind();

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
