package io.oasis.server.dispatch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How runs are handed to nodes. */
@ConfigMapping(prefix = "oasis.dispatch")
public interface DispatchConfig {

  /**
   * A node that has not answered a hand-over after this is taken for silent; another one is tried.
   * Not shorter than the lease of nodes: the node may have begun and its answer be lost in a cut
   * network, and it stops by itself only when its lease is nearly over (FN7).
   */
  @WithDefault("15s")
  Duration acceptTimeout();

  /**
   * A run that no node can take is tried again after this; later looks are rarer, at least one in
   * 30 s. What it waits for wakes it at once.
   */
  @WithDefault("5s")
  Duration retryInterval();

  /** A server that claims a run has to hand it over within this; then another one may. */
  @WithDefault("5s")
  Duration handOverLease();

  /**
   * While nodes are online and none offers the handler, a run waits at most this long: a new
   * version may be on its way to them.
   */
  @WithDefault("1m")
  Duration handlerPatience();
}
