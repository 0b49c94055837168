package io.oasis.bench.seed;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Which jobs there are: half of them daily, and as many that fire each minute as the runs of a day
 * need.
 *
 * @param jobs in the order of their numbers
 * @param byHandPerDay runs of a day that somebody asked for
 */
record SeedPlan(List<SeedJob> jobs, int byHandPerDay) {
  static final List<String> APPS =
      List.of(
          "seed-billing",
          "seed-orders",
          "seed-search",
          "seed-reports",
          "seed-data",
          "seed-ops",
          "seed-mail",
          "seed-edge");

  private static final int MINUTE = 60;
  private static final int FIVE_MINUTES = 5 * MINUTE;
  private static final int QUARTER = 15 * MINUTE;
  private static final int HOUR = 60 * MINUTE;
  private static final int DAY = 24 * HOUR;

  /**
   * What a job of the usual mix fires on a day; it gives the number of jobs for a number of runs.
   */
  private static final int RUNS_OF_JOB = 278;

  private static final int BY_HAND_SHARE = 500;

  private static final List<String> VERBS =
      List.of("sync", "settle", "import", "export", "check", "archive", "index", "send", "clean");
  private static final List<String> NOUNS =
      List.of("orders", "invoices", "users", "stock", "prices", "mails", "ledger", "sessions");

  /** The plan for the options: the same for the same options. */
  static SeedPlan of(SeedOptions options) {
    long perDay = Math.ceilDiv(options.runs(), (long) options.days());
    int count = options.jobs() > 0 ? options.jobs() : (int) Math.max(8, perDay / RUNS_OF_JOB);
    int daily = count / 2;
    int hourly = count * 15 / 100;
    int quarterly = count / 10;
    int rest = count - daily - hourly - quarterly;
    long left = perDay - daily - 24L * hourly - 96L * quarterly - 288L * rest;
    int minutely = (int) Math.clamp(Math.ceilDiv(left, 1440L - 288L), 0, rest);
    int[] periods = new int[count];
    int next = 0;
    next = fill(periods, next, minutely, MINUTE);
    next = fill(periods, next, rest - minutely, FIVE_MINUTES);
    next = fill(periods, next, quarterly, QUARTER);
    next = fill(periods, next, hourly, HOUR);
    fill(periods, next, count - next, DAY);
    // One generator in one order: the same seed gives the same jobs.
    Random random = new Random(options.seed());
    List<SeedJob> jobs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int period = periods[i];
      jobs.add(
          new SeedJob(
              i + 1,
              // The last app has a few rare jobs only, as real ones do.
              APPS.get(i >= count - 3 ? APPS.size() - 1 : random.nextInt(APPS.size() - 1)),
              "%s-%s-%05d".formatted(any(VERBS, random), any(NOUNS, random), i + 1),
              period,
              random.nextInt(period),
              random.nextInt(20) == 0,
              100 + random.nextInt(Math.min(20_000, period * 200))));
    }
    return new SeedPlan(List.copyOf(jobs), (int) Math.max(1, perDay / BY_HAND_SHARE));
  }

  private static int fill(int[] periods, int from, int count, int period) {
    java.util.Arrays.fill(periods, from, from + count, period);
    return from + count;
  }

  private static String any(List<String> words, Random random) {
    return words.get(random.nextInt(words.size()));
  }

  /** How many runs a whole day has. */
  long runsOfDay() {
    return byHandPerDay + jobs.stream().mapToLong(job -> DAY / job.period()).sum();
  }

  /** Manifests of the apps. */
  static String appManifests() {
    StringBuilder yaml = new StringBuilder();
    for (String app : APPS) {
      yaml.append(
          """
          ---
          apiVersion: oasis/v1
          kind: App
          metadata: {name: %s}
          spec: {title: Seeded %s, owner: {name: On call, email: oncall@example.com}}
          """
              .formatted(app, app.substring("seed-".length())));
    }
    return yaml.toString();
  }

  /** A job that is on and fires once a year. */
  static String idleManifest(String name) {
    return """
        ---
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: %s, name: %s}
        spec: {schedule: {cron: "0 0 3 1 1 ?", timeZone: Asia/Shanghai}, handler: noop}
        """
        .formatted(APPS.get(0), name);
  }

  /** Manifests of some of the jobs. */
  static String manifests(List<SeedJob> some, boolean enabled) {
    StringBuilder yaml = new StringBuilder();
    some.forEach(job -> yaml.append(job.manifest(enabled)));
    return yaml.toString();
  }
}
