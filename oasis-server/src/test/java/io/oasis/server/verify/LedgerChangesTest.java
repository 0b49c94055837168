package io.oasis.server.verify;

import static io.oasis.server.verify.SampleLedger.MINUTELY;
import static io.oasis.server.verify.SampleLedger.every;
import static io.oasis.server.verify.SampleLedger.minute;
import static io.oasis.server.verify.SampleLedger.run;
import static io.oasis.server.verify.SampleLedger.stretch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.oasis.schedule.JobTiming;
import io.oasis.schedule.Schedule;
import io.oasis.schedule.Window;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The times of a job that is edited, switched and deleted. */
class LedgerChangesTest {
  private final SampleLedger ledger = new SampleLedger();

  @Test
  @DisplayName("GO1 GO2: an edit changes the times after it and adds none before it")
  void edit() {
    JobTiming other = every(Duration.ofMinutes(10));
    ledger.created(MINUTELY);
    ledger.runs(1, 15);
    ledger.changed(2, Term.State.ON, minute(15).plusSeconds(30), minute(16), minute(20));
    ledger.timings.put(2, other);
    ledger.rows.add(run(20, minute(20), 2));
    ledger.rows.add(run(30, minute(30), 2));
    ledger.nextFire = Optional.of(minute(40));
    assertThat(ledger.check().findings()).isEmpty();

    ledger.rows.remove(ledger.rows.size() - 2);

    assertThat(ledger.check().findings())
        .extracting(Finding::kind, Finding::revision, Finding::from)
        .containsExactly(tuple(Finding.Kind.GAP, 2, minute(20)));
  }

  @Test
  @DisplayName(
      "GO1: a run that was made a moment before an edit of its time is neither extra nor due")
  void madeAhead() {
    ledger.created(MINUTELY);
    ledger.runs(1, 16);
    // Asked for 300 ms before 10:16, which a server had claimed by then.
    ledger.changed(2, Term.State.ON, minute(16).minusMillis(300), minute(17), minute(20));
    ledger.timings.put(2, every(Duration.ofMinutes(10)));
    ledger.rows.add(run(20, minute(20), 2));
    ledger.rows.add(run(30, minute(30), 2));
    ledger.nextFire = Optional.of(minute(40));

    assertThat(ledger.check().findings()).isEmpty();
  }

  @Test
  @DisplayName("an edit that withdraws a time which was past leaves a gap")
  void overdueWithdrawn() {
    ledger.created(MINUTELY);
    ledger.runs(1, 9);
    ledger.changed(2, Term.State.ON, minute(15).plusSeconds(30), minute(10), minute(20));
    ledger.timings.put(2, every(Duration.ofMinutes(10)));
    ledger.rows.add(run(20, minute(20), 2));
    ledger.rows.add(run(30, minute(30), 2));
    ledger.nextFire = Optional.of(minute(40));

    assertThat(ledger.check().findings())
        .extracting(Finding::kind, Finding::revision, Finding::from, Finding::count)
        .containsExactly(tuple(Finding.Kind.GAP, 1, minute(10), 6L));
  }

  @Test
  @DisplayName("a change that leaves the schedule alone leaves its times alone")
  void title() {
    ledger.created(MINUTELY);
    ledger.runs(1, 15);
    ledger.changed(2, Term.State.ON, minute(15).plusSeconds(30), minute(16), minute(16));
    ledger.timings.put(2, MINUTELY);
    for (int at = 16; at <= 30; at++) {
      ledger.rows.add(run(at, minute(at), 2));
    }

    assertThat(ledger.check().findings()).isEmpty();
  }

  @Test
  @DisplayName("CU6 CU7: times while a job is off are one row, once it is on again")
  void disabled() {
    ledger.created(MINUTELY);
    ledger.runs(1, 10);
    ledger.changed(1, Term.State.OFF, minute(10).plusSeconds(20), minute(11), null);
    ledger.nextFire = Optional.empty();
    assertThat(ledger.check().findings()).as("still off").isEmpty();

    ledger.changed(1, Term.State.ON, minute(20).plusSeconds(20), null, minute(21));
    ledger.nextFire = Optional.of(minute(31));
    ledger.runs(21, 30);
    assertThat(ledger.check().findings())
        .extracting(Finding::kind, Finding::from, Finding::count)
        .containsExactly(tuple(Finding.Kind.GAP, minute(11), 10L));

    ledger.rows.add(
        stretch(500, RunState.SKIPPED, ReasonCode.DISABLED, minute(11), minute(20), 10));
    assertThat(ledger.check().findings()).isEmpty();
  }

  @Test
  @DisplayName("a deleted job has no times after its end")
  void deleted() {
    ledger.created(MINUTELY);
    ledger.runs(1, 10);
    ledger.changed(1, Term.State.DELETED, minute(10).plusSeconds(20), minute(11), null);
    ledger.nextFire = Optional.empty();

    Tally tally = ledger.check();

    assertThat(tally.findings()).isEmpty();
    assertThat(tally.nominalTimes()).isEqualTo(10);
  }

  @Test
  @DisplayName("a next time that was moved too far is found by the times that it jumped over")
  void jumpedAhead() {
    ledger.created(MINUTELY);
    ledger.runs(1, 10);
    ledger.nextFire = Optional.of(minute(60));

    assertThat(ledger.check().findings())
        .extracting(Finding::kind, Finding::from, Finding::count)
        .containsExactly(tuple(Finding.Kind.GAP, minute(11), 20L));
  }

  @Test
  @DisplayName("TM4: local times that the clock jumps over need a row of their own")
  void jumpOfTheClock() {
    Instant created = Instant.parse("2026-03-07T12:00:00Z");
    Instant jump = Instant.parse("2026-03-08T07:00:00Z");
    Instant after = Instant.parse("2026-03-09T06:30:00Z");
    Schedule cron =
        new Schedule.Cron(
            "30 2 * * *", ZoneId.of("America/New_York"), Schedule.Gap.SKIP, Schedule.Overlap.FIRST);
    ledger.timings.put(1, new JobTiming(cron, Window.ALWAYS, Duration.ZERO, "a/b", created));
    ledger.terms.add(
        new Term(1, Term.State.ON, created, created, Optional.empty(), Optional.of(after)));
    ledger.window = new LedgerCheck.Window(created, after.plusSeconds(60));
    ledger.nextFire = Optional.of(after.plus(Duration.ofDays(1)));
    ledger.rows.add(run(1, after, 1));
    assertThat(ledger.check(after.plusSeconds(60)).findings())
        .extracting(Finding::kind, Finding::from)
        .containsExactly(tuple(Finding.Kind.GAP, jump));

    ledger.rows.add(stretch(2, RunState.SKIPPED, ReasonCode.DST_GAP, jump, jump, 1));

    assertThat(ledger.check(after.plusSeconds(60)).findings()).isEmpty();
  }
}
