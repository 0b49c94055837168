package io.oasis.it.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The jobs of a chaos run: some of every kind, drawn from the seed. */
final class JobFleet {
  private final RandomGenerator random;
  private final ChaosSize size;

  JobFleet(RandomGenerator random, ChaosSize size) {
    this.random = random;
    this.size = size;
  }

  Map<String, ChaosJob> draw() {
    var jobs = new ArrayList<ChaosJob>();
    for (int number = 0; number < size.jobs(); number++) {
      jobs.add(job(number));
    }
    return jobs.stream()
        .collect(Collectors.toMap(ChaosJob::key, Function.identity(), (a, b) -> a, TreeMap::new));
  }

  /** All manifests as they are at first, or as they are after the edit in the middle. */
  static String manifests(
      Iterable<ChaosJob> jobs, Instant start, Instant end, boolean afterTheEdit) {
    var text = new StringBuilder(ChaosJob.apps());
    for (var job : jobs) {
      var timing = afterTheEdit ? job.edited().orElse(job.timing()) : job.timing();
      text.append(job.manifest(timing, start, end));
    }
    return text.toString();
  }

  /** Of a hundred jobs so many are of each kind. */
  private ChaosJob job(int number) {
    int place = number * 100 / size.jobs();
    if (place < 6) {
      return make(number, "second", cron("* * * * * ?", s -> true), List.of(50, 200, 1500), false);
    }
    if (place < 25) {
      int step = pick(List.of(2, 3, 5, 10, 15, 20));
      var timing = cron("*/" + step + " * * * * ?", s -> s % step == 0);
      return make(
          number, "every" + step, timing, List.of(50, 300, 2000, 6000), random.nextInt(4) == 0);
    }
    if (place < 35) {
      return make(
          number, "minute", cron("* * * * *", s -> s == 0), List.of(100, 3000, 20_000), true);
    }
    if (place < 57) {
      var timing = new Timing.Rate(Duration.ofSeconds(3 + random.nextInt(18)));
      return make(number, "rate", timing, List.of(50, 300, 2000, 8000), random.nextInt(4) == 0);
    }
    if (place < 72) {
      var timing = new Timing.Delay(Duration.ofSeconds(1 + random.nextInt(6)));
      return make(number, "delay", timing, List.of(50, 500, 3000), random.nextInt(4) == 0);
    }
    if (place < 95) {
      long second = random.nextLong(1, size.window().toSeconds());
      var timing = new Timing.Once(Duration.ofSeconds(second));
      return make(number, "once", timing, List.of(100, 1000, 5000, 15_000), random.nextInt(4) == 0);
    }
    return broadcast(number);
  }

  private ChaosJob broadcast(int number) {
    var timing = new Timing.Rate(Duration.ofSeconds(7 + random.nextInt(8)));
    var success = pick(List.of("all", "any", "{percent: 50}"));
    var rest =
        handler(false, pick(List.of(100, 800)), 0)
            + "routing: {strategy: broadcast, success: %s}\nblocking: {strategy: serial, queue: 4}\n"
                .formatted(success)
            + misfire();
    return new ChaosJob(
        ChaosJob.LEDGER_APP, "broadcast-" + number, timing, Optional.empty(), 1, false, rest);
  }

  private ChaosJob make(
      int number, String kind, Timing timing, List<Integer> durations, boolean script) {
    boolean retried = random.nextInt(10) < 6;
    boolean onLost = random.nextInt(5) > 0;
    int fails = random.nextInt(4) == 0 ? 30 : 0;
    int duration = pick(durations);
    var blocking = pick(List.of("serial", "serial", "discard", "parallel", "parallel", "replace"));
    var rest = new StringBuilder(handler(script, duration, fails));
    rest.append(
        "routing: %s\n"
            .formatted(pick(List.of("round-robin", "random", "failover", "least-busy"))));
    rest.append(blocking(blocking));
    rest.append(misfire());
    if (retried) {
      rest.append(
          "retry: {max: %d, backoff: 500ms, cap: 2s, onLost: %s, onTimeout: %s}\n"
              .formatted(
                  1 + random.nextInt(3),
                  onLost ? "retry" : "fail",
                  pick(List.of("retry", "fail"))));
    }
    if (random.nextInt(6) == 0) {
      rest.append(
          "timeout: {run: %dms, killGrace: 1s}\n".formatted(Math.max(1000, duration * 2 / 3)));
    }
    return new ChaosJob(
        script ? ChaosJob.WORKER_APP : ChaosJob.LEDGER_APP,
        kind + "-" + number,
        timing,
        edit(timing),
        blocking.equals("parallel") ? 3 : 1,
        retried && onLost,
        rest.toString());
  }

  /** Some jobs get another schedule in the middle (GO1). */
  private Optional<Timing> edit(Timing timing) {
    if (random.nextInt(8) > 0) {
      return Optional.empty();
    }
    return switch (timing) {
      case Timing.Cron cron -> Optional.of(cron("7/10 * * * * ?", s -> s % 10 == 7));
      case Timing.Rate rate -> Optional.of(new Timing.Rate(rate.every().plusSeconds(4)));
      case Timing.Delay delay -> Optional.empty();
      case Timing.Once once -> Optional.empty();
    };
  }

  private String handler(boolean script, int duration, int fails) {
    int lines = 1 + random.nextInt(40);
    if (script) {
      return "handler: script\nparams: {script: work.sh, args: \"%d %d %d\"}\n"
          .formatted(duration, lines, fails);
    }
    boolean forGood = fails > 0 && random.nextInt(4) == 0;
    return "handler: work\nparams: {ms: \"%d\", lines: \"%d\", fail: \"%d\", final: \"%s\"}\n"
        .formatted(duration, lines, fails, forGood);
  }

  private String blocking(String strategy) {
    return switch (strategy) {
      case "serial" -> "blocking: {strategy: serial, queue: %d}\n".formatted(2 + random.nextInt(6));
      case "parallel" ->
          "blocking: {strategy: parallel, max: 3, %s}\n"
              .formatted(pick(List.of("overflow: discard", "overflow: queue, queue: 4")));
      default -> "blocking: %s\n".formatted(strategy);
    };
  }

  private String misfire() {
    return "misfire: %s\n"
        .formatted(pick(List.of("last", "last", "none", "{policy: all, max: 5}")));
  }

  private static Timing cron(String expression, IntPredicate second) {
    Set<Integer> seconds =
        IntStream.range(0, 60).filter(second).boxed().collect(Collectors.toUnmodifiableSet());
    return new Timing.Cron(expression, seconds);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
