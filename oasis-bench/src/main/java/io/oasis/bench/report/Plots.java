package io.oasis.bench.report;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The drawings of a journal, by the names of their files. */
public final class Plots {
  private static final String OASIS = "oasis";

  private Plots() {}

  /** Those for which there are samples. */
  public static Map<String, Plot> of(Journal journal) {
    Map<String, Plot> plots = new LinkedHashMap<>();
    List<BarChart.Bar> bars = throughput(journal);
    if (bars.size() > 1) {
      plots.put(
          "bench-throughput.svg",
          bars("Due one-time jobs, from first start to all done", "jobs/s", bars));
    }
    List<LatenessChart.Curve> rates = new ArrayList<>();
    for (int rate : new int[] {100, 500, 1_000, 2_000}) {
      curve(journal, "lateness-" + rate, OASIS, rate + " jobs/s").ifPresent(rates::add);
    }
    curve(journal, "burst", OASIS, "1000 on one second").ifPresent(rates::add);
    curve(journal, "lateness-1000-at-scale", OASIS, "1000 jobs/s of 1 M").ifPresent(rates::add);
    if (!rates.isEmpty()) {
      plots.put("bench-lateness.svg", curves("Oasis: lateness in the handler", rates));
    }
    List<LatenessChart.Curve> peers = new ArrayList<>();
    journal
        .contenders("lateness-1000")
        .forEach(name -> curve(journal, "lateness-1000", name, name).ifPresent(peers::add));
    if (peers.size() > 1) {
      plots.put(
          "bench-lateness-peers.svg",
          curves("Lateness at 1000 jobs a second, evenly spread", peers));
    }
    return plots;
  }

  private static Plot bars(String title, String unit, List<BarChart.Bar> bars) {
    String values =
        bars.stream()
            .map(bar -> bar.name() + " " + Figures.number(bar.value()))
            .collect(joining("; "));
    return new Plot(
        BarChart.svg(title, unit, bars), "Bars. %s, in %s: %s.".formatted(title, unit, values));
  }

  private static Plot curves(String title, List<LatenessChart.Curve> curves) {
    String values =
        curves.stream()
            .map(curve -> curve.name() + " " + within(curve, "p50Millis", "p99Millis"))
            .collect(joining("; "));
    return new Plot(
        LatenessChart.svg(title, curves),
        "Curves of percentiles. %s, milliseconds at p50 and p99: %s.".formatted(title, values));
  }

  private static String within(LatenessChart.Curve curve, String... figures) {
    return Arrays.stream(figures)
        .map(figure -> curve.millis().get(figure))
        .map(millis -> millis == null ? "unknown" : Figures.number(millis))
        .collect(joining(" and "));
  }

  private static List<BarChart.Bar> throughput(Journal journal) {
    List<BarChart.Bar> bars = new ArrayList<>();
    journal
        .median(Journal.CEILING, "postgres", "rowsPerSecond")
        .ifPresent(value -> bars.add(new BarChart.Bar("ceiling of PostgreSQL", value, false)));
    for (String contender : journal.contenders("throughput")) {
      journal
          .median("throughput", contender, "jobsPerSecond")
          .ifPresent(
              value -> bars.add(new BarChart.Bar(contender, value, contender.equals(OASIS))));
    }
    bars.sort((a, b) -> Double.compare(b.value(), a.value()));
    return bars;
  }

  private static Optional<LatenessChart.Curve> curve(
      Journal journal, String measure, String contender, String name) {
    Map<String, Double> medians = new LinkedHashMap<>();
    for (String figure : Lateness.PERCENTILES.keySet()) {
      OptionalDouble median = journal.median(measure, contender, figure);
      if (median.isPresent()) {
        medians.put(figure, median.getAsDouble());
      }
    }
    return medians.isEmpty()
        ? Optional.empty()
        : Optional.of(new LatenessChart.Curve(name, medians));
  }
}
