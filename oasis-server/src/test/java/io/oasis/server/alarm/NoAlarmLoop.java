package io.oasis.server.alarm;

import io.oasis.server.dispatch.FakeNodes;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.Set;

/** The server without the thread that tells people: the test turns that itself. */
public final class NoAlarmLoop implements QuarkusTestProfile {
  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(FakeNodes.class);
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("quarkus.arc.exclude-types", "io.oasis.server.alarm.AlarmLoop");
  }
}
