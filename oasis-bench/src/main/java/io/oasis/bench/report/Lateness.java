package io.oasis.bench.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The percentiles of lateness that are kept of a measurement, in milliseconds. */
public final class Lateness {
  /** Names of the figures with the share of all values that each stands for, rising. */
  public static final Map<String, Double> PERCENTILES = percentiles();

  private static final double MICROS_PER_MILLI = 1_000;

  private Lateness() {}

  private static Map<String, Double> percentiles() {
    Map<String, Double> shares = new LinkedHashMap<>();
    shares.put("p01Millis", 1.0);
    shares.put("p10Millis", 10.0);
    shares.put("p25Millis", 25.0);
    shares.put("p50Millis", 50.0);
    shares.put("p75Millis", 75.0);
    shares.put("p90Millis", 90.0);
    shares.put("p95Millis", 95.0);
    shares.put("p99Millis", 99.0);
    shares.put("p999Millis", 99.9);
    shares.put("maxMillis", 100.0);
    return Collections.unmodifiableMap(shares);
  }

  /** The figures of some values in microseconds. */
  public static Map<String, Double> figures(long[] lateMicros) {
    Spread spread = Spread.of(lateMicros);
    Map<String, Double> figures = new LinkedHashMap<>();
    PERCENTILES.forEach((name, share) -> figures.put(name, spread.at(share) / MICROS_PER_MILLI));
    return figures;
  }
}
