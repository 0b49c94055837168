package io.oasis.server.run;

import io.oasis.manifest.Alarm;
import io.oasis.manifest.Blocking;
import io.oasis.manifest.JobSpec;
import io.oasis.manifest.Owner;
import io.oasis.manifest.Retry;
import io.oasis.manifest.Routing;
import io.oasis.manifest.Timeouts;
import io.oasis.schedule.Misfire;
import io.oasis.schedule.Schedule;
import io.oasis.schedule.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs and specs for tests. */
final class Samples {
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private Samples() {}

  static JobSpec spec(Retry retry) {
    return new JobSpec(
        "Settle",
        new Schedule.None(),
        Window.ALWAYS,
        Duration.ZERO,
        Misfire.DEFAULT,
        "settle",
        Map.of("region", "cn"),
        Routing.DEFAULT,
        Blocking.DEFAULT,
        retry,
        new Timeouts(
            Optional.of(Duration.ofMinutes(10)),
            Duration.ofHours(1),
            Optional.empty(),
            Duration.ofSeconds(10)),
        Owner.NOBODY,
        Alarm.NONE,
        true);
  }

  static Retry retries(int max) {
    return new Retry(max, Duration.ofSeconds(10), 2, Duration.ofMinutes(1), 0, true, true);
  }

  static RunRow run(RunState state, int attempt, long epoch) {
    boolean onNode = state.isOnNode();
    return new RunRow(
        7,
        NOW.minusSeconds(5),
        new RunRow.Origin(
            1, 1, 1, Trigger.SCHEDULE, Optional.empty(), NOW.minusSeconds(6), 4, false),
        new Standing(
            state,
            Optional.empty(),
            Optional.empty(),
            Optional.of("s-1"),
            Optional.of(NOW.plusSeconds(5)),
            onNode ? Optional.of("node-1") : Optional.empty(),
            Optional.empty(),
            attempt,
            epoch,
            0,
            onNode ? Optional.of(NOW.minusSeconds(4)) : Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            state.isFinal() ? Optional.of(NOW.minusSeconds(1)) : Optional.empty(),
            Optional.empty(),
            0,
            List.of(),
            Optional.empty()));
  }

  static RunRow because(RunRow run, ReasonCode reason, String message) {
    return run.with(run.standing().edit().why(reason, message).stopFor(reason).done());
  }
}
