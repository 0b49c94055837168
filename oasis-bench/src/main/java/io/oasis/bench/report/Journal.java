package io.oasis.bench.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All samples of a benchmark, and what follows from them. */
public final class Journal {
  /** The measure that begins each round; its samples say whether the round counts. */
  public static final String CEILING = "ceiling";

  /** The figure that decides. */
  public static final String PROBE = "fsyncMicros";

  /** A probe may differ from the median of all probes by this factor. */
  static final double TOLERANCE = 3;

  private final List<Sample> samples = new ArrayList<>();

  /** Keeps a sample. */
  public void add(Sample sample) {
    samples.add(sample);
  }

  /** Everything that was kept, also of rounds that do not count. */
  public List<Sample> samples() {
    return List.copyOf(samples);
  }

  /** Rounds whose probe is off by more than {@link #TOLERANCE} from the median of all. */
  public Set<Integer> thrownAway() {
    Map<Integer, Double> probes =
        samples.stream()
            .filter(s -> s.measure().equals(CEILING) && s.figures().containsKey(PROBE))
            .collect(Collectors.toMap(Sample::round, s -> s.figures().get(PROBE), (a, b) -> b));
    if (probes.isEmpty()) {
      return Set.of();
    }
    double median =
        Spread.median(probes.values().stream().mapToDouble(Double::doubleValue).toArray());
    Set<Integer> off = new TreeSet<>();
    probes.forEach(
        (round, probe) -> {
          if (probe > median * TOLERANCE || probe < median / TOLERANCE) {
            off.add(round);
          }
        });
    return off;
  }

  /** A figure by round, of the rounds that count and have it. */
  public Map<Integer, Double> values(String measure, String contender, String figure) {
    Set<Integer> off = thrownAway();
    Map<Integer, Double> values = new TreeMap<>();
    for (Sample sample : samples) {
      if (sample.measure().equals(measure)
          && sample.contender().equals(contender)
          && sample.figures().containsKey(figure)
          && !off.contains(sample.round())) {
        values.put(sample.round(), sample.figures().get(figure));
      }
    }
    return values;
  }

  /** The median of a figure over the rounds; empty when none has it. */
  public OptionalDouble median(String measure, String contender, String figure) {
    return median(values(measure, contender, figure).values());
  }

  /** The median of the ratios of two contenders within the same round. */
  public OptionalDouble ratio(String measure, String figure, String contender, String other) {
    return median(
        quotients(values(measure, contender, figure), values(measure, other, figure)).values());
  }

  /** The quotients of the rounds that are in both. */
  static Map<Integer, Double> quotients(Map<Integer, Double> above, Map<Integer, Double> below) {
    Map<Integer, Double> quotients = new TreeMap<>();
    above.forEach(
        (round, value) ->
            Optional.ofNullable(below.get(round))
                .filter(divisor -> divisor != 0)
                .ifPresent(divisor -> quotients.put(round, value / divisor)));
    return quotients;
  }

  /** The contenders that have a sample of a measure, in the order of their first ones. */
  public List<String> contenders(String measure) {
    return samples.stream()
        .filter(s -> s.measure().equals(measure))
        .map(Sample::contender)
        .distinct()
        .toList();
  }

  /** The median of numbers; empty when there is none. */
  static OptionalDouble median(Collection<Double> values) {
    return values.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            Spread.median(values.stream().mapToDouble(Double::doubleValue).toArray()));
  }
}
