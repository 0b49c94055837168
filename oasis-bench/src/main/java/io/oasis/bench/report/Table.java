package io.oasis.bench.report;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The figures of every measure: the median first, then what each round showed. What would make the
 * table long and says little stays in the JSON lines: counts that are as they were asked for, and
 * the percentiles that the plots show.
 */
public final class Table {
  private static final Set<String> ONLY_IN_JSON =
      Set.of(
          "jobs",
          "seconds",
          "p01Millis",
          "p10Millis",
          "p25Millis",
          "p75Millis",
          "p90Millis",
          "p95Millis",
          "p999Millis");

  private Table() {}

  /** In Markdown; measures and contenders in the order in which they were measured. */
  public static String markdown(Journal journal) {
    StringBuilder table = new StringBuilder("| measure | contender | figure | median | rounds |\n");
    table.append("|---|---|---|---:|---|\n");
    for (String measure : journal.samples().stream().map(Sample::measure).distinct().toList()) {
      for (String contender : journal.contenders(measure)) {
        for (String figure : figures(journal.samples(), measure, contender)) {
          Map<Integer, Double> values = journal.values(measure, contender, figure);
          OptionalDouble median = Journal.median(values.values());
          if (median.isPresent()) {
            table.append(
                "| %s | %s | %s | %s | %s |\n"
                    .formatted(
                        measure,
                        contender,
                        figure,
                        Figures.number(median.getAsDouble()),
                        values.values().stream()
                            .map(Figures::number)
                            .collect(Collectors.joining(" · "))));
          }
        }
      }
    }
    return table.toString();
  }

  private static Set<String> figures(List<Sample> samples, String measure, String contender) {
    return samples.stream()
        .filter(s -> s.measure().equals(measure) && s.contender().equals(contender))
        .flatMap(s -> s.figures().keySet().stream())
        .filter(figure -> !ONLY_IN_JSON.contains(figure))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
