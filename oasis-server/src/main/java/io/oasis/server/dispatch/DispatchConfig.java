package io.oasis.server.dispatch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How runs are handed to nodes. */
@ConfigMapping(prefix = "oasis.dispatch")
public interface DispatchConfig {

  /**
   * A node that has not answered a hand-over after this is taken for silent; another one is tried.
   */
  @WithDefault("10s")
  Duration acceptTimeout();

  /** A run that no node can take is tried again at least this often. */
  @WithDefault("5s")
  Duration retryInterval();

  /** A server that claims a run has to hand it over within this; then another one may. */
  @WithDefault("5s")
  Duration handOverLease();

  /** A node that was not heard of for this long is lost; as long as the channel's lease. */
  @WithDefault("15s")
  Duration nodeLease();
}
