package io.oasis.server.run;

import io.oasis.manifest.JobSpec;
import io.oasis.manifest.Retry;
import io.oasis.manifest.Timeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The steps of a run as pure functions: a run, what happened, the database's time; out comes the
 * run as it is to be. {@link RunTransitions} says what is allowed; asking for a step that is not is
 * a bug of the caller, who has the row locked and can look first.
 */
public final class RunMachine {
  /** A cancel needs this long to reach a node and come back, beyond the grace itself. */
  private static final Duration CONFIRM = Duration.ofSeconds(5);

  private static final String NO_TIME_LEFT = Remark.NO_TIME_LEFT.text();

  private final Backoff backoff;

  public RunMachine(RandomGenerator random) {
    this.backoff = new Backoff(random);
  }

  /**
   * It cannot go on now: why, and when somebody looks again. The trace says once what it waits for,
   * however often somebody looks.
   *
   * @param giveUpAt when it will have waited too long
   */
  public Step waits(
      RunRow run, ReasonCode reason, String message, Instant wakeAt, Instant giveUpAt) {
    boolean said = run.standing().reason().equals(Optional.of(reason));
    return step(
        run,
        RunEvent.WAITING,
        run.standing().edit().why(reason, message).wakeAt(wakeAt).deadline(giveUpAt).done(),
        said ? List.of() : List.of(note(RunEvent.WAITING, reason, message)));
  }

  /** It waits for a person's word; nobody looks at it by himself. */
  public Step held(RunRow run, String message) {
    return step(
        run,
        RunEvent.WAITING,
        run.standing().edit().why(ReasonCode.HELD, message).wakeAt(Optional.empty()).done(),
        List.of(note(RunEvent.WAITING, ReasonCode.HELD, message)));
  }

  /** A person lets it go on: it is looked at at once. */
  public Step released(RunRow run, Instant now, String by) {
    return step(
        run,
        RunEvent.WAITING,
        run.standing().edit().why(ReasonCode.WAITING_TIME, "").noDeadline().wakeAt(now).done(),
        List.of(
            new Step.Note(
                RunEvent.WAITING,
                Optional.of(ReasonCode.WAITING_TIME),
                Remark.RELEASED_BY.text(by),
                by)));
  }

  /** Each node that could take it has refused it: all of them are asked again at {@code wakeAt}. */
  public Step waitsAfterRefusals(
      RunRow run, ReasonCode reason, String message, Instant wakeAt, Instant giveUpAt) {
    return step(
        run,
        RunEvent.WAITING,
        run.standing()
            .edit()
            .why(reason, message)
            .askAllAgain()
            .wakeAt(wakeAt)
            .deadline(giveUpAt)
            .done(),
        List.of());
  }

  /**
   * It is handed to a node.
   *
   * @param limits until when the node has to answer, and what is left to wait if it says no
   */
  public Step dispatched(RunRow run, Instant now, Placement to, Limits limits) {
    Standing.Edit next = run.standing().edit();
    // After one node that does not know the handler there is one more, and no third.
    boolean secondTry =
        !run.standing().refusedBy().isEmpty()
            && run.standing().reason().equals(Optional.of(ReasonCode.NO_HANDLER));
    return step(
        run,
        RunEvent.DISPATCHED,
        (secondTry ? next : next.noReason())
            .handedTo(to.nodeId(), to.why(), now)
            .owner(to.serverId())
            .wakeAt(limits.acceptBy())
            .deadline(limits.giveUpAt())
            .done(),
        List.of());
  }

  /**
   * The times of a hand-over.
   *
   * @param acceptBy a node that has not answered by then is taken for silent
   * @param giveUpAt when the run will have waited too long, refusals included
   */
  public record Limits(Instant acceptBy, Instant giveUpAt) {}

  /**
   * Where a run goes.
   *
   * @param nodeId the node
   * @param serverId holds the node's stream
   * @param why one line for people
   */
  public record Placement(String nodeId, String serverId, String why) {}

