package io.oasis.executor.internal;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Blacks out secret values in what a run writes. A value of several lines is blacked out line by
 * line; what is shorter than four characters is left, because it would black out everything.
 */
final class Blackout {
  /** Hides nothing. */
  static final Blackout NONE = new Blackout(List.of());

  private static final String MARK = "••••••";
  private static final int SHORTEST = 4;

  private final List<String> hidden;

  /** Hides these values, the longest first. */
  Blackout(Collection<String> values) {
    this.hidden =
        values.stream()
            .flatMap(String::lines)
            .map(String::strip)
            .filter(line -> line.length() >= SHORTEST)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** The text as it may leave the process; null stays null. */
  String apply(String text) {
    String clean = text;
    for (String value : hidden) {
      if (clean != null && clean.contains(value)) {
        clean = clean.replace(value, MARK);
      }
    }
    return clean;
  }
}
