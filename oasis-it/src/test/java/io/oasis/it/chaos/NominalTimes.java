package io.oasis.it.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Counts without Oasis which times every job had, and what became of each: a run, or a place in a
 * stretch that did not run.
 */
final class NominalTimes {
  /**
   * Around the edit of a schedule: a time that was due and not claimed yet is withdrawn with the
   * old schedule, and one that was claimed ahead stays.
   */
  private static final Duration BEFORE_EDIT = Duration.ofSeconds(5);

  /** A revision bears the time at which its transaction began; it counts from its commit on. */
  private static final Duration AFTER_EDIT = Duration.ofSeconds(6);

  private final Evidence evidence;
  private final Map<String, List<History.Run>> scheduled;
  private int counted;

  NominalTimes(Evidence evidence) {
    this.evidence = evidence;
    this.scheduled =
        evidence.history().runs().stream()
            .filter(History.Run::isScheduled)
            .collect(Collectors.groupingBy(History.Run::job));
  }

  /** How many nominal times there were. */
  int counted() {
    return counted;
  }

  List<Finding> gapsAndDoubles() {
    var findings = new ArrayList<Finding>();
    for (var job : evidence.fleet().jobs().values()) {
      var runs = scheduled.getOrDefault(job.key(), List.of());
      if (job.timing() instanceof Timing.Delay delay) {
        findings.addAll(chain(job, delay, runs));
      } else {
        findings.addAll(compare(job, runs));
      }
    }
    for (var job : evidence.history().unfinishedJobs()) {
      findings.add(Finding.of("the schedule of " + job + " is not over, though its time is"));
    }
    return findings;
  }

  /** The times that must be there, and those that may. */
  private record Expected(TreeSet<Instant> must, TreeSet<Instant> may) {}

  private Expected expected(ChaosJob job) {
    var start = evidence.fleet().start();
    var end = evidence.fleet().end();
    var expected = new Expected(new TreeSet<>(), new TreeSet<>());
    var edited = Optional.ofNullable(evidence.history().edits().get(job.key()));
    if (edited.isEmpty()) {
      expected.must.addAll(job.timing().times(start, end));
      return expected;
    }
    var at = edited.get();
    for (var time : job.timing().times(start, end)) {
      if (time.isBefore(at.minus(BEFORE_EDIT))) {
        expected.must.add(time);
      } else if (time.isBefore(at.plus(AFTER_EDIT))) {
        expected.may.add(time);
      }
    }
    for (var time : job.edited().orElse(job.timing()).times(start, end)) {
      if (time.isAfter(at.plus(AFTER_EDIT))) {
        expected.must.add(time);
      } else if (time.isAfter(at)) {
        expected.may.add(time);
      }
    }
    expected.may.removeAll(expected.must);
    return expected;
  }

  /** Those of the times that the revision has: a stretch after an edit holds none from before. */
  private List<Instant> times(ChaosJob job, int revision, Set<Instant> times) {
    var timing = revision > 1 ? job.edited().orElse(job.timing()) : job.timing();
    var own = Set.copyOf(timing.times(evidence.fleet().start(), evidence.fleet().end()));
    return times.stream().filter(own::contains).toList();
  }

  private List<Finding> compare(ChaosJob job, List<History.Run> runs) {
    var findings = new ArrayList<Finding>();
    var expected = expected(job);
    counted += expected.must.size();
    var all = new TreeSet<>(expected.must);
    all.addAll(expected.may);
    var dispositions = new HashMap<Instant, List<History.Run>>();
    for (var run : runs) {
      var covered =
          run.stretch()
              .map(s -> times(job, run.revision(), all.subSet(s.from(), true, s.to(), true)))
              .orElse(List.of(run.nominal()));
      if (run.stretch().isPresent() && run.stretch().get().count() != covered.size()) {
        var words = "%s: a stretch of %d times covers %d: %s";
        long count = run.stretch().get().count();
        findings.add(
            Finding.of(words.formatted(job.key(), count, covered.size(), run.stretch()), run.id()));
      }
      covered.forEach(at -> dispositions.computeIfAbsent(at, a -> new ArrayList<>()).add(run));
    }
    dispositions.forEach(
        (at, by) -> {
          if (!all.contains(at)) {
            findings.add(Finding.of(job.key() + " has no time " + at, by.getFirst().id()));
          }
          if (by.size() > 1) {
            var ids = by.stream().map(History.Run::id).toList();
            findings.add(
                Finding.of(
                    "double: " + job.key() + " at " + at + ": runs " + ids, by.getLast().id()));
          }
        });
    for (var at : expected.must) {
      if (!dispositions.containsKey(at)) {
        findings.add(Finding.of("gap: " + job.key() + " at " + at));
      }
    }
    return findings;
  }

  /** Each run of a fixed delay begins so long after the end of the one before. */
  private List<Finding> chain(ChaosJob job, Timing.Delay delay, List<History.Run> runs) {
    var findings = new ArrayList<Finding>();
    var sorted = runs.stream().sorted(Comparator.comparing(History.Run::nominal)).toList();
    counted += sorted.size();
    if (sorted.isEmpty()) {
      findings.add(Finding.of("gap: " + job.key() + " never ran"));
    }
    for (int i = 1; i < sorted.size(); i++) {
      var before = sorted.get(i - 1);
      var run = sorted.get(i);
      if (before.finished().isEmpty() || before.stretch().isPresent()) {
        continue;
      }
      var pause = Duration.between(before.finished().get(), run.nominal()).minus(delay.delay());
      if (pause.isNegative()) {
        findings.add(Finding.of(job.key() + " was due too early, by " + pause, run.id()));
      } else if (pause.toMillis() > 1 && !evidence.disabled().contains(job.key())) {
        findings.add(Finding.of(job.key() + " was due too late, by " + pause, run.id()));
      }
    }
    return findings;
  }
}
