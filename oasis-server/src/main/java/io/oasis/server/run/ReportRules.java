package io.oasis.server.run;

import static io.oasis.server.run.RunReports.Outcome.SUCCEEDED;

import io.oasis.manifest.JobSpec;
import io.oasis.server.run.RunReports.Finish;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a node's report means for a run: pure, and the only place that says so. */
public final class ReportRules {
  private final RunMachine machine;

  ReportRules(RunMachine machine) {
    this.machine = machine;
  }

  /** What follows from a report. */
  sealed interface Verdict {
    /** The run moves. */
    record Moves(Step step) implements Verdict {}

    /** Nothing new: the report was heard before. */
    record Known() implements Verdict {}

    /** The hand-over is over; the report is kept as an event. */
    record Late(String detail) implements Verdict {}
  }

  Verdict judge(RunRow run, Report report, JobSpec spec, Instant now) {
    if (run.standing().epoch() != report.run().epoch()
        || run.standing().attempt() != report.run().attempt()) {
      return report instanceof Report.Unsent ? new Verdict.Known() : late(report);
    }
    return switch (report) {
      case Report.Accepted accepted -> accepted(run, accepted, spec, now);
      case Report.Rejected rejected -> rejected(run, rejected, spec, now);
      case Report.Unsent unsent -> unsent(run, unsent, now);
      case Report.Finished finished -> finished(run, finished, spec, now);
    };
  }

  private Verdict accepted(RunRow run, Report.Accepted report, JobSpec spec, Instant now) {
    if (run.state() == RunState.DISPATCHED) {
      return new Verdict.Moves(machine.started(run, start(run, report, now), spec.timeouts()));
    }
    return run.state().isOnNode() ? new Verdict.Known() : late(report);
  }

  /** When it was heard: it may have waited for the end of its run, or for the database. */
  private static Instant start(RunRow run, Report.Accepted report, Instant now) {
    Instant handedOver = run.standing().dispatchedAt().orElse(report.heardAt());
    Instant heard = report.heardAt().isBefore(handedOver) ? handedOver : report.heardAt();
    return heard.isAfter(now) ? now : heard;
  }

  private Verdict rejected(RunRow run, Report.Rejected report, JobSpec spec, Instant now) {
    return switch (run.state()) {
      case DISPATCHED ->
          new Verdict.Moves(machine.rejected(run, now, report.reason(), report.message()));
      // It broke its word, and how far the handler came is not known: as if the node were lost.
      case RUNNING -> new Verdict.Moves(lost(run, now, spec, takenBack(report)));
      case KILLING ->
          new Verdict.Moves(machine.over(run, now, killEvent(run), killEnding(run, "", 0)));
      case QUEUED,
          SUCCEEDED,
          FAILED,
          TIMED_OUT,
          LOST,
          KILLED,
          CANCELLED,
          SKIPPED,
          COALESCED,
          MISSED ->
          new Verdict.Known();
    };
  }

  /** A server that takes a hand-over on itself writes that before it sends. */
  private Verdict unsent(RunRow run, Report.Unsent report, Instant now) {
    if (!run.standing().ownerServer().equals(Optional.of(report.server()))) {
      return new Verdict.Known();
    }
    return switch (run.state()) {
      case DISPATCHED ->
          new Verdict.Moves(
              machine.rejected(run, now, ReasonCode.NO_ACCEPT, Remark.STREAM_ENDED.text()));
      case KILLING ->
          new Verdict.Moves(machine.over(run, now, killEvent(run), killEnding(run, "", 0)));
      case RUNNING,
          QUEUED,
          SUCCEEDED,
          FAILED,
          TIMED_OUT,
          LOST,
          KILLED,
          CANCELLED,
          SKIPPED,
          COALESCED,
          MISSED ->
          new Verdict.Known();
    };
  }

  /** What is said of work that a node took and then refused. */
  static String takenBack(Report.Rejected report) {
    return Remark.TAKEN_BACK.text(report.message().isEmpty() ? report.reason() : report.message());
  }

  private Verdict finished(RunRow run, Report.Finished report, JobSpec spec, Instant now) {
    return switch (run.state()) {
      case DISPATCHED, RUNNING ->
          new Verdict.Moves(ended(withStart(run, report.finish(), now), run, report, spec, now));
      case KILLING ->
          new Verdict.Moves(stopped(withStart(run, report.finish(), now), run, report, spec, now));
      case QUEUED, LOST, CANCELLED, SKIPPED, COALESCED, MISSED -> late(report);
      // The same words again, because the ack got lost; anything else came too late.
      case SUCCEEDED -> knownIf(report.finish().outcome() == SUCCEEDED, report);
      case FAILED -> knownIf(report.finish().outcome() != SUCCEEDED, report);
      case KILLED, TIMED_OUT -> knownIf(report.finish().outcome() != SUCCEEDED, report);
    };
  }

  private static Verdict knownIf(boolean heardBefore, Report report) {
    return heardBefore ? new Verdict.Known() : late(report);
  }

