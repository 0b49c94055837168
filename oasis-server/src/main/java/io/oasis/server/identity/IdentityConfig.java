package io.oasis.server.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of accounts and sessions. */
@ConfigMapping(prefix = "oasis.identity")
public interface IdentityConfig {

  /**
   * The password of the account {@code admin}, used only when the server makes that account on its
   * first start. Unset: a random one, shown once in the log.
   */
  Optional<String> adminPassword();

  /** How long a person stays signed in. */
  @WithDefault("PT12H")
  Duration sessionLifetime();
}
