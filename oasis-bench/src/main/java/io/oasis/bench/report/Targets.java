package io.oasis.bench.report;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lines that Oasis has to reach, and what the journal says of them. */
public final class Targets {
  private static final String OASIS = "oasis";
  private static final String RATE = "jobsPerSecond";
  private static final String THROUGHPUT = "throughput";
  private static final String LATENESS = "lateness-1000";
  private static final String SCALE = "-at-scale";

  /** A server's lease, and a second. */
  private static final double LEASE_AND_ONE = 11;

  private final Journal journal;

  private Targets(Journal journal) {
    this.journal = journal;
  }

  /** All lines, in a table. */
  public static String markdown(Journal journal) {
    return new Targets(journal)
        .all().stream()
            .map(Target::row)
            .collect(
                Collectors.joining(
                    "",
                    "| measure | must | then | measured | met |\n|---|---|---|---:|---|\n",
                    ""));
  }

  /** All lines. */
  static List<Target> of(Journal journal) {
    return new Targets(journal).all();
  }

  private List<Target> all() {
    return Stream.of(speed(), cost(), time(), scale(), process()).flatMap(List::stream).toList();
  }

  private List<Target> speed() {
    return List.of(
        Target.atLeast(
            "1 throughput, times the best db-scheduler",
            "×",
            times("db-scheduler", "db-scheduler-fetch"),
            2,
            3.5),
        Target.atLeast("1 throughput, times JobRunr", "×", times("jobrunr"), 7),
        Target.atLeast("1 throughput, times the best Quartz", "×", quartz(), 40),
        Target.atLeast("1 throughput, share of the ceiling", " %", ofCeiling(), 30, 50));
  }

  private OptionalDouble quartz() {
    return times("quartz", "quartz-untuned");
  }

  private List<Target> cost() {
    return List.of(
        Target.atMost("2 CPU per dispatch, PostgreSQL", " µs", cpu("postgresCpuMicros"), 35, 25),
        Target.atMost("2 CPU per dispatch, server", " µs", cpu("serverCpuMicros"), 50, 25),
        Target.atMost("2 CPU per dispatch, executor", " µs", cpu("executorCpuMicros"), 30, 15));
  }

  private List<Target> time() {
    return List.of(
        Target.atMost("3 lateness at 1,000/s, p50", " ms", oasis(LATENESS, "p50Millis"), 2),
        Target.atMost("3 lateness at 1,000/s, p99", " ms", oasis(LATENESS, "p99Millis"), 10, 4),
        Target.atMost("3 lateness at 1,000/s, max", " ms", oasis(LATENESS, "maxMillis"), 100),
        Target.atMost(
            "4 a thousand cron jobs on one second, last start",
            " ms",
            oasis("burst", "maxMillis"),
            50,
            15));
  }

  private List<Target> scale() {
    return List.of(
        Target.atLeast("5 a million jobs, throughput of line 1", "×", scaled(), 0.7, 0.9),
        Target.atMost(
            "5 a million jobs, p99 of line 3", " ms", oasis(LATENESS + SCALE, "p99Millis"), 15),
        Target.atMost("5 a claim of 100, p50", " ms", oasis("claim", "p50Millis"), 2),
        Target.atMost("5 a claim of 100, p99", " ms", oasis("claim", "p99Millis"), 10),
        Target.atMost(
            "7 idle with a million jobs, server",
            " % of a core",
            oasis("idle", "serverPercent"),
            1),
        Target.atMost(
            "7 idle with a million jobs, PostgreSQL",
            " % of a core",
            oasis("idle", "postgresPercent"),
            0.5));
  }

  private List<Target> process() {
    return List.of(
        Target.atMost("6 server ready", " s", oasis("start", "readySeconds"), 2, 1.2),
        Target.atMost("6 server idle", " MiB", oasis("start", "idleMib"), 220),
        Target.atMost("6 server at 1,000/s", " MiB", oasis("start", "loadMib"), 300),
        Target.atMost("8 `oasis --version`", " ms", oasis("start", "cliMillis"), 400),
        Target.atMost(
            "9 a server is killed at 1,000/s, longest wait",
            " s",
            oasis("kill", "longestSeconds"),
            LEASE_AND_ONE));
  }

  private OptionalDouble oasis(String measure, String figure) {
    return journal.median(measure, OASIS, figure);
  }

  private OptionalDouble cpu(String figure) {
    return oasis(THROUGHPUT, figure);
  }

  /** Against the better of some contenders in each round. */
  private OptionalDouble times(String... others) {
    Map<Integer, Double> best = new TreeMap<>();
    for (String other : others) {
      journal
          .values(THROUGHPUT, other, RATE)
          .forEach((round, value) -> best.merge(round, value, Math::max));
    }
    return Journal.median(
        Journal.quotients(journal.values(THROUGHPUT, OASIS, RATE), best).values());
  }

  private OptionalDouble ofCeiling() {
    Map<Integer, Double> shares =
        Journal.quotients(
            journal.values(THROUGHPUT, OASIS, RATE),
            journal.values(Journal.CEILING, "postgres", "rowsPerSecond"));
    return Journal.median(shares.values().stream().map(share -> share * 100).toList());
  }

  private OptionalDouble scaled() {
    OptionalDouble there = oasis(THROUGHPUT + SCALE, RATE);
    OptionalDouble here = oasis(THROUGHPUT, RATE);
    return there.isPresent() && here.isPresent()
        ? OptionalDouble.of(there.getAsDouble() / here.getAsDouble())
        : OptionalDouble.empty();
  }
}
