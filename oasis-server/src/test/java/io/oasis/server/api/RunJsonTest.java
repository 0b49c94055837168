package io.oasis.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.run.RunState;
import io.oasis.server.run.RunTrace;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RunJsonTest {

  @Test
  @DisplayName("L3: an attempt says why its node was chosen")
  void nodeWhy() {
    RunTrace.Attempt attempt =
        new RunTrace.Attempt(
            1,
            0,
            Optional.of("node-7"),
            Optional.of("round-robin, 3 free slots"),
            RunState.LOST,
            Optional.of("NODE_LOST"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    RunJson.AttemptJson json = RunJson.AttemptJson.of(attempt);

    assertThat(json.node()).isEqualTo("node-7");
    assertThat(json.nodeWhy()).isEqualTo("round-robin, 3 free slots");
    assertThat(json.reason()).isEqualTo("NODE_LOST");
    assertThat(json.startedAt()).isNull();
  }
}
