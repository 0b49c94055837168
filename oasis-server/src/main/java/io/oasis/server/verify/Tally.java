package io.oasis.server.verify;

import io.oasis.manifest.JobKey;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts what became of nominal times. For one thread. */
final class Tally {
  /** Findings beyond these are counted and not kept. */
  static final int MOST_FINDINGS = 1_000;

  /** What became of some of the times, and why. */
  private record What(RunState state, Optional<ReasonCode> reason) {}

  private static final class Sum {
    private Instant first;
    private Instant last;
    private long times;

    void add(Instant at) {
      times++;
      first = first == null || at.isBefore(first) ? at : first;
      last = last == null || at.isAfter(last) ? at : last;
    }
  }

  private final Map<What, Sum> sums = new LinkedHashMap<>();
  private final Map<Finding.Kind, Long> found = new EnumMap<>(Finding.Kind.class);
  private final List<Finding> findings = new ArrayList<>();
  private Optional<VerifyReport.Late> worst = Optional.empty();
  private final long limit;
  private long nominalTimes;
  private long work;

  /**
   * An empty count.
   *
   * @param limit how many times and rows may be looked at
   */
  Tally(long limit) {
    this.limit = limit;
  }

  /** Counts one time or row that is looked at. */
  void spend() {
    work++;
  }

  /** True when there was more to look at than the limit: what is counted is not whole. */
  boolean isCut() {
    return work > limit;
  }

  void decided(Instant at, LedgerRow row) {
    nominalTimes++;
    Optional<ReasonCode> reason =
        switch (row.state()) {
          case SKIPPED, COALESCED, MISSED, CANCELLED -> row.reason();
          case QUEUED, DISPATCHED, RUNNING, KILLING, SUCCEEDED, FAILED, TIMED_OUT, LOST, KILLED ->
              Optional.empty();
        };
    sums.computeIfAbsent(new What(row.state(), reason), w -> new Sum()).add(at);
  }

  void undecided() {
    nominalTimes++;
  }

  void late(JobKey job, LedgerRow row) {
    row.lateness()
        .filter(by -> worst.isEmpty() || by.compareTo(worst.get().by()) > 0)
        .ifPresent(by -> worst = Optional.of(new VerifyReport.Late(job, row.runId(), by)));
  }

  /** Counts a finding by its times, and keeps it while there are few. */
  void found(Finding finding) {
    found.merge(finding.kind(), finding.count(), Long::sum);
    if (findings.size() < MOST_FINDINGS) {
      findings.add(finding);
    }
  }

  long nominalTimes() {
    return nominalTimes;
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  Map<Finding.Kind, Long> foundTimes() {
    return new EnumMap<>(found);
  }

  Optional<VerifyReport.Late> worst() {
    return worst;
  }

  List<VerifyReport.Outcome> outcomes() {
    return sums.entrySet().stream()
        .map(
            e ->
                new VerifyReport.Outcome(
                    e.getKey().state(),
                    e.getKey().reason(),
                    e.getValue().times,
                    e.getValue().first,
                    e.getValue().last))
        .sorted(
            Comparator.comparing(VerifyReport.Outcome::state)
                .thenComparing(o -> o.reason().map(Enum::name).orElse("")))
        .toList();
  }
}
