package io.oasis.server.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReadyRunsTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final ReadyRuns ready = new ReadyRuns();
  private final RunRow run = Samples.run(RunState.QUEUED, 1, 0);

  @Test
  @DisplayName("a run that comes alone is taken out at its time")
  void alone() {
    add(0, 1_001);

    assertThat(ready.nextAt(MOMENT)).contains(NOON);
  }

  @Test
  @DisplayName("runs that come due within a moment are waited for, and no run beyond it")
  void together() {
    add(2_000, 400, 1_000, 0, 1_001);

    assertThat(ready.nextAt(MOMENT)).contains(at(1_000));
    assertThat(ready.takeDue(at(1_000), 500)).hasSize(3);
    assertThat(ready.takeDue(at(2_000), 500)).hasSize(2);
  }

  @Test
  @DisplayName("enough runs at one time wait for none")
  void enough() {
    for (int i = 0; i < 16; i++) {
      add(0);
    }
    add(500);

    assertThat(ready.nextAt(MOMENT)).contains(NOON);
  }

  @Test
  @DisplayName("without runs there is nothing to wait for")
  void none() {
    assertThat(ready.nextAt(MOMENT)).isEmpty();
  }

  private void add(long... micros) {
    for (long each : micros) {
      ready.add(run, at(each));
    }
  }

  private static Instant at(long micros) {
    return NOON.plusNanos(micros * 1_000);
  }
}
