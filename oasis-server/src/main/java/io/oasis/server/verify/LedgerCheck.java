package io.oasis.server.verify;

import io.oasis.schedule.FireTimes;
import io.oasis.schedule.GapSkip;
import io.oasis.schedule.JobTiming;
import io.oasis.schedule.Schedule;
import io.oasis.schedule.Stretch;
import io.oasis.server.verify.ExpectedTimes.Expected;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Compares the nominal times that a job should have had with the rows of its ledger. A plain class
 * for one job and one thread: rows come in the order of their times, and nothing is kept but the
 * stretches that are still open and the gap that is still growing.
 */
final class LedgerCheck {
  /** Servers that start again look at what is due at once; this is far more than they need. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final JobHistory job;
  private final Instant from;
  private final Instant until;
  private final Instant now;
  private final Tally tally;
  private final List<Reign> reigns;
  private final ExpectedTimes expected;
  private final List<LedgerRow> open = new ArrayList<>();
  private final List<LedgerRow> points = new ArrayList<>();
  private final Map<Instant, Long> jumps = new TreeMap<>();
  private Stretch gap;
  private int gapRevision;

  /**
   * A check of one job.
   *
   * @param window from inclusive, until exclusive; not later than {@code now}
   * @param now when the job's history was read
   */
  LedgerCheck(JobHistory job, Window window, Instant now, Tally tally) {
    this.job = job;
    this.from = window.from().isBefore(job.knownSince()) ? job.knownSince() : window.from();
    this.until = window.until();
    this.now = now;
    this.tally = tally;
    this.reigns = Reign.of(job, now);
    this.expected = new ExpectedTimes(reigns, from, until);
  }

  /** The times that are looked at: from inclusive, until exclusive. */
  record Window(Instant from, Instant until) {}

  /** Takes the next row; a stretch that began before the window comes first. */
  void row(LedgerRow row) {
    settleBefore(row.nominalAt());
    if (row.isJumpOfTheClock()) {
      jumps.merge(row.nominalAt(), row.stretch().map(Stretch::count).orElse(1L), Long::sum);
    } else if (row.stretch().isPresent()) {
      checkCount(row);
      open.add(row);
    } else if (!row.nominalAt().isBefore(from)) {
      points.add(row);
      tally.late(job.key(), row);
    }
  }

  /** Says that there are no more rows. */
  void finish() {
    settleBefore(until);
    checkPoints();
    endGap();
    checkJumps();
    checkOverdue();
  }

  /** Settles everything before an instant; rows of that instant itself may still come. */
  private void settleBefore(Instant end) {
    if (!points.isEmpty() && points.get(0).nominalAt().isBefore(end)) {
      Instant at = points.get(0).nominalAt();
      settleExpectedBefore(at);
      if (expected.peek().filter(at::equals).isPresent()) {
        settle(expected.take());
      }
      checkPoints();
    }
    settleExpectedBefore(end);
    open.removeIf(row -> row.stretch().get().last().isBefore(end));
  }

  private void settleExpectedBefore(Instant end) {
    while (expected.peek().filter(at -> at.isBefore(end)).isPresent() && !tally.isCut()) {
      settle(expected.take());
    }
  }

  private void settle(Expected time) {
    tally.spend();
    List<LedgerRow> rows = new ArrayList<>();
    points.stream().filter(row -> row.nominalAt().equals(time.at())).forEach(rows::add);
    open.stream().filter(row -> covers(row, time)).forEach(rows::add);
    points.removeIf(row -> row.nominalAt().equals(time.at()));
    if (rows.isEmpty()) {
      if (time.required()) {
        tally.undecided();
        missing(time);
      }
      return;
    }
    endGap();
    tally.decided(time.at(), rows.get(0));
    if (rows.size() > 1) {
      String which =
          rows.stream()
              .map(row -> "run " + row.runId() + " " + row.state())
              .collect(Collectors.joining(", "));
      tally.found(
          finding(Finding.Kind.DOUBLE, time.revision(), new Stretch(time.at(), time.at(), 1))
              .of(rows.get(1).runId(), rows.size() + " rows for one time: " + which));
    }
  }

  private static boolean covers(LedgerRow row, Expected time) {
    Stretch stretch = row.stretch().get();
    return time.revisions().contains(row.revision())
        && !time.at().isBefore(stretch.first())
        && !time.at().isAfter(stretch.last());
  }

  /** Times in a row without a row are one finding. */
  private void missing(Expected time) {
    if (gap != null && gapRevision != time.revision()) {
      endGap();
    }
    gap =
        gap == null
            ? new Stretch(time.at(), time.at(), 1)
            : new Stretch(gap.first(), time.at(), gap.count() + 1);
    gapRevision = time.revision();
  }

