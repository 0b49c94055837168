package io.oasis.it.chaos;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** What a chaos run came to: what was found to be wrong, by promise, and some numbers. */
final class Outcome {
  private static final int SHOWN = 10;
  private static final int TRACES = 4;

  private final long seed;
  private final Map<Promise, List<Finding>> findings;
  private final Map<String, Object> numbers;

  /** What must be true after it. */
  enum Promise {
    ONE_DISPOSITION,
    NOT_EARLY,
    DONE_ONCE,
    ALL_FINAL,
    NO_OVERLAP_IN_DATABASE,
    NO_OVERLAP_ON_EXECUTORS,
    SUCCESS_IS_WORK,
    LOGS_WHOLE,
    SERVERS_CALM
  }

  private Outcome(long seed, Map<Promise, List<Finding>> findings, Map<String, Object> numbers) {
    this.seed = seed;
    this.findings = findings;
    this.numbers = numbers;
  }

  static Outcome judge(
      long seed, Evidence evidence, List<Path> serverLogs, List<String> surprises) {
    var times = new NominalTimes(evidence);
    var overlaps = new Overlaps(evidence);
    var deliveries = new Deliveries(evidence);
    var logs = new Logs(evidence);
    var findings = new EnumMap<Promise, List<Finding>>(Promise.class);
    var dispositions = times.gapsAndDoubles();
    evidence.proof().forEach(wrong -> dispositions.add(Finding.of("verify: " + wrong)));
    findings.put(Promise.ONE_DISPOSITION, dispositions);
    findings.put(Promise.NOT_EARLY, deliveries.tooEarly());
    findings.put(Promise.DONE_ONCE, deliveries.doneTwice());
    findings.put(Promise.ALL_FINAL, deliveries.notFinal());
    findings.put(Promise.NO_OVERLAP_IN_DATABASE, overlaps.inTheDatabase());
    findings.put(Promise.NO_OVERLAP_ON_EXECUTORS, overlaps.onTheExecutors());
    findings.put(Promise.SUCCESS_IS_WORK, deliveries.successWithoutWork());
    findings.put(Promise.LOGS_WHOLE, logs.wrong());
    var calm = ServerLogs.trouble(serverLogs);
    surprises.forEach(s -> calm.add(Finding.of(s)));
    findings.put(Promise.SERVERS_CALM, calm);
    var numbers = new LinkedHashMap<String, Object>();
    numbers.put("nominal times", times.counted());
    numbers.put("runs", evidence.history().runs().size());
    numbers.put(
        "by state",
        evidence.history().runs().stream()
            .collect(
                Collectors.groupingBy(History.Run::state, TreeMap::new, Collectors.counting())));
    numbers.put("executions", evidence.executions().size());
    numbers.put("numbered lines", logs.lines());
    numbers.put("lateness of the last hand-over (ms): median, p99, worst", lateness(evidence));
    return new Outcome(seed, findings, numbers);
  }

  List<String> of(Promise promise) {
    return findings.get(promise).stream().map(Finding::what).toList();
  }

  /** Prints the numbers, and what is wrong with the traces of its runs. */
  void print(PrintStream out, LongFunction<List<String>> trace) {
    numbers.forEach((name, value) -> out.println("  " + name + ": " + value));
    int traces = 0;
    for (var promise : Promise.values()) {
      var wrong = findings.get(promise);
      out.printf("  %s: %s%n", promise, wrong.isEmpty() ? "kept" : wrong.size() + " findings");
      for (var finding : wrong.stream().limit(SHOWN).toList()) {
        out.println("    " + finding.what());
        if (finding.run().isPresent() && traces++ < TRACES) {
          trace.apply(finding.run().getAsLong()).forEach(line -> out.println("      " + line));
        }
      }
    }
    boolean kept = findings.values().stream().allMatch(List::isEmpty);
    out.printf("chaos: seed %d %s%n", seed, kept ? "ended clean" : "BROKE PROMISES");
  }

  private static List<Long> lateness(Evidence evidence) {
    var late =
        evidence.history().runs().stream()
            .filter(History.Run::isScheduled)
            .filter(r -> r.dispatched().isPresent())
            .map(r -> Duration.between(r.nominal(), r.dispatched().get()).toMillis())
            .sorted()
            .toList();
    return late.isEmpty()
        ? List.of()
        : List.of(late.get(late.size() / 2), late.get(late.size() * 99 / 100), late.getLast());
  }
}
