package io.oasis.server.verify;

import io.oasis.manifest.JobKey;
import io.oasis.schedule.JobTiming;
import io.oasis.schedule.Schedule;
import io.oasis.schedule.Stretch;
import io.oasis.schedule.Window;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job of every minute from 10:00 on, unless a test says otherwise, with its ledger; it is 10:30.
 */
final class SampleLedger {
  static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");
  static final Instant NOW = minute(30).plusSeconds(10);
  static final JobTiming MINUTELY = every(Duration.ofMinutes(1));

  final List<Term> terms = new ArrayList<>();
  final Map<Integer, JobTiming> timings = new HashMap<>();
  final List<LedgerRow> rows = new ArrayList<>();
  Optional<Instant> nextFire = Optional.of(minute(31));
  LedgerCheck.Window window = new LedgerCheck.Window(TEN, NOW);

  void created(JobTiming timing) {
    timings.put(1, timing);
    terms.add(
        new Term(
            1, Term.State.ON, TEN.minusMillis(5), TEN, Optional.empty(), Optional.of(minute(1))));
  }

  void changed(int revision, Term.State state, Instant at, Instant withdrawn, Instant first) {
    terms.add(
        new Term(
            revision,
            state,
            at,
            at.plusMillis(5),
            Optional.ofNullable(withdrawn),
            Optional.ofNullable(first)));
  }

  void runs(int from, int to) {
    for (int at = from; at <= to; at++) {
      rows.add(run(at, minute(at), 1));
    }
  }

  static LedgerRow run(long id, Instant at, int revision) {
    return new LedgerRow(
        id,
        at,
        revision,
        RunState.SUCCEEDED,
        Optional.empty(),
        Optional.empty(),
        Optional.of(Duration.ofMillis(at.equals(minute(7)) ? 38 : 3)));
  }

  static LedgerRow stretch(
      long id, RunState state, ReasonCode reason, Instant from, Instant to, long count) {
    return new LedgerRow(
        id,
        from,
        1,
        state,
        Optional.of(reason),
        Optional.of(new Stretch(from, to, count)),
        Optional.empty());
  }

  Tally check() {
    return check(NOW);
  }

  Tally check(Instant now) {
    Tally tally = new Tally(10_000);
    check(now, tally);
    return tally;
  }

  void check(Instant now, Tally tally) {
    JobHistory job =
        new JobHistory(1, new JobKey("a", "b"), nextFire, List.copyOf(terms), Map.copyOf(timings));
    LedgerCheck check = new LedgerCheck(job, window, now, tally);
    rows.stream().sorted(Comparator.comparing(LedgerRow::nominalAt)).forEach(check::row);
    check.finish();
  }

  static Instant minute(int minutes) {
    return TEN.plus(Duration.ofMinutes(minutes));
  }

  static JobTiming every(Duration interval) {
    return new JobTiming(
        new Schedule.FixedRate(interval, Optional.of(TEN)),
        Window.ALWAYS,
        Duration.ZERO,
        "a/b",
        TEN);
  }
}
