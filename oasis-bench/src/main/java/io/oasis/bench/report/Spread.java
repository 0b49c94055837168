package io.oasis.bench.report;

import java.util.Arrays;

/**
 * Percentiles of a set of numbers.
 *
 * @param sorted in rising order, not empty
 */
@SuppressWarnings("ArrayRecordComponent") // Two of them are never compared.
public record Spread(long[] sorted) {

  /** Takes the numbers in any order. */
  public static Spread of(long[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values");
    }
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Spread(sorted);
  }

  /** The smallest value that this share of all values does not exceed (nearest rank). */
  public long at(double percent) {
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }

  /** The greatest. */
  public long max() {
    return sorted[sorted.length - 1];
  }

  /** The middle one of some measurements; of an even number the mean of the two in the middle. */
  public static double median(double[] values) {
    double[] copy = values.clone();
    Arrays.sort(copy);
    int middle = copy.length / 2;
    return copy.length % 2 == 1 ? copy[middle] : (copy[middle - 1] + copy[middle]) / 2;
  }
}
