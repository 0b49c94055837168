package io.oasis.manifest;

import io.oasis.manifest.yaml.YamlValue;
import io.oasis.manifest.yaml.YamlValue.Fields;
import io.oasis.manifest.yaml.YamlValue.Items;
import io.oasis.manifest.yaml.YamlValue.Scalar;
import io.oasis.phrase.Phrase;
import io.oasis.phrase.Saying;
import io.oasis.schedule.DurationText;
import io.oasis.schedule.Misfire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads what happens when a run is missed, fails, lasts too long or meets another one. */
final class PolicyReader {
  /** How many runs at once when a parallel job does not say. */
  static final int PARALLEL_DEFAULT = 10;

  private static final Duration NOTHING = Duration.ZERO;
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration MONTH = Duration.ofDays(31);

  private static final List<String> BLOCKING_WORDS =
      List.of("serial", "discard", "parallel", "replace");

  private PolicyReader() {}

  /** {@code last}, or {@code {policy: last, window: 1h, grace: 5s, max: 10}}. */
  static ValueReader<Misfire> misfire() {
    return eitherWay(
        "last",
        "{policy: last, window: 1h}",
        Values.word(Misfire.Policy.class),
        policy -> withPolicy(policy),
        PolicyReader::misfire);
  }

  private static Misfire withPolicy(Misfire.Policy policy) {
    Misfire base = Misfire.DEFAULT;
    return new Misfire(policy, base.window(), base.grace(), base.max());
  }

  private static Misfire misfire(FieldReader fields) {
    Misfire base = Misfire.DEFAULT;
    Misfire.Policy policy = fields.read("policy", Values.word(Misfire.Policy.class), base.policy());
    Duration window =
        fields.read("window", Values.duration(Duration.ofSeconds(1), MONTH), base.window());
    Duration grace =
        fields.read(
            "grace", Values.duration(Duration.ofSeconds(1), Duration.ofMinutes(10)), base.grace());
    int max = base.max();
    if (policy == Misfire.Policy.ALL) {
      max = fields.read("max", Values.integer(1, 1000), max);
    } else {
      fields.refuse("max", Saying.ONLY_WITH.of("max", "policy: all"));
    }
    if (window.compareTo(grace) < 0) {
      fields.report(
          fields.has("window") ? "window" : "grace",
          Saying.WINDOW_TOO_SHORT.of(DurationText.of(window), DurationText.of(grace)),
          Saying.LONGER_WINDOW.of());
    }
    return new Misfire(policy, window, grace, max);
  }

  /** {@code serial}, or {@code {strategy: parallel, max: 3, overflow: discard}}. */
  static ValueReader<Blocking> blocking() {
    return eitherWay(
        "serial",
        "{strategy: parallel, max: 3}",
        Values.oneOf(BLOCKING_WORDS),
        word -> blocking(word, Optional.empty()),
        fields -> {
          Optional<String> word =
              fields.require(
                  "strategy", Values.oneOf(BLOCKING_WORDS), Saying.WRITE.of("strategy: serial"));
          return blocking(word.orElse("serial"), Optional.of(fields));
        });
  }

  private static Blocking blocking(String word, Optional<FieldReader> written) {
    Blocking base = Blocking.DEFAULT;
    Blocking.Strategy strategy = Blocking.Strategy.valueOf(word.toUpperCase(java.util.Locale.ROOT));
    boolean parallel = strategy == Blocking.Strategy.PARALLEL;
    int max = parallel ? PARALLEL_DEFAULT : base.max();
    int queue = base.queue();
    if (written.isPresent()) {
      FieldReader fields = written.get();
      fields.refuse("max", Saying.ONLY_WITH.of("max", "strategy: parallel"));
      fields.refuse("overflow", Saying.ONLY_WITH.of("overflow", "strategy: parallel"));
      fields.refuse("queue", Saying.ONLY_WHERE_RUNS_WAIT.of("queue"));
      if (parallel) {
        max = fields.read("max", Values.integer(1, 1000), max);
        String overflow =
            fields.read("overflow", Values.oneOf(List.of("queue", "discard")), "queue");
        strategy = overflow.equals("discard") ? Blocking.Strategy.PARALLEL_DISCARD : strategy;
      }
      if (strategy == Blocking.Strategy.SERIAL || strategy == Blocking.Strategy.PARALLEL) {
        queue = fields.read("queue", Values.integer(1, 10_000), queue);
      }
    }
    return new Blocking(strategy, max, queue);
  }

