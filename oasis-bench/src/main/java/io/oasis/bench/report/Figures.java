package io.oasis.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Figures as people read them. */
public final class Figures {
  private static final List<String> BRIEF =
      List.of(
          "jobsPerSecond",
          "p50Millis",
          "p99Millis",
          "maxMillis",
          "serverCpuMicros",
          "executorCpuMicros",
          "processCpuMicros",
          "postgresCpuMicros",
          "serverMib",
          "started");

  private Figures() {}

  /** The figures that matter most, in one line. */
  public static String brief(Map<String, Double> figures) {
    return BRIEF.stream()
        .filter(figures::containsKey)
        .map(name -> name + "=" + number(figures.get(name)))
        .collect(Collectors.joining(" "));
  }

  /** Every figure, in one line. */
  public static String all(Map<String, Double> figures) {
    return new TreeMap<>(figures)
        .entrySet().stream()
            .map(figure -> figure.getKey() + "=" + number(figure.getValue()))
            .collect(Collectors.joining(" "));
  }

  /** As many digits as say something. */
  public static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }
}
