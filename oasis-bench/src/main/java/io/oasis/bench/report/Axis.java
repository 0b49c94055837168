package io.oasis.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A logarithmic axis between two powers of ten.
 *
 * @param lowest exponent of ten at its beginning
 * @param highest exponent of ten at its end
 * @param from where it begins on the drawing
 * @param to where it ends
 */
record Axis(int lowest, int highest, double from, double to) {

  /** One that holds both values. */
  static Axis around(double smallest, double greatest, double from, double to) {
    int lowest = (int) Math.floor(Math.log10(smallest));
    int highest = (int) Math.ceil(Math.log10(greatest));
    return new Axis(lowest, Math.max(highest, lowest + 1), from, to);
  }

  /** Where a value lies; what is below the beginning lies at it. */
  double at(double value) {
    double share =
        (Math.log10(Math.max(value, Math.pow(10, lowest))) - lowest) / (highest - lowest);
    return from + share * (to - from);
  }

  /** The powers of ten. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (int exponent = lowest; exponent <= highest; exponent++) {
      ticks.add(Math.pow(10, exponent));
    }
    return ticks;
  }
}
