package io.oasis.server.dispatch;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.Set;

/** Puts {@link FakeNodes} in the place of the channel. */
public final class FakeNodesProfile implements QuarkusTestProfile {
  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(FakeNodes.class);
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    // A node says yes when its test says so, and not when a busy machine lets the test get there.
    return Map.of("oasis.dispatch.handler-patience", "2s", "oasis.dispatch.accept-timeout", "10m");
  }
}