  /** It is handed to all members of a broadcast. */
  public Step broadcast(RunRow run, Instant now, int members, String server, Limits limits) {
    return step(
        run,
        RunEvent.DISPATCHED,
        run.standing()
            .edit()
            .noReason()
            .handedToMembers(members, now)
            .owner(server)
            .wakeAt(limits.acceptBy())
            .deadline(limits.giveUpAt())
            .done(),
        List.of());
  }

  /** Its node began, or the first of its members: for the others' answers somebody looks again. */
  public Step started(RunRow run, Instant now, Timeouts timeouts) {
    Optional<Instant> total = timeouts.total().map(t -> run.cameAt().plus(t));
    Optional<Instant> deadline = earlier(timeouts.run().map(now::plus), total);
    Optional<Instant> lookAgain =
        run.standing().memberCount() > 0 ? earlier(deadline, run.standing().wakeAt()) : deadline;
    return step(
        run,
        RunEvent.STARTED,
        run.standing().edit().started(now, deadline).wakeAt(lookAgain).done(),
        List.of());
  }

  /**
   * Its node did not take it: another one is tried at once. The second node that does not know the
   * handler is the last.
   */
  public Step rejected(RunRow run, Instant now, ReasonCode reason, String message) {
    String by = run.standing().nodeId().orElse("");
    String said = by + (message.isEmpty() ? "" : ": " + message);
    if (reason == ReasonCode.NO_HANDLER
        && run.standing().reason().equals(Optional.of(ReasonCode.NO_HANDLER))) {
      return over(run, now, RunEvent.FAILED, Ending.of(reason, said));
    }
    return step(
        run,
        RunEvent.REJECTED,
        run.standing().edit().why(reason, message).refused().wakeAt(now).done(),
        List.of(note(RunEvent.REJECTED, reason, said)));
  }

  /**
   * Its node gave it back without fault of the handler: it goes elsewhere. When the handler had
   * begun, that attempt is over and the next one has a number and a log of its own, but it counts
   * for none of the job's retries.
   */
  public Step handedBack(RunRow run, Instant now, ReasonCode reason, String message) {
    Step.Note note = note(RunEvent.HANDED_BACK, reason, message);
    Standing.Edit queued = run.standing().edit().why(reason, message).wakeAt(now);
    if (run.state() != RunState.RUNNING) {
      return step(run, RunEvent.HANDED_BACK, queued.refused().done(), List.of(note));
    }
    RunRow again = new RunRow(run.id(), run.nominalAt(), run.origin().oneMore(), run.standing());
    return new Step(
        run,
        RunEvent.HANDED_BACK,
        again.with(moved(run, RunEvent.HANDED_BACK, queued.nextAttempt().done())),
        List.of(note),
        Optional.of(new Step.ClosedAttempt(run.standing(), RunState.LOST, reason, message, 0)));
  }

  /** It succeeded, after it had run since {@code startedAt} by the database's clock. */
  public Step succeeded(RunRow run, Instant now, Optional<String> result, long lastLogSeq) {
    return step(
        run,
        RunEvent.SUCCEEDED,
        run.standing()
            .edit()
            .noReason()
            .started(run.standing().startedAt().orElse(now), Optional.empty())
            .finished(now)
            .result(result)
            .lastLogSeq(lastLogSeq)
            .done(),
        List.of());
  }

  /**
   * An attempt ended badly: either another one follows after its backoff, or the run is over.
   *
   * @param how FAILED, TIMED_OUT or LOST
   */
  public Step attemptEnded(RunRow run, Instant now, RunEvent how, Ending ending, JobSpec spec) {
    Duration wait = backoff.afterAttempt(run.standing().attempt(), spec.retry());
    boolean wanted = mayRetry(run, how, ending, spec.retry());
    boolean inTime =
        spec.timeouts().total().filter(t -> now.plus(wait).isAfter(run.cameAt().plus(t))).isEmpty();
    if (wanted && inTime) {
      Step.ClosedAttempt closed =
          new Step.ClosedAttempt(
              run.standing(),
              RunTransitions.target(how),
              ending.reason(),
              ending.message(),
              ending.lastLogSeq());
      Standing next =
          run.standing()
              .edit()
              .why(ReasonCode.BACKOFF, ending.message())
              .wakeAt(now.plus(wait))
              .nextAttempt()
              .done();
      return new Step(
          run,
          RunEvent.RETRY_PLANNED,
          run.with(moved(run, RunEvent.RETRY_PLANNED, next)),
          List.of(
              note(how, ending.reason(), ending.message()),
              note(
                  RunEvent.RETRY_PLANNED,
                  ReasonCode.BACKOFF,
                  Remark.NEXT_ATTEMPT.text(next.attempt(), wait.toMillis()))),
          Optional.of(closed));
    }
    return over(run, now, how, wanted ? ending.and(NO_TIME_LEFT) : ending);
  }