  private Step ended(RunRow run, RunRow before, Report.Finished report, JobSpec spec, Instant now) {
    Finish finish = report.finish();
    Step step =
        switch (finish.outcome()) {
          case SUCCEEDED -> machine.succeeded(run, now, finish.result(), finish.lastLogSeq());
          case FAILED -> machine.attemptEnded(run, now, RunEvent.FAILED, failure(finish), spec);
          case HANDED_BACK -> machine.handedBack(run, now, ReasonCode.DRAINED, finish.message());
          case PARTITIONED ->
              machine.handedBack(run, now, ReasonCode.PARTITIONED, finish.message());
          // Nobody asked for it: the handler stopped itself.
          case CANCELLED -> machine.attemptEnded(run, now, RunEvent.FAILED, failure(finish), spec);
        };
    return before(step, before);
  }

  private Step stopped(
      RunRow run, RunRow before, Report.Finished report, JobSpec spec, Instant now) {
    Finish finish = report.finish();
    boolean deadline = isDeadline(run);
    Step step;
    if (finish.outcome() == SUCCEEDED && !deadline) {
      step = machine.succeeded(run, now, finish.result(), finish.lastLogSeq());
    } else if (deadline) {
      step =
          machine.attemptEnded(
              run,
              now,
              RunEvent.TIMED_OUT,
              killEnding(run, finish.message(), finish.lastLogSeq()),
              spec);
      step = finish.outcome() == SUCCEEDED ? withLate(step, report) : step;
    } else {
      step =
          machine.over(
              run, now, RunEvent.KILLED, killEnding(run, finish.message(), finish.lastLogSeq()));
    }
    return before(step, before);
  }

  /** A success that came after the deadline decides nothing, and is not forgotten either. */
  private static Step withLate(Step step, Report.Finished report) {
    Step.Note said =
        new Step.Note(RunEvent.LATE_RESULT, Optional.empty(), late(report).detail(), "");
    List<Step.Note> notes = Stream.concat(step.notes().stream(), Stream.of(said)).toList();
    return new Step(step.before(), step.event(), step.after(), notes, step.closed());
  }

  /** The node of the run is gone. */
  public Step lost(RunRow run, Instant now, JobSpec spec, String message) {
    if (!run.state().isOnNode()) {
      throw new IllegalStateException("run " + run.id() + " is on no node: " + run.state());
    }
    if (run.state() == RunState.DISPATCHED) {
      return machine.rejected(run, now, ReasonCode.NODE_LOST, message);
    }
    if (run.state() == RunState.RUNNING) {
      Ending lost = Ending.of(ReasonCode.NODE_LOST, message);
      return machine.attemptEnded(run, now, RunEvent.LOST, lost, spec);
    }
    return isDeadline(run)
        ? machine.attemptEnded(run, now, RunEvent.TIMED_OUT, killEnding(run, message, 0), spec)
        : machine.over(run, now, RunEvent.KILLED, Ending.of(ReasonCode.UNCONFIRMED, message));
  }

  private static boolean isDeadline(RunRow run) {
    ReasonCode why = RunMachine.stopReason(run);
    return why == ReasonCode.RUN_TIMEOUT || why == ReasonCode.TOTAL_TIMEOUT;
  }

  private static RunEvent killEvent(RunRow run) {
    return isDeadline(run) ? RunEvent.TIMED_OUT : RunEvent.KILLED;
  }

  /** Why it was asked to stop stays the reason; what the node said of it goes with it. */
  private static Ending killEnding(RunRow run, String said, long lastLogSeq) {
    String why = run.standing().message().orElse("");
    String text = why.isEmpty() ? said : said.isEmpty() ? why : why + " (" + said + ")";
    return new Ending(RunMachine.stopReason(run), text, "", lastLogSeq);
  }

  private static Ending failure(Finish finish) {
    return new Ending(
        finish.retryable() ? ReasonCode.HANDLER_FAILED : ReasonCode.NOT_RETRYABLE,
        finish.message(),
        "",
        finish.lastLogSeq());
  }

  /**
   * The start by the database's clock: as long before now as the executor's clock says that the
   * handler ran. Two clocks are never mixed, only a difference crosses over.
   */
  private static RunRow withStart(RunRow run, Finish finish, Instant now) {
    Duration ran = Duration.between(finish.startedAt(), finish.finishedAt());
    Instant started = now.minus(ran.isNegative() ? Duration.ZERO : ran);
    Instant handedOver = run.standing().dispatchedAt().orElse(started);
    Instant start = started.isBefore(handedOver) ? handedOver : started;
    Optional<Instant> known = run.standing().startedAt().filter(s -> s.isBefore(start));
    return run.with(
        run.standing().edit().started(known.orElse(start), run.standing().deadlineAt()).done());
  }

  private static Step before(Step step, RunRow before) {
    return new Step(before, step.event(), step.after(), step.notes(), step.closed());
  }

  private static Verdict.Late late(Report report) {
    String said =
        switch (report) {
          case Report.Accepted a -> "accepted";
          case Report.Rejected r -> "rejected";
          case Report.Unsent u -> "not sent";
          case Report.Finished f -> f.finish().outcome() + " " + f.finish().message();
        };
    return new Verdict.Late(
        "epoch %d, attempt %d: %s".formatted(report.run().epoch(), report.run().attempt(), said));
  }
}