  private void endGap() {
    if (gap != null) {
      tally.found(
          finding(Finding.Kind.GAP, gapRevision, gap)
              .of(
                  gap.count() == 1
                      ? "nothing in the ledger for this time"
                      : "nothing in the ledger for these times"));
      gap = null;
    }
  }

  /** Rows that are left over belong to no nominal time of the job. */
  private void checkPoints() {
    for (LedgerRow row : points) {
      boolean computed = hasTimes(job.timings().get(row.revision()));
      if (computed && !row.nominalAt().isBefore(from)) {
        endGap();
        tally.found(
            finding(
                    Finding.Kind.STRAY,
                    row.revision(),
                    new Stretch(row.nominalAt(), row.nominalAt(), 1))
                .of(
                    row.runId(),
                    "run %d %s stands at a time that revision %d did not have"
                        .formatted(row.runId(), row.state(), row.revision())));
      } else if (!computed) {
        tally.decided(row.nominalAt(), row);
      }
    }
    points.clear();
  }

  /** The times of a fixed delay come from its runs, and a job by hand has none. */
  private static boolean hasTimes(JobTiming timing) {
    return timing != null
        && !(timing.schedule() instanceof Schedule.FixedDelay)
        && !(timing.schedule() instanceof Schedule.None);
  }

  private void checkCount(LedgerRow row) {
    JobTiming timing = job.timings().get(row.revision());
    Stretch said = row.stretch().get();
    if (!hasTimes(timing)
        || timing.schedule() instanceof Schedule.OneTime
        || said.first().isBefore(job.knownSince())) {
      return;
    }
    Optional<Stretch> real = FireTimes.missed(timing, said.first().minusNanos(1), said.last());
    if (!real.equals(Optional.of(said))) {
      tally.found(
          finding(Finding.Kind.WRONG_COUNT, row.revision(), said)
              .of(
                  row.runId(),
                  "run %d %s says %d times; there are %d between its ends"
                      .formatted(
                          row.runId(),
                          row.state(),
                          said.count(),
                          real.map(Stretch::count).orElse(0L))));
    }
  }

  /** Local times that the clock jumped over have a row once the time after them is decided. */
  private void checkJumps() {
    for (Reign reign : reigns) {
      if (!reign.isOn()) {
        continue;
      }
      Map<Instant, Long> skipped =
          FireTimes.skippedByGap(reign.timing(), later(reign.must().after(), from), until).stream()
              .filter(jump -> reign.must().contains(jump.at()) && isDecided(reign, jump.at()))
              .collect(Collectors.groupingBy(GapSkip::at, TreeMap::new, Collectors.counting()));
      skipped.forEach(
          (at, count) -> {
            long said = jumps.getOrDefault(at, 0L);
            if (said != count) {
              Finding.Kind kind = said == 0 ? Finding.Kind.GAP : Finding.Kind.WRONG_COUNT;
              tally.found(
                  finding(kind, reign.term().revision(), new Stretch(at, at, count))
                      .of(
                          "the clock jumped over %d local times; the ledger says %d"
                              .formatted(count, said)));
            }
          });
    }
  }

  private static boolean isDecided(Reign reign, Instant jump) {
    return FireTimes.next(reign.timing(), jump.minusNanos(1))
        .filter(reign.must()::contains)
        .isPresent();
  }

  private void checkOverdue() {
    job.nextFireAt()
        .filter(due -> due.isBefore(now.minus(PATIENCE)) && due.isBefore(until))
        .ifPresent(
            due ->
                tally.found(
                    finding(
                            Finding.Kind.OVERDUE,
                            job.terms().get(job.terms().size() - 1).revision(),
                            new Stretch(due, due, 1))
                        .of("due, and no server has decided it since")));
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private Unsaid finding(Finding.Kind kind, int revision, Stretch times) {
    return new Unsaid(kind, revision, times);
  }

  /** A finding without its words. */
  private final class Unsaid {
    private final Finding.Kind kind;
    private final int revision;
    private final Stretch times;

    Unsaid(Finding.Kind kind, int revision, Stretch times) {
      this.kind = kind;
      this.revision = revision;
      this.times = times;
    }

    Finding of(String text) {
      return of(Optional.empty(), text);
    }

    Finding of(long runId, String text) {
      return of(Optional.of(runId), text);
    }

    private Finding of(Optional<Long> runId, String text) {
      return new Finding(
          kind, job.key(), revision, times.first(), times.last(), times.count(), runId, text);
    }
  }
}