  /** The run is over, whatever its retries say. */
  public Step over(RunRow run, Instant now, RunEvent how, Ending ending) {
    return step(
        run,
        how,
        run.standing()
            .edit()
            .why(ending.reason(), ending.message())
            .finished(now)
            .lastLogSeq(ending.lastLogSeq())
            .done(),
        List.of(new Step.Note(how, Optional.of(ending.reason()), ending.message(), ending.who())));
  }

  /** Somebody or a deadline asks it to stop. */
  public Step killAsked(RunRow run, Instant now, Ending ending, Duration grace) {
    return step(
        run,
        RunEvent.KILL_ASKED,
        run.standing()
            .edit()
            .why(ending.reason(), ending.message())
            .stopFor(ending.reason())
            .wakeAt(now.plus(grace).plus(CONFIRM))
            .done(),
        List.of(
            new Step.Note(
                RunEvent.KILL_ASKED,
                Optional.of(ending.reason()),
                ending.message(),
                ending.who())));
  }

  /**
   * Its grace is over and its node has not confirmed the end: it is said, and the slot stays taken.
   */
  public Step uncooperative(RunRow run, String message, Instant lookAgain) {
    boolean said = run.standing().reason().equals(Optional.of(ReasonCode.UNCOOPERATIVE));
    return step(
        run,
        RunEvent.UNCOOPERATIVE,
        run.standing().edit().why(ReasonCode.UNCOOPERATIVE, message).wakeAt(lookAgain).done(),
        said ? List.of() : List.of(note(RunEvent.UNCOOPERATIVE, stopReason(run), message)));
  }

  /** Why a run that is to stop was asked to. */
  static ReasonCode stopReason(RunRow run) {
    return run.standing()
        .stopReason()
        .or(() -> run.standing().reason())
        .orElse(ReasonCode.KILL_REQUESTED);
  }

  private static boolean mayRetry(RunRow run, RunEvent how, Ending ending, Retry retry) {
    boolean attemptsLeft = run.standing().attempt() < run.origin().maxAttempts();
    boolean wanted =
        switch (how) {
          case FAILED ->
              ending.reason() == ReasonCode.HANDLER_FAILED
                  || ending.reason() == ReasonCode.MEMBERS_FAILED;
          case TIMED_OUT -> retry.onTimeout() && ending.reason() == ReasonCode.RUN_TIMEOUT;
          case LOST -> retry.onLost();
          default -> false;
        };
    return attemptsLeft && wanted;
  }

  private static Step step(RunRow run, RunEvent event, Standing next, List<Step.Note> notes) {
    return new Step(run, event, run.with(moved(run, event, next)), notes, Optional.empty());
  }

  private static Standing moved(RunRow run, RunEvent event, Standing next) {
    RunState to =
        RunTransitions.next(run.state(), event)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "run " + run.id() + ": " + event + " is not allowed in " + run.state()));
    return next.edit().state(to).done();
  }

  private static Step.Note note(RunEvent kind, ReasonCode reason, String detail) {
    return new Step.Note(kind, Optional.of(reason), detail, "");
  }

  private static Optional<Instant> earlier(Optional<Instant> a, Optional<Instant> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.or(() -> b);
    }
    return a.get().isBefore(b.get()) ? a : b;
  }
}
