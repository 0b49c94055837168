package io.oasis.bench.seed;

import io.oasis.bench.machine.BenchException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What to write, from flags of the form {@code --runs=10000000}.
 *
 * @param root the checkout, which holds the built server
 * @param data folder of the server and its own PostgreSQL; not used when a database is named
 * @param runs about how many finished runs
 * @param days over how many days, the current one included
 * @param jobs that have these runs; 0: as many as suit the runs
 * @param idleJobs enabled jobs without runs, beside them
 * @param seed what chance is drawn from
 * @param until the end of the history; empty: the last full hour
 * @param switchOn whether the jobs are switched on once their history is written
 * @param force whether a database that has jobs or runs may be added to
 */
record SeedOptions(
    Path root,
    Path data,
    long runs,
    int days,
    int jobs,
    int idleJobs,
    long seed,
    Optional<Instant> until,
    boolean switchOn,
    boolean force) {
  static final String USAGE =
      "flags: --root=. --data=target/seed/data --runs=10000000 --days=30 --jobs=0 --idle-jobs=0"
          + " --seed=1 --until=TIME --switch-on=yes --force=no";

  /**
   * Reads the flags.
   *
   * @throws BenchException when one is unknown or makes no sense
   */
  static SeedOptions parse(String[] arguments) {
    Map<String, String> values =
        new HashMap<>(
            Map.of(
                "root", ".",
                "data", "",
                "runs", "10000000",
                "days", "30",
                "jobs", "0",
                "idle-jobs", "0",
                "seed", "1",
                "until", "",
                "switch-on", "yes",
                "force", "no"));
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = equals < 3 ? "" : argument.substring(2, equals);
      if (!argument.startsWith("--") || !values.containsKey(name)) {
        throw new BenchException("unknown argument \"" + argument + "\"; " + USAGE);
      }
      values.put(name, argument.substring(equals + 1));
    }
    Path root = Path.of(values.get("root")).toAbsolutePath().normalize();
    String data = values.get("data");
    return new SeedOptions(
        root,
        data.isEmpty() ? root.resolve("target/seed/data") : Path.of(data).toAbsolutePath(),
        number(values, "runs", 1, 1_000_000_000),
        (int) number(values, "days", 2, 365),
        (int) number(values, "jobs", 0, 1_000_000),
        (int) number(values, "idle-jobs", 0, 10_000_000),
        number(values, "seed", 0, Integer.MAX_VALUE),
        values.get("until").isEmpty() ? Optional.empty() : Optional.of(time(values.get("until"))),
        yes(values, "switch-on"),
        yes(values, "force"));
  }

  private static long number(Map<String, String> values, String name, long least, long most) {
    String text = values.get(name).replace("_", "");
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below, as is a number out of range.
    }
    throw new BenchException(
        "--%s must be a number from %d to %d, not \"%s\"".formatted(name, least, most, text));
  }

  private static boolean yes(Map<String, String> values, String name) {
    return switch (values.get(name)) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw new BenchException("--" + name + " is yes or no, not " + values.get(name));
    };
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new BenchException(
          "--until is a time such as 2026-11-22T12:00:00Z, not \"" + text + "\"", e);
    }
  }
}
