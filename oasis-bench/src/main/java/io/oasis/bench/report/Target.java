package io.oasis.bench.report;

import java.util.OptionalDouble;

/**
 * A line that has to be reached.
 *
 * @param words what is measured
 * @param atLeast whether more is better
 * @param must the line
 * @param then the line after it; empty when there is none
 * @param unit behind the numbers
 * @param measured empty when this benchmark did not measure it
 */
public record Target(
    String words,
    boolean atLeast,
    double must,
    OptionalDouble then,
    String unit,
    OptionalDouble measured) {

  /** As much as possible. */
  static Target atLeast(String words, String unit, OptionalDouble measured, double... lines) {
    return new Target(words, true, lines[0], second(lines), unit, measured);
  }

  /** As little as possible. */
  static Target atMost(String words, String unit, OptionalDouble measured, double... lines) {
    return new Target(words, false, lines[0], second(lines), unit, measured);
  }

  /** Whether it was reached, in a word. */
  String verdict() {
    if (measured.isEmpty()) {
      return "not measured";
    }
    if (then.isPresent() && reaches(then.getAsDouble())) {
      return "yes, both";
    }
    return reaches(must) ? "yes" : "**no**";
  }

  /** A row of a Markdown table. */
  String row() {
    String sign = atLeast ? "≥ " : "≤ ";
    return "| %s | %s | %s | %s | %s |\n"
        .formatted(
            words,
            sign + number(must) + unit,
            then.isPresent() ? sign + number(then.getAsDouble()) + unit : "",
            measured.isPresent() ? Figures.number(measured.getAsDouble()) + unit : "",
            verdict());
  }

  private boolean reaches(double line) {
    double value = measured.orElseThrow();
    return atLeast ? value >= line : value <= line;
  }

  private static String number(double value) {
    return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
  }

  private static OptionalDouble second(double[] lines) {
    return lines.length > 1 ? OptionalDouble.of(lines[1]) : OptionalDouble.empty();
  }
}
