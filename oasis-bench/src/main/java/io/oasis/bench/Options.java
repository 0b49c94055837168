package io.oasis.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What to measure, from flags of the form {@code --jobs=5000}.
 *
 * @param root the checkout, which holds the built server
 * @param jobs jobs of one throughput round, all due at the same time
 * @param rounds rounds that count; one more before them warms up and is thrown away
 * @param perSecond jobs due on each second of the lateness scenario
 * @param seconds how long the lateness scenario lasts
 * @param slots runs that the executor takes at once
 * @param referenceRows rows that the reference loop moves in each round
 */
record Options(
    Path root, int jobs, int rounds, int perSecond, int seconds, int slots, int referenceRows) {
  static final String USAGE =
      "flags: --root=. --jobs=5000 --rounds=3 --per-second=200 --seconds=20 --slots=64"
          + " --reference-rows=50000";

  /**
   * Reads the flags.
   *
   * @throws BenchException when one is unknown or not a number of at least 1
   */
  static Options parse(String[] arguments) {
    Map<String, String> values =
        new TreeMap<>(
            Map.of(
                "root", ".",
                "jobs", "5000",
                "rounds", "3",
                "per-second", "200",
                "seconds", "20",
                "slots", "64",
                "reference-rows", "50000"));
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = equals < 3 ? "" : argument.substring(2, equals);
      if (!argument.startsWith("--") || !values.containsKey(name)) {
        throw new BenchException("unknown argument \"" + argument + "\"; " + USAGE);
      }
      values.put(name, argument.substring(equals + 1));
    }
    return new Options(
        Path.of(values.get("root")).toAbsolutePath().normalize(),
        number(values, "jobs"),
        number(values, "rounds"),
        number(values, "per-second"),
        number(values, "seconds"),
        number(values, "slots"),
        number(values, "reference-rows"));
  }

  private static int number(Map<String, String> values, String name) {
    String text = values.get(name);
    try {
      int number = Integer.parseInt(text);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below, as is a number that is too small.
    }
    throw new BenchException("--" + name + " must be a number of at least 1, not \"" + text + "\"");
  }
}
