package io.oasis.server.apply;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.ZoneId;

/** Settings of manifests. */
@ConfigMapping(prefix = "oasis.apply")
public interface ApplyConfig {

  /** Zone of cron schedules that name none. */
  @WithDefault("UTC")
  ZoneId defaultTimeZone();
}