  /** {@code 3}, or {@code {max: 3, backoff: 10s, factor: 2, cap: 5m, …}}. */
  static ValueReader<Retry> retry() {
    ValueReader<Integer> count = Values.integer(0, 100);
    return eitherWay(
        "3",
        "{max: 3, backoff: 10s}",
        count,
        max -> withMax(max),
        fields -> {
          Retry base = Retry.DEFAULT;
          int max = fields.require("max", count, Saying.WRITE.of("max: 3")).orElse(0);
          Duration backoff = fields.read("backoff", Values.duration(NOTHING, DAY), base.backoff());
          double factor = fields.read("factor", Values.decimal(1, 100), base.factor());
          Duration usual = cap(backoff);
          Duration cap = fields.read("cap", Values.duration(NOTHING, DAY), usual);
          if (cap.compareTo(backoff) < 0) {
            fields.report("cap", Saying.CAP_TOO_SHORT.of(), Saying.LONGER_CAP.of());
          }
          double jitter = fields.read("jitter", Values.decimal(0, 1), base.jitter());
          return new Retry(
              max,
              backoff,
              factor,
              cap,
              jitter,
              repeats(fields, "onLost"),
              repeats(fields, "onTimeout"));
        });
  }

  /** The cap that holds when none is written. */
  static Duration cap(Duration backoff) {
    Duration usual = Retry.DEFAULT.cap();
    return backoff.compareTo(usual) > 0 ? backoff : usual;
  }

  private static Retry withMax(int max) {
    Retry base = Retry.DEFAULT;
    return new Retry(
        max,
        base.backoff(),
        base.factor(),
        base.cap(),
        base.jitter(),
        base.onLost(),
        base.onTimeout());
  }

  private static boolean repeats(FieldReader fields, String name) {
    return fields.read(name, Values.oneOf(List.of("retry", "fail")), "retry").equals("retry");
  }

  /** {@code 10m}, or {@code {run: 10m, queue: 1h, total: 2h, killGrace: 10s}}. */
  static ValueReader<Timeouts> timeouts() {
    Timeouts base = Timeouts.DEFAULT;
    ValueReader<Duration> limit = Values.duration(MILLI, MONTH);
    return eitherWay(
        "10m",
        "{run: 10m, queue: 1h}",
        limit,
        run -> new Timeouts(Optional.of(run), base.queue(), base.total(), base.killGrace()),
        fields -> {
          Optional<Duration> run = fields.read("run", limit);
          Duration queue = fields.read("queue", limit, base.queue());
          Optional<Duration> total = fields.read("total", limit);
          if (run.isPresent() && total.isPresent() && total.get().compareTo(run.get()) < 0) {
            fields.report("total", Saying.TOTAL_TOO_SHORT.of(), Saying.LONGER_TOTAL.of());
          }
          Duration grace =
              fields.read(
                  "killGrace", Values.duration(NOTHING, Duration.ofHours(1)), base.killGrace());
          return new Timeouts(run, queue, total, grace);
        });
  }

  /**
   * A value that has a short form, one scalar, and a long form, a mapping.
   *
   * @param briefly an example of the short form
   * @param fully an example of the long form
   */
  static <S, T> ValueReader<T> eitherWay(
      String briefly,
      String fully,
      ValueReader<S> brief,
      Function<S, T> ofBrief,
      Function<FieldReader, T> full) {
    return (value, path, problems) -> {
      if (value instanceof Fields mapping) {
        FieldReader fields = new FieldReader(mapping, path, problems);
        T read = full.apply(fields);
        fields.close();
        return Optional.of(read);
      }
      if (value instanceof Items || (value instanceof Scalar scalar && scalar.isNothing())) {
        problems.add(value.mark(), path, what(value), Saying.FOR_EXAMPLE_EITHER.of(briefly, fully));
        return Optional.empty();
      }
      return brief.read(value, path, problems).map(ofBrief);
    };
  }

  private static Phrase what(YamlValue value) {
    return value instanceof Items ? Saying.NOT_A_LIST_HERE.of() : Saying.NO_VALUE.of();
  }
}
