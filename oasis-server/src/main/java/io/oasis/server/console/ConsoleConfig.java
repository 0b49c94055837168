package io.oasis.server.console;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.ZoneId;

/** Settings of the console. */
@ConfigMapping(prefix = "oasis.console")
interface ConsoleConfig {

  /** And of times in the console until the browser has said its own. */
  @WithDefault("UTC")
  ZoneId defaultTimeZone();
}
