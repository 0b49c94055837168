package io.oasis.server.verify;

import static io.oasis.server.verify.SampleLedger.MINUTELY;
import static io.oasis.server.verify.SampleLedger.NOW;
import static io.oasis.server.verify.SampleLedger.TEN;
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
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Gaps, doubles and stretches of a job that nobody changes. */
class LedgerCheckTest {
  private final SampleLedger ledger = new SampleLedger();

  @Test
  @DisplayName("a ledger in which each nominal time has one row is clean, and its rows are counted")
  void clean() {
    ledger.created(MINUTELY);
    ledger.runs(1, 30);

    Tally tally = ledger.check();

    assertThat(tally.findings()).isEmpty();
    assertThat(tally.nominalTimes()).isEqualTo(30);
    assertThat(tally.outcomes())
        .containsExactly(
            new VerifyReport.Outcome(
                RunState.SUCCEEDED, Optional.empty(), 30, minute(1), minute(30)));
    assertThat(tally.worst().map(VerifyReport.Late::by)).contains(Duration.ofMillis(38));
  }

  @Test
  @DisplayName("times without a row are gaps, told with their ends, their number and the revision")
  void gaps() {
    ledger.created(MINUTELY);
    ledger.runs(1, 9);
    ledger.runs(12, 19);
    ledger.runs(21, 30);

    assertThat(ledger.check().findings())
        .extracting(Finding::kind, Finding::revision, Finding::from, Finding::to, Finding::count)
        .containsExactly(
            tuple(Finding.Kind.GAP, 1, minute(10), minute(11), 2L),
            tuple(Finding.Kind.GAP, 1, minute(20), minute(20), 1L));
  }

  @Test
  @DisplayName("two rows for one time are a double that names both")
  void doubles() {
    ledger.created(MINUTELY);
    ledger.runs(1, 30);
    ledger.rows.add(run(777, minute(12), 1));

    assertThat(ledger.check().findings())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.kind()).isEqualTo(Finding.Kind.DOUBLE);
              assertThat(found.from()).isEqualTo(minute(12));
              assertThat(found.text()).contains("run 777", "run 12");
            });
  }

  @Test
  @DisplayName("a stretch stands for each of its times; a run among them is a double")
  void stretches() {
    ledger.created(MINUTELY);
    ledger.runs(1, 9);
    ledger.rows.add(stretch(500, RunState.MISSED, ReasonCode.DOWNTIME, minute(10), minute(19), 10));
    ledger.runs(20, 30);
    assertThat(ledger.check().findings()).isEmpty();

    ledger.rows.add(run(501, minute(15), 1));

    assertThat(ledger.check().findings())
        .extracting(Finding::kind, Finding::from)
        .containsExactly(tuple(Finding.Kind.DOUBLE, minute(15)));
  }

  @Test
  @DisplayName("a stretch whose count is not the number of its times is found")
  void wrongCount() {
    ledger.created(MINUTELY);
    ledger.runs(1, 9);
    ledger.rows.add(stretch(500, RunState.MISSED, ReasonCode.DOWNTIME, minute(10), minute(19), 9));
    ledger.runs(20, 30);

    assertThat(ledger.check().findings())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.kind()).isEqualTo(Finding.Kind.WRONG_COUNT);
              assertThat(found.text()).contains("9 times").contains("10 between");
            });
  }

  @Test
  @DisplayName("a stretch that began before the window counts for the times within it")
  void stretchFromBefore() {
    ledger.created(MINUTELY);
    ledger.rows.add(stretch(500, RunState.MISSED, ReasonCode.DOWNTIME, minute(1), minute(19), 19));
    ledger.runs(20, 30);
    ledger.window = new LedgerCheck.Window(minute(10), NOW);

    Tally tally = ledger.check();

    assertThat(tally.findings()).isEmpty();
    assertThat(tally.nominalTimes()).isEqualTo(21);
  }

  @Test
  @DisplayName("a row of the schedule at a time that it does not have is found")
  void stray() {
    ledger.created(MINUTELY);
    ledger.runs(1, 30);
    ledger.rows.add(run(777, minute(12).plusSeconds(5), 1));

    assertThat(ledger.check().findings())
        .extracting(Finding::kind, Finding::from, Finding::runId)
        .containsExactly(tuple(Finding.Kind.STRAY, minute(12).plusSeconds(5), Optional.of(777L)));
  }

  @Test
  @DisplayName("a time that is due for minutes is found, and is not a gap yet")
  void overdue() {
    ledger.created(MINUTELY);
    ledger.runs(1, 10);
    ledger.nextFire = Optional.of(minute(11));

    assertThat(ledger.check().findings())
        .extracting(Finding::kind, Finding::from)
        .containsExactly(tuple(Finding.Kind.OVERDUE, minute(11)));
  }

  @Test
  @DisplayName("the rows of a fixed delay are counted as they are: its times come from its runs")
  void fixedDelay() {
    ledger.created(
        new JobTiming(
            new Schedule.FixedDelay(Duration.ofSeconds(30), false),
            Window.ALWAYS,
            Duration.ZERO,
            "a/b",
            TEN));
    ledger.rows.add(run(1, minute(3).plusSeconds(7), 1));
    ledger.nextFire = Optional.empty();

    Tally tally = ledger.check();

    assertThat(tally.findings()).isEmpty();
    assertThat(tally.nominalTimes()).isEqualTo(1);
  }

  @Test
  @DisplayName("a check that may not look at so much says so")
  void limit() {
    ledger.created(MINUTELY);
    ledger.runs(1, 30);
    Tally tally = new Tally(10);

    ledger.check(NOW, tally);

    assertThat(tally.isCut()).isTrue();
  }
}
