package io.oasis.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.app.OnlineNode;
import io.oasis.server.lease.LeaseConfig;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.run.RunHandle;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NodeLoadTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final ServerMembership membership =
      new ServerMembership(
          null,
          null,
          null,
          new SmallRyeConfigBuilder()
              .withMapping(LeaseConfig.class)
              .build()
              .getConfigMapping(LeaseConfig.class),
          null);
  private final NodeLoad load = new NodeLoad(membership);

  @Test
  @DisplayName("a node that connects again has what it named, and nothing that did not reach it")
  void connectsAgain() {
    load.add("n-1", run(1));
    load.add("n-1", run(2));
    load.add("n-1", run(3));

    load.connected("n-1", List.of(run(3), run(4)));

    assertThat(load.free(node(membership.serverId(), 0))).isEqualTo(2);
    assertThat(load.has("n-1", run(1))).isFalse();
    assertThat(load.has("n-1", run(4))).isTrue();
  }

  @Test
  @DisplayName("FN8: a node that went to another server is judged by its heartbeats")
  void wentToAnotherServer() {
    for (int id = 1; id <= 4; id++) {
      load.add("n-1", run(id));
    }

    assertThat(load.free(node(membership.serverId(), 0))).isZero();
    assertThat(load.free(node("s-other", 1))).isEqualTo(3);
  }

  @Test
  @DisplayName("a slot is free when the node is done, and the hand-over is known until it is over")
  void done() {
    load.add("n-1", run(1));
    load.add("n-1", run(2));

    load.done("n-1", run(1));
    load.done("n-1", run(1));
    load.done("n-1", run(3));

    assertThat(load.free(node(membership.serverId(), 0))).isEqualTo(3);
    assertThat(load.has("n-1", run(1))).as("not to be sent again").isTrue();
    load.remove("n-1", run(1));
    load.remove("n-1", run(2));
    assertThat(load.has("n-1", run(1))).isFalse();
    assertThat(load.free(node(membership.serverId(), 0))).isEqualTo(4);
  }

  private static RunHandle run(long id) {
    return new RunHandle(id, NOON, 1, 1, 0);
  }

  private static OnlineNode node(String server, int busy) {
    return new OnlineNode("n-1", 1, Map.of(), Set.of("work"), 4, busy, false, server);
  }
}
