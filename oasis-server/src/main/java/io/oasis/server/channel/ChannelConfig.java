package io.oasis.server.channel;

import io.oasis.server.app.NodeLease;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Settings of the executor channel. */
@ConfigMapping(prefix = "oasis.channel")
public interface ChannelConfig extends NodeLease {

  /** How often an executor sends a heartbeat. */
  @WithDefault("PT3S")
  Duration heartbeat();

  /** Without any heartbeat for this long, a node is taken for lost. */
  @Override
  @WithDefault("PT15S")
  Duration lease();

  /** How often the leases of all connected nodes are renewed, in one statement. */
  @WithDefault("PT2S")
  Duration renewEvery();

  /** How large the result of a run may be, in bytes of UTF-8. */
  @WithDefault("262144")
  @Min(0)
  @Max(1_048_576)
  int resultBytes();

  /** How long a stopping server waits for executors to go elsewhere. */
  @WithDefault("PT2S")
  Duration drainPatience();
}
