package io.oasis.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Applies batches of jobs, lets them run, proves that they did, and measures. */
final class Scenario {
  /** Between the end of the apply and the first due time; the measurement begins within it. */
  private static final Duration QUIET = Duration.ofSeconds(3);

  private static final Duration BEFORE_DUE = Duration.ofSeconds(1);
  private static final long STALLED_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int TRIES = 4;

  private final Platform platform;
  private final InstantSource clock;
  private Duration applyTime = Duration.ofSeconds(5);
  private int batches;

  Scenario(Platform platform, InstantSource clock) {
    this.platform = platform;
    this.clock = clock;
  }

  /** All jobs due at the same time. */
  Measurement burst(int round, int jobs) {
    return measure("burst", round, (prefix, first) -> JobBatch.atOnce(prefix, jobs, first));
  }

  /** As many jobs due on each of some seconds. */
  Measurement steady(int round, int perSecond, int seconds) {
    return measure(
        "steady", round, (prefix, first) -> JobBatch.spread(prefix, perSecond, seconds, first));
  }

  /** Makes a batch. */
  private interface Maker {
    JobBatch make(String prefix, Instant first);
  }

  private Measurement measure(String scenario, int round, Maker maker) {
    JobBatch batch = applyInTime(maker);
    LedgerProof proof = new LedgerProof(platform.api(), batch);
    Pause.until(batch.first().minus(BEFORE_DUE), clock);
    Cost before = platform.cost();
    awaitEnd(batch, proof);
    Cost cost = platform.cost().since(before);
    List<Call> calls = takeCalls();
    Instant last = proof.check(calls);
    long firstCall = calls.stream().mapToLong(Call::calledMicros).min().orElseThrow();
    Instant firstStart = Instant.EPOCH.plus(firstCall, ChronoUnit.MICROS);
    return new Measurement(
        scenario,
        round,
        batch.size(),
        seconds(firstStart, last),
        seconds(batch.first(), last),
        cost,
        Spread.of(calls.stream().mapToLong(Call::lateMicros).toArray()),
        Machine.load());
  }

  /** Applies a batch whose jobs are due soon after; gives them more time when it took too long. */
  private JobBatch applyInTime(Maker maker) {
    for (int tries = 0; tries < TRIES; tries++) {
      Instant begun = clock.instant();
      // Manifests take whole seconds.
      Instant first =
          begun.plus(applyTime.multipliedBy(2)).plus(QUIET).truncatedTo(ChronoUnit.SECONDS);
      JobBatch batch = maker.make("b" + ++batches, first);
      platform
          .api()
          .post(
              "/apply",
              Map.of("files", List.of(Map.of("name", "bench.yaml", "content", batch.manifest()))));
      applyTime = Duration.between(begun, clock.instant());
      if (clock.instant().isBefore(first.minus(BEFORE_DUE))) {
        return batch;
      }
      awaitEnd(batch, new LedgerProof(platform.api(), batch));
      takeCalls();
    }
    throw new BenchException("applying takes longer each time; the machine is too busy");
  }

  private void awaitEnd(JobBatch batch, LedgerProof proof) {
    Pause.until(batch.last(), clock);
    int called = 0;
    long since = System.nanoTime();
    while (called < batch.size()) {
      Pause.millis(200);
      int now = Integer.parseInt(platform.askExecutor("count"));
      if (now > called) {
        called = now;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > STALLED_NANOS) {
        throw new BenchException(
            "only " + called + " of " + batch.size() + " jobs have run, and no more follow");
      }
    }
    since = System.nanoTime();
    while (!proof.isOver()) {
      if (System.nanoTime() - since > STALLED_NANOS) {
        throw new BenchException("every handler was called, and not every run becomes final");
      }
      Pause.millis(100);
    }
  }

  private List<Call> takeCalls() {
    Path file = platform.folder().resolve("calls.txt");
    platform.askExecutor("take " + file);
    return Call.read(file);
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }
}
