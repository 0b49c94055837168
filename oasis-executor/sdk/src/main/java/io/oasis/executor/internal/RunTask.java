package io.oasis.executor.internal;

import io.oasis.executor.Handler;
import io.oasis.executor.NonRetryableException;
import io.oasis.executor.RunFailedException;
import io.oasis.executor.v1.Assign;
import io.oasis.executor.v1.Finished;
import io.oasis.executor.v1.HandBackReason;
import io.oasis.executor.v1.LogStream;
import io.oasis.executor.v1.Outcome;
import io.oasis.executor.v1.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/**
 * One hand-over from its Assign until everything about it is committed. The loop owns its fields;
 * {@link #run()} is what happens on a slot.
 */
final class RunTask implements Runnable {
  private static final int MESSAGE_CHARS = 2_000;

  /** Why the work was asked to stop; the last three end differently from a plain cancel. */
  enum Stop {
    NONE,
    CANCEL,
    /** No fault of the run: the server is to run it elsewhere. */
    HAND_BACK,
    /** The same, because no server was reached in time. */
    PARTITIONED,
    /** It is not ours any more: nothing is said about it. */
    ABANDON
  }

  final HandOver key;
  final Assign assign;
  final RunLog log;
  final CancelSignal cancel;
  final AtomicReference<Progress> progress = new AtomicReference<>();

  /** Whether the task stands in the pump's queue. */
  final AtomicBoolean offered = new AtomicBoolean();

  private final Handler handler;
  private final Secrets secrets;
  private final BiConsumer<RunTask, Completion> onEnd;
  private HandlerContext context;
  private volatile Map<String, String> params = Map.of();
  private volatile Blackout blackout = Blackout.NONE;
  private Thread thread;
  private boolean interruptAsked;

  Stop stop = Stop.NONE;
  Instant startedAt;
  Finished finished;
  boolean finishedAcked;
  long saidNanos;

  RunTask(
      Assign assign,
      Handler handler,
      RunLog log,
      CancelSignal cancel,
      Secrets secrets,
      BiConsumer<RunTask, Completion> onEnd) {
    this.key = HandOver.of(assign.getRun());
    this.assign = assign;
    this.handler = handler;
    this.log = log;
    this.cancel = cancel;
    this.secrets = secrets;
    this.onEnd = onEnd;
  }

  /** Called by the loop before the task goes to its slot. */
  void start(Instant now, Runnable onProgress) {
    startedAt = now;
    context = new HandlerContext(this, onProgress);
  }

  /** What the handler is given, with the values of secrets. */
  Map<String, String> params() {
    return params;
  }

  /** Hides the values of this run's secrets. */
  Blackout blackout() {
    return blackout;
  }

  boolean isStarted() {
    return startedAt != null;
  }

  boolean isFinished() {
    return finished != null;
  }

  /** Whether the server has still to hear of it; what was abandoned is nobody's business. */
  boolean isSpokenOf() {
    return stop != Stop.ABANDON && !finishedAcked;
  }

  @Override
  public void run() {
    synchronized (this) {
      thread = Thread.currentThread();
      if (interruptAsked) {
        thread.interrupt();
      }
    }
    Completion completion = call();
    synchronized (this) {
      thread = null;
      // An interrupt that came too late must not hit the next run on this thread.
      Thread.interrupted();
    }
    try {
      explain(completion);
    } finally { // whatever words are missing: the run has ended, and its slot is free
      log.close();
      onEnd.accept(this, completion);
    }
  }

  /** Interrupts the handler, also when its slot has not come to it yet. */
  synchronized void interrupt() {
    interruptAsked = true;
    if (thread != null) {
      log.appendSystem("interrupted: there is no time left");
      thread.interrupt();
    }
  }

  /** Decides how the attempt ended. */
  void finish(Completion completion, Instant now, int resultBytes) {
    Finished.Builder end =
        Finished.newBuilder()
            .setRun(assign.getRun())
            .setStartedAt(WireTime.of(startedAt == null ? now : startedAt))
            .setFinishedAt(WireTime.of(now))
            .setLastLogSeq(log.last());
    switch (stop) {
      case CANCEL -> end.setOutcome(Outcome.OUTCOME_CANCELLED).setMessage(stopReason());
      case HAND_BACK, PARTITIONED, ABANDON ->
          end.setOutcome(Outcome.OUTCOME_HANDED_BACK)
              .setHandBackReason(
                  stop == Stop.PARTITIONED
                      ? HandBackReason.HAND_BACK_REASON_PARTITIONED
                      : HandBackReason.HAND_BACK_REASON_DRAINING)
              .setMessage(stopReason());
      case NONE -> {
        if (completion instanceof Completion.Threw threw) {
          end.setOutcome(Outcome.OUTCOME_FAILED)
              .setRetryable(!(threw.failure() instanceof NonRetryableException))
              .setMessage(blackout.apply(describe(threw.failure())));
        } else {
          end.setOutcome(Outcome.OUTCOME_SUCCEEDED);
        }
      }
    }
    if (completion instanceof Completion.Returned returned) {
      String clean = blackout.apply(returned.result()).replace('\0', '\uFFFD');
      end.setResult(TextLimit.bytes(clean, resultBytes));
    }
    finished = end.build();
  }

  private Completion call() {
    try {
      params = secrets.resolve(assign.getParamsMap(), assign.getSecretParamsMap());
      if (assign.getSecretParamsCount() > 0) {
        blackout =
            new Blackout(assign.getSecretParamsMap().keySet().stream().map(params::get).toList());
        log.hide(blackout);
      }
      String result = handler.handle(context);
      return new Completion.Returned(result == null ? "" : result);
    } catch (Throwable t) { // an Error of a handler ends its run, not the executor
      return new Completion.Threw(t);
    }
  }

  private void explain(Completion completion) {
    if (!(completion instanceof Completion.Threw threw)) {
      return;
    }
    Throwable failure = threw.failure();
    boolean plain = failure instanceof RunFailedException && failure.getCause() == null;
    if (plain || cancel.isCancelled()) {
      log.appendSystem("ended with " + describe(failure));
    } else {
      log.append(LogStream.LOG_STREAM_SYSTEM, trace(failure));
    }
  }

  private String stopReason() {
    return TextLimit.oneLine(cancel.reason().orElse("stopped"), MESSAGE_CHARS);
  }

  private static String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    try {
      failure.printStackTrace(new PrintWriter(trace));
    } catch (RuntimeException | Error e) { // its own words cannot be had
      trace.append(failure.getClass().getName());
    }
    return trace.toString();
  }

  /** What it says of itself; empty when it says nothing, or fails to. */
  private static String message(Throwable failure) {
    try {
      return failure.getMessage() == null ? "" : failure.getMessage().replace('\0', '\uFFFD');
    } catch (RuntimeException | Error e) { // the run has to end all the same
      return "";
    }
  }

  private static String describe(Throwable failure) {
    String message = message(failure);
    String name = failure.getClass().getSimpleName();
    if (failure instanceof RunFailedException && !message.isEmpty()) {
      return TextLimit.oneLine(message, MESSAGE_CHARS);
    }
    return TextLimit.oneLine(message.isEmpty() ? name : name + ": " + message, MESSAGE_CHARS);
  }
}
