package io.oasis.bench;

import io.oasis.bench.machine.BenchException;
import io.oasis.bench.measure.Contender;
import io.oasis.bench.measure.Measure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What to measure, from flags of the form {@code --jobs=5000}.
 *
 * @param root the checkout, in which everything is built
 * @param mode which of the three benchmarks
 * @param measures what is measured
 * @param contenders who is compared
 * @param rounds how many of the comparison
 * @param size how much of everything
 * @param writeDocs whether the figures go into the checkout's documentation
 */
public record Options(
    Path root,
    Mode mode,
    Set<Measure> measures,
    List<Contender> contenders,
    int rounds,
    Size size,
    boolean writeDocs) {

  /** Which benchmark. */
  public enum Mode {
    /** The one that compares. */
    FULL,
    /** Minutes at a steady rate. */
    SOAK,
    /** Correctness alone, in a minute. */
    SMOKE
  }

  /**
   * How much of everything.
   *
   * @param jobs of one measurement of throughput; slower contenders get fewer
   * @param seconds of one measurement of lateness
   * @param slots runs that an executor takes at once
   * @param others enabled jobs that are not due, for the measures at scale
   * @param history finished runs, likewise
   * @param warmUp seconds for which every contender works before it is measured
   * @param minutes for how long
   */
  public record Size(
      int jobs, int seconds, int slots, int others, int history, int warmUp, Minutes minutes) {}

  /**
   * For how long.
   *
   * @param soak how many the soak takes
   * @param atMost after how many nothing more is begun
   */
  public record Minutes(int soak, int atMost) {}

  /** One line about the flags. */
  public static final String USAGE =
      "flags: --mode=full|soak|smoke --measure=all|"
          + String.join(",", Measure.words())
          + " --contenders=all|oasis,db-scheduler,... --rounds=3 --jobs=20000 --seconds=10"
          + " --slots=1000 --others=1000000 --history=0 --warm-up=10 --minutes=10 --at-most=25"
          + " --write-docs=false --root=.";

  /**
   * Reads the flags.
   *
   * @throws BenchException when one is unknown or not a number where it must be one
   */
  static Options parse(String[] arguments) {
    Map<String, String> values = defaults();
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
        mode(values.get("mode")),
        Measure.parse(values.get("measure")),
        Contender.parse(values.get("contenders")),
        number(values, "rounds", 1),
        new Size(
            number(values, "jobs", 100),
            number(values, "seconds", 1),
            number(values, "slots", 1),
            number(values, "others", 0),
            number(values, "history", 0),
            number(values, "warm-up", 0),
            new Minutes(number(values, "minutes", 1), number(values, "at-most", 1))),
        values.get("write-docs").equals("true"));
  }

  private static Map<String, String> defaults() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("root", ".");
    values.put("mode", "full");
    values.put("measure", "all");
    values.put("contenders", "all");
    values.put("rounds", "3");
    values.put("jobs", "20000");
    values.put("seconds", "10");
    values.put("slots", "1000");
    values.put("others", "1000000");
    values.put("history", "0");
    values.put("warm-up", "10");
    values.put("minutes", "10");
    values.put("at-most", "25");
    values.put("write-docs", "false");
    return values;
  }

  private static Mode mode(String word) {
    return switch (word) {
      case "full" -> Mode.FULL;
      case "soak" -> Mode.SOAK;
      case "smoke" -> Mode.SMOKE;
      default ->
          throw new BenchException("--mode must be full, soak or smoke, not \"" + word + "\"");
    };
  }

  private static int number(Map<String, String> values, String name, int least) {
    String text = values.get(name);
    try {
      int number = Integer.parseInt(text);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below, as is a number that is too small.
    }
    throw new BenchException(
        "--%s must be a number of at least %d, not \"%s\"".formatted(name, least, text));
  }
}
