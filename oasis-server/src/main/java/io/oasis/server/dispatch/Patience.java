package io.oasis.server.dispatch;

import io.oasis.manifest.JobSpec;
import io.oasis.manifest.Routing;
import io.oasis.manifest.Timeouts;
import io.oasis.server.run.Ending;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.Remark;
import io.oasis.server.run.RunEvent;
import io.oasis.server.run.RunMachine;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long a run waits, and how often somebody looks at it meanwhile: pure functions. */
final class Patience {
  private static final Duration SHORTEST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private Patience() {}

  /**
   * When the run will have waited too long. The first hand-over has the queue timeout from the
   * run's time on, refusals included; each later attempt has it anew. The total timeout ends a wait
   * as well.
   */
  static Instant giveUpAt(RunRow run, JobSpec spec, Instant now) {
    Timeouts limits = spec.timeouts();
    Instant queue =
        run.standing().epoch() == 0
            ? run.cameAt().plus(limits.queue())
            : run.standing().deadlineAt().orElse(now.plus(limits.queue()));
    return limits.total().map(run.cameAt()::plus).filter(queue::isAfter).orElse(queue);
  }

  /** When this attempt began to wait. */
  static Instant since(RunRow run, JobSpec spec, Instant now) {
    Instant since = giveUpAt(run, spec, now).minus(spec.timeouts().queue());
    Instant earliest = since.isBefore(run.cameAt()) ? run.cameAt() : since;
    return earliest.isAfter(now) ? now : earliest;
  }

  /**
   * When somebody looks again at a run that waits for a node. What it waits for wakes it; this is
   * for what nobody said, so that the looks become rarer the longer it waits.
   *
   * @param atFirst the wait before the second look
   */
  static Instant lookAgain(RunRow run, JobSpec spec, Instant now, Duration atFirst) {
    Duration half = Duration.ofNanos(Duration.between(since(run, spec, now), now).toNanos() / 2);
    Duration wait = half.compareTo(LONGEST) > 0 ? LONGEST : half;
    Instant at = now.plus(wait.compareTo(atFirst) < 0 ? atFirst : wait);
    Instant end = giveUpAt(run, spec, now);
    return at.isAfter(end) ? end.plusMillis(1) : at;
  }

  /** When nodes that have all refused are asked again: later and later. */
  static Instant askAgain(RunRow run, JobSpec spec, Instant now) {
    return lookAgain(run, spec, now, SHORTEST);
  }

  /** The end of a run that has waited too long; empty while it has not. */
  static Optional<Step> tooLate(RunMachine machine, RunRow run, JobSpec spec, Instant now) {
    if (!now.isAfter(giveUpAt(run, spec, now))) {
      return Optional.empty();
    }
    boolean total =
        spec.timeouts().total().filter(t -> now.isAfter(run.cameAt().plus(t))).isPresent();
    ReasonCode why = run.standing().reason().orElse(ReasonCode.QUEUE_TIMEOUT);
    boolean nobody = why == ReasonCode.NO_EXECUTOR || why == ReasonCode.NO_HANDLER;
    if (total) {
      Ending ending = Ending.of(ReasonCode.TOTAL_TIMEOUT, Remark.TOTAL_WAITED.text());
      return Optional.of(machine.over(run, now, RunEvent.TIMED_OUT, ending));
    }
    if (nobody) {
      Ending ending = Ending.of(why, run.standing().message().orElse(""));
      RunEvent end = nobodyToTell(run, spec, why) ? RunEvent.SKIPPED : RunEvent.FAILED;
      return Optional.of(machine.over(run, now, end, ending));
    }
    String last = run.standing().message().map(text -> "; " + Remark.LAST.text(text)).orElse("");
    Ending ending = Ending.of(ReasonCode.QUEUE_TIMEOUT, Remark.WAITED_TOO_LONG.text() + last);
    return Optional.of(machine.over(run, now, RunEvent.TIMED_OUT, ending));
  }

  /** A broadcast that was handed to nobody yet, whose job says that this is no failure. */
  private static boolean nobodyToTell(RunRow run, JobSpec spec, ReasonCode why) {
    return why == ReasonCode.NO_EXECUTOR
        && run.standing().epoch() == 0
        && spec.routing().strategy() == Routing.Strategy.BROADCAST
        && spec.routing().noNodes() == Routing.NoNodes.SKIP;
  }
}
