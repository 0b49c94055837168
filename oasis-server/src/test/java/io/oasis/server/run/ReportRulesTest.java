package io.oasis.server.run;

import static io.oasis.server.run.Samples.NOW;
import static io.oasis.server.run.Samples.retries;
import static io.oasis.server.run.Samples.run;
import static io.oasis.server.run.Samples.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.run.ReportRules.Verdict;
import io.oasis.server.run.RunReports.Finish;
import io.oasis.server.run.RunReports.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReportRulesTest {
  private final ReportRules rules = new ReportRules(new RunMachine(new Random(1)));

  @Test
  @DisplayName(
      "FN10: a run is RUNNING only after the executor's accept, and its deadline starts then")
  void acceptStartsTheRun() {
    Step step = moves(run(RunState.DISPATCHED, 1, 3), accepted(1, 3));

    assertThat(step.after().state()).isEqualTo(RunState.RUNNING);
    assertThat(step.after().standing().deadlineAt()).contains(NOW.plus(Duration.ofMinutes(10)));
    assertThat(step.after().standing().wakeAt()).isEqualTo(step.after().standing().deadlineAt());
  }

  @Test
  @DisplayName(
      "a run has begun when that was heard: not before its hand-over, and not in the future")
  void beganWhenItWasHeard() {
    RunRow run = run(RunState.DISPATCHED, 1, 3);
    Instant handedOver = run.standing().dispatchedAt().orElseThrow();
    assertThat(handedOver).isBefore(NOW.minusMillis(30));

    assertThat(startHeardAt(run, NOW.minusMillis(30))).contains(NOW.minusMillis(30));
    assertThat(startHeardAt(run, handedOver.minusSeconds(1))).contains(handedOver);
    assertThat(startHeardAt(run, NOW.plusSeconds(1))).contains(NOW);
  }

  private Optional<Instant> startHeardAt(RunRow run, Instant heardAt) {
    Step step = moves(run, new Report.Accepted(handle(1, 3), heardAt, answer -> {}));
    assertThat(step.after().standing().deadlineAt())
        .isEqualTo(step.after().standing().startedAt().map(s -> s.plus(Duration.ofMinutes(10))));
    return step.after().standing().startedAt();
  }

  @Test
  @DisplayName("FN4: a report under an old epoch changes nothing and is kept as an event")
  void oldEpochIsLate() {
    Verdict verdict =
        rules.judge(
            run(RunState.RUNNING, 1, 4),
            finished(1, 3, Outcome.SUCCEEDED, true),
            spec(retries(0)),
            NOW);

    assertThat(verdict).isInstanceOf(Verdict.Late.class);
  }

  @Test
  @DisplayName("FN3: the same result again is acknowledged and changes nothing")
  void sameResultAgainIsKnown() {
    Verdict verdict =
        rules.judge(
            run(RunState.SUCCEEDED, 1, 3),
            finished(1, 3, Outcome.SUCCEEDED, true),
            spec(retries(0)),
            NOW);

    assertThat(verdict).isInstanceOf(Verdict.Known.class);
  }

  @Test
  @DisplayName("KL3: a success after the run timed out is a late result")
  void successAfterTimeoutIsLate() {
    Verdict verdict =
        rules.judge(
            run(RunState.TIMED_OUT, 1, 3),
            finished(1, 3, Outcome.SUCCEEDED, true),
            spec(retries(0)),
            NOW);

    assertThat(verdict).isInstanceOf(Verdict.Late.class);
  }

  @Test
  @DisplayName("BK8: three retries give four attempts, then the run is over")
  void retriesAreCounted() {
    for (int attempt = 1; attempt <= 3; attempt++) {
      Step step = moves(run(RunState.RUNNING, attempt, 3), failed(attempt, 3, true), 3);
      assertThat(step.after().state()).isEqualTo(RunState.QUEUED);
      assertThat(step.after().standing().attempt()).isEqualTo(attempt + 1);
      assertThat(step.closed()).isPresent();
    }

    Step last = moves(run(RunState.RUNNING, 4, 3), failed(4, 3, true), 3);

    assertThat(last.after().state()).isEqualTo(RunState.FAILED);
    assertThat(last.after().standing().reason()).contains(ReasonCode.HANDLER_FAILED);
  }

  @Test
  @DisplayName("BK8: an error that is not retryable ends the run at once")
  void notRetryableEndsTheRun() {
    Step step = moves(run(RunState.RUNNING, 1, 3), failed(1, 3, false), 3);

    assertThat(step.after().state()).isEqualTo(RunState.FAILED);
    assertThat(step.after().standing().reason()).contains(ReasonCode.NOT_RETRYABLE);
  }

  @Test
  @DisplayName(
      "BK9: the wait before attempt k+1 is min(cap, base·2^(k−1)) from the end of attempt k")
  void backoffGrowsToItsCap() {
    assertThat(waitAfter(1)).isEqualTo(Duration.ofSeconds(10));
    assertThat(waitAfter(2)).isEqualTo(Duration.ofSeconds(20));
    assertThat(waitAfter(3)).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  @DisplayName("KL7: what a draining node hands back runs elsewhere and uses up no retry")
  void handedBackUsesUpNoRetry() {
    RunRow last = run(RunState.RUNNING, 4, 3);

    Step step = moves(last, finished(4, 3, Outcome.HANDED_BACK, true), 3);

    assertThat(step.after().state()).isEqualTo(RunState.QUEUED);
    assertThat(step.after().standing().attempt()).isEqualTo(5);
    assertThat(step.after().origin().maxAttempts()).isEqualTo(5);
    assertThat(step.after().standing().wakeAt()).contains(NOW);
    assertThat(step.closed()).isPresent();
  }

  @Test
  @DisplayName(
      "FN7: what a node gave back because it reached no server says so, not that it drained")
  void partitionedSaysSo() {
    Step step = moves(run(RunState.RUNNING, 1, 3), finished(1, 3, Outcome.PARTITIONED, true), 3);

    assertThat(step.after().standing().reason()).contains(ReasonCode.PARTITIONED);
    assertThat(step.closed().orElseThrow().reason()).isEqualTo(ReasonCode.PARTITIONED);
  }

  @Test
  @DisplayName("KL6: a run that does not stop says so, and still ends for what it was stopped for")
  void uncooperativeKeepsWhy() {
    RunRow killing =
        Samples.because(run(RunState.KILLING, 4, 3), ReasonCode.RUN_TIMEOUT, "timeout after 600 s");
    RunRow stubborn =
        new RunMachine(new Random(1)).uncooperative(killing, "it goes on", NOW).after();

    assertThat(stubborn.state()).isEqualTo(RunState.KILLING);
    assertThat(stubborn.standing().reason()).contains(ReasonCode.UNCOOPERATIVE);
    Step step = moves(stubborn, finished(4, 3, Outcome.CANCELLED, true));
    assertThat(step.after().state()).isEqualTo(RunState.TIMED_OUT);
    assertThat(step.after().standing().reason()).contains(ReasonCode.RUN_TIMEOUT);
  }

  @Test
  void handedBackBeforeItBeganKeepsTheAttempt() {
    Step step = moves(run(RunState.DISPATCHED, 1, 3), finished(1, 3, Outcome.HANDED_BACK, true));

    assertThat(step.after().standing().attempt()).isEqualTo(1);
  }

  @Test
  @DisplayName(
      "KL2: a run that is stopped at its deadline ends TIMED_OUT, also when it says success")
  void stoppedAtDeadlineTimesOut() {
    RunRow killing =
        Samples.because(run(RunState.KILLING, 4, 3), ReasonCode.RUN_TIMEOUT, "timeout after 600 s");

    Step step = moves(killing, finished(4, 3, Outcome.SUCCEEDED, true), 3);

    assertThat(step.after().state()).isEqualTo(RunState.TIMED_OUT);
    assertThat(step.after().standing().reason()).contains(ReasonCode.RUN_TIMEOUT);
  }

  @Test
  @DisplayName("KL5: a confirmed stop ends KILLED and keeps why it was asked for")
  void confirmedStopIsKilled() {
    RunRow killing =
        Samples.because(run(RunState.KILLING, 1, 3), ReasonCode.KILL_REQUESTED, "killed by wang");

    Step step = moves(killing, finished(1, 3, Outcome.CANCELLED, true), 3);

    assertThat(step.after().state()).isEqualTo(RunState.KILLED);
    assertThat(step.after().standing().message().orElseThrow()).startsWith("killed by wang");
  }

  @Test
  @DisplayName("FN6: a lost node retries a run that may, and ends one that may not")
  void lostNode() {
    Step retried = rules.lost(run(RunState.RUNNING, 1, 3), NOW, spec(retries(3)), "gone");
    Step ended = rules.lost(run(RunState.RUNNING, 4, 3), NOW, spec(retries(3)), "gone");

    assertThat(retried.after().state()).isEqualTo(RunState.QUEUED);
    assertThat(ended.after().state()).isEqualTo(RunState.LOST);
  }

  @Test
  @DisplayName("FN6: a run that its node refuses after it had begun it is lost, and does not hang")
  void refusedAfterItBegan() {
    Step retried = moves(run(RunState.RUNNING, 1, 3), rejected(1, 3), 3);
    Step ended = moves(run(RunState.RUNNING, 4, 3), rejected(4, 3), 3);

    assertThat(retried.after().state()).isEqualTo(RunState.QUEUED);
    assertThat(retried.after().standing().attempt()).isEqualTo(2);
    assertThat(retried.closed().orElseThrow().state()).isEqualTo(RunState.LOST);
    assertThat(ended.after().state()).isEqualTo(RunState.LOST);
    assertThat(ended.after().standing().reason()).contains(ReasonCode.NODE_LOST);
    assertThat(ended.after().standing().message().orElseThrow()).endsWith("not here");
  }

  @Test
  @DisplayName("FN8: a run that its server could not send goes to another node at once")
  void unsentGoesElsewhere() {
    Step step = moves(run(RunState.DISPATCHED, 1, 3), unsent(3, "s-1"));

    assertThat(step.after().state()).isEqualTo(RunState.QUEUED);
    assertThat(step.after().standing().refusedBy()).containsExactly("node-1");
  }

  @Test
  @DisplayName(
      "FN3: that a server could not send a run says nothing once another server has sent it, or its"
          + " node has begun it")
  void unsentByTheServerThatTheNodeLeft() {
    assertThat(rules.judge(run(RunState.DISPATCHED, 1, 3), unsent(3, "s-0"), spec(retries(3)), NOW))
        .isInstanceOf(Verdict.Known.class);
    assertThat(rules.judge(run(RunState.RUNNING, 1, 3), unsent(3, "s-1"), spec(retries(3)), NOW))
        .isInstanceOf(Verdict.Known.class);
    assertThat(rules.judge(run(RunState.DISPATCHED, 1, 4), unsent(3, "s-1"), spec(retries(3)), NOW))
        .isInstanceOf(Verdict.Known.class);
  }

  @Test
  @DisplayName("KL5: a kill whose node is lost ends KILLED, unconfirmed")
  void killOnLostNodeIsUnconfirmed() {
    RunRow killing =
        Samples.because(run(RunState.KILLING, 1, 3), ReasonCode.KILL_REQUESTED, "killed by wang");

    Step step = rules.lost(killing, NOW, spec(retries(3)), "gone");

    assertThat(step.after().state()).isEqualTo(RunState.KILLED);
    assertThat(step.after().standing().reason()).contains(ReasonCode.UNCONFIRMED);
  }

  @Test
  void durationComesFromTheExecutorsClockAndTheTimesFromTheDatabases() {
    Finish finish =
        new Finish(
            Outcome.SUCCEEDED,
            "",
            Optional.empty(),
            true,
            NOW.plus(Duration.ofHours(3)),
            NOW.plus(Duration.ofHours(3)).plusSeconds(2),
            0);

    Step step =
        moves(
            run(RunState.DISPATCHED, 1, 3),
            new Report.Finished(handle(1, 3), finish, answer -> {}));

    assertThat(step.after().standing().startedAt()).contains(NOW.minusSeconds(2));
    assertThat(step.after().standing().finishedAt()).contains(NOW);
  }

  private Duration waitAfter(int attempt) {
    Step step = moves(run(RunState.RUNNING, attempt, 3), failed(attempt, 3, true), 3);
    return Duration.between(NOW, step.after().standing().wakeAt().orElseThrow());
  }

  private Step moves(RunRow run, Report report) {
    return moves(run, report, 0);
  }

  private Step moves(RunRow run, Report report, int retries) {
    Verdict verdict = rules.judge(run, report, spec(retries(retries)), NOW);
    assertThat(verdict).isInstanceOf(Verdict.Moves.class);
    return ((Verdict.Moves) verdict).step();
  }

  private static RunHandle handle(int attempt, long epoch) {
    return new RunHandle(7, NOW.minusSeconds(5), attempt, epoch, 0);
  }

  private static Report accepted(int attempt, long epoch) {
    return new Report.Accepted(handle(attempt, epoch), NOW, answer -> {});
  }

  private static Report rejected(int attempt, long epoch) {
    return new Report.Rejected(
        handle(attempt, epoch), ReasonCode.NO_FREE_SLOT, "not here", answer -> {});
  }

  private static Report unsent(long epoch, String server) {
    return new Report.Unsent(handle(1, epoch), server, answer -> {});
  }

  private static Report failed(int attempt, long epoch, boolean retryable) {
    return finished(attempt, epoch, Outcome.FAILED, retryable);
  }

  private static Report finished(int attempt, long epoch, Outcome outcome, boolean retryable) {
    return new Report.Finished(
        handle(attempt, epoch),
        new Finish(outcome, "exit 2", Optional.empty(), retryable, NOW.minusSeconds(1), NOW, 12),
        answer -> {});
  }
}
