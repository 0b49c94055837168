package io.oasis.bench.measure;

import io.oasis.bench.machine.BenchException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What can be measured. */
public enum Measure {
  /** Jobs that are all due at once, of every contender. */
  THROUGHPUT,
  /** Jobs that are evenly spread: Oasis at four rates, the others at one. */
  LATENESS,
  /** A thousand cron jobs on one second. */
  BURST,
  /** Log lines a second. */
  LOGS,
  /** Start until ready, memory, and the start of the command line. */
  START,
  /** One of two servers is killed under load. */
  KILL,
  /** Throughput, lateness and idleness beside a million jobs. */
  SCALE;

  /** How flags name it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All of them, as flags name them. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Measure::word).toList();
  }

  /** Those that a list names; "all" is every one. */
  public static Set<Measure> parse(String list) {
    Set<Measure> found = EnumSet.noneOf(Measure.class);
    for (String word : list.split(",", -1)) {
      List<Measure> named =
          Arrays.stream(values()).filter(m -> word.equals("all") || m.word().equals(word)).toList();
      if (named.isEmpty()) {
        throw new BenchException(
            "there is no measure \"" + word + "\"; there are: " + String.join(", ", words()));
      }
      found.addAll(named);
    }
    return found;
  }
}
