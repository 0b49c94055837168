package io.oasis.server.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ShutdownTest {
  private final Shutdown shutdown = new Shutdown();
  private final List<String> ran = new ArrayList<>();

  @Test
  @DisplayName("phases run in their order, whatever the order of registration")
  void phasesInOrder() {
    shutdown.register(Shutdown.Phase.END_HEARTBEATS, "d", () -> ran.add("heartbeats"));
    shutdown.register(Shutdown.Phase.RELEASE_LEASES, "c", () -> ran.add("leases"));
    shutdown.register(Shutdown.Phase.STOP_CLAIMING, "a", () -> ran.add("claiming"));
    shutdown.register(Shutdown.Phase.DRAIN, "b", () -> ran.add("drain"));

    shutdown.runAll();

    assertThat(ran).containsExactly("claiming", "drain", "leases", "heartbeats");
  }

  @Test
  @DisplayName("a step that fails does not keep the later ones from running")
  void failureDoesNotStopTheRest() {
    shutdown.register(
        Shutdown.Phase.DRAIN,
        "broken",
        () -> {
          throw new IllegalStateException("test");
        });
    shutdown.register(Shutdown.Phase.DRAIN, "next", () -> ran.add("next"));

    shutdown.runAll();

    assertThat(ran).containsExactly("next");
  }

  @Test
  @DisplayName("steps run once")
  void once() {
    shutdown.register(Shutdown.Phase.DRAIN, "step", () -> ran.add("step"));

    shutdown.runAll();
    shutdown.runAll();

    assertThat(ran).hasSize(1);
  }
}
