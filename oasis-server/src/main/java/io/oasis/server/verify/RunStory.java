package io.oasis.server.verify;

import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.RunEvent;
import io.oasis.server.run.RunTrace;
import io.oasis.server.run.RunView;
import io.oasis.server.verify.Explanation.Line;
import io.oasis.server.verify.Explanation.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells from its trace what became of a run. */
final class RunStory {
  /** Later than this is late for people; what a misfire is, the job's manifest says. */
  private static final Duration ON_TIME = Duration.ofSeconds(2);

  private final RunTrace trace;
  private final RunView run;
  private final LocalTimes times;

  RunStory(RunTrace trace, LocalTimes times) {
    this.trace = trace;
    this.run = trace.run();
    this.times = times;
  }

  /** When its first attempt began. */
  Optional<Instant> started() {
    return trace.attempts().stream()
        .map(RunTrace.Attempt::started)
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /** When it was handed over for the first time. */
  Optional<Instant> handedOver() {
    return trace.attempts().stream()
        .map(RunTrace.Attempt::dispatched)
        .flatMap(Optional::stream)
        .min(Comparator.naturalOrder());
  }

  /** True when it waited for another run of its job. */
  boolean waitedForSlot() {
    return trace.events().stream()
        .anyMatch(e -> e.reason().equals(Optional.of(ReasonCode.WAITING_SLOT.name())));
  }

  private boolean isLate() {
    return started().filter(at -> at.isAfter(run.times().nominal().plus(ON_TIME))).isPresent();
  }

  Verdict verdict() {
    return switch (run.state()) {
      case SUCCEEDED -> isLate() ? Verdict.RAN_LATE : Verdict.RAN;
      case FAILED, TIMED_OUT, LOST, KILLED ->
          started().isPresent() ? Verdict.RAN_BADLY : Verdict.DID_NOT_RUN;
      case DISPATCHED, RUNNING, KILLING -> Verdict.RUNNING;
      case QUEUED -> Verdict.WAITING;
      case CANCELLED, SKIPPED, COALESCED, MISSED -> Verdict.DID_NOT_RUN;
    };
  }

  String summary() {
    return switch (verdict()) {
      case RAN -> "It ran: " + name() + begun() + ".";
      case RAN_LATE -> "It ran late: " + name() + begun() + ".";
      case RAN_BADLY ->
          "It ran%s and ended badly: %s%s. %s"
              .formatted(isLate() ? " late" : "", name(), begun(), why())
              .strip();
      case RUNNING -> "It is under way: " + name() + begun() + ".";
      case WAITING -> "It has not run yet: " + name() + " waits. " + why();
      case DID_NOT_RUN -> "It did not run: " + name() + " is " + run.state() + ". " + why();
      case NOT_YET, NO_SUCH_TIME, NO_JOB, GAP ->
          throw new IllegalStateException("no verdict of a run: " + verdict());
    };
  }

  private String name() {
    return "run " + run.id();
  }

  private String begun() {
    return started()
        .map(
            at ->
                ", started %s, %s after its time"
                    .formatted(
                        times.of(at), LocalTimes.duration(positive(run.times().nominal(), at))))
        .orElse("");
  }

  private static Duration positive(Instant from, Instant to) {
    return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
  }

  /** {@code NO_EXECUTOR: no node of the app is online.} */
  private String why() {
    String code = run.reason().orElse("");
    String text = run.message().orElse("");
    String both = code + (code.isEmpty() || text.isEmpty() ? "" : ": ") + text;
    return both.isEmpty() || both.endsWith(".") ? both : both + ".";
  }

  /** Its events, and the run that made room for it. */
  List<Line> lines(Optional<ExplainStore.Ended> madeRoom) {
    List<Line> lines = new ArrayList<>();
    for (RunTrace.Event event : trace.events()) {
      lines.add(new Line(event.at(), text(event)));
    }
    madeRoom.ifPresent(
        ended ->
            lines.add(
                new Line(
                    ended.at(),
                    "run %d %s, its slot became free".formatted(ended.runId(), ended.state()))));
    lines.sort(Comparator.comparing(Line::at));
    return lines;
  }

  private String text(RunTrace.Event event) {
    if (event.kind() == RunEvent.CREATED) {
      return "due; revision " + run.revision();
    }
    String attempt = event.attempt() > 1 ? "attempt " + event.attempt() + " " : "";
    String kind = event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String said = event.detail().or(event::reason).orElse("");
    String who = event.who().map(w -> " (" + w + ")").orElse("");
    String joint =
        switch (event.kind().name()) {
          case "DISPATCHED" -> " to ";
          case "STARTED" -> " on ";
          default -> ": ";
        };
    return attempt + kind + (said.isEmpty() ? "" : joint + said) + who;
  }
}
