package io.oasis.executor.internal;

import io.oasis.executor.Handler;
import io.oasis.executor.v1.Accepted;
import io.oasis.executor.v1.Ack;
import io.oasis.executor.v1.Assign;
import io.oasis.executor.v1.Cancel;
import io.oasis.executor.v1.ExecutorMessage;
import io.oasis.executor.v1.Fenced;
import io.oasis.executor.v1.LogAck;
import io.oasis.executor.v1.RejectReason;
import io.oasis.executor.v1.Rejected;
import io.oasis.executor.v1.RunRef;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every run that was handed over to this process and about which something may still be said: one
 * {@link RunTask} each. Loop thread only.
 *
 * <p>A hand-over starts at most once (FN3), also when its Assign comes again after its end. Of two
 * epochs of the same work the older is stopped before the newer starts (FN4).
 */
final class RunBoard {
  private static final Logger LOG = LoggerFactory.getLogger("io.oasis.executor");
  private static final int REMEMBERED = 10_000;
  private static final Duration SAY_AGAIN = Duration.ofSeconds(5);
  private static final Duration LOG_PATIENCE = Duration.ofSeconds(30);

  private final Settings settings;
  private final Outbound out;
  private final LogPump pump;
  private final Workshop workshop;
  private final Runnable onQuieter;
  private final TaskIndex tasks = new TaskIndex();
  private final Map<HandOver, Boolean> forgotten =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<HandOver, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };
  private int busy;
  private boolean draining;

  /**
   * Makes an empty board.
   *
   * @param onQuieter called whenever a run has ended or was forgotten
   */
  RunBoard(Settings settings, Outbound out, LogPump pump, Workshop workshop, Runnable onQuieter) {
    this.settings = settings;
    this.out = out;
    this.pump = pump;
    this.workshop = workshop;
    this.onQuieter = onQuieter;
  }

  int busySlots() {
    return busy;
  }

  boolean isDraining() {
    return draining;
  }

  /** Whether everything that has ended is committed. */
  boolean isSettled() {
    return tasks.all().stream().noneMatch(RunTask::isFinished);
  }

  List<RunRef> inFlight() {
    return tasks.all().stream()
        .filter(RunTask::isSpokenOf)
        .map(task -> task.assign.getRun())
        .toList();
  }

  void drain() {
    draining = true;
  }

  /** A new stream: what nobody has confirmed is said again. */
  void reconnected() {
    for (RunTask task : tasks.all()) {
      task.log.rewind();
      if (!task.isSpokenOf()) {
        pump.offer(task);
      } else if (task.isFinished()) {
        sayFinished(task);
      } else if (task.isStarted()) {
        sayAccepted(task);
        pump.offer(task);
      }
    }
  }

  /** Says again what was said a while ago on this stream and is still not confirmed. */
  void sayAgain() {
    long now = workshop.nanoTime();
    for (RunTask task : tasks.all()) {
      if (task.log.isStalled(LOG_PATIENCE)) {
        task.log.rewind();
        pump.offer(task);
      }
      boolean unconfirmed = task.isFinished() && !task.finishedAcked;
      if (unconfirmed && now - task.saidNanos >= SAY_AGAIN.toNanos()) {
        sayFinished(task);
      }
    }
  }

  void assign(Assign assign) {
    HandOver key = HandOver.of(assign.getRun());
    RunTask known = tasks.get(key);
    if (known != null) {
      repeat(known);
      return;
    }
    List<RunTask> sameWork = tasks.sameWork(key);
    boolean outdated = sameWork.stream().anyMatch(other -> other.key.epoch() > key.epoch());
    if (outdated || forgotten.containsKey(key)) {
      LOG.debug("{} is over here, its Assign is ignored", key);
      return;
    }
    sameWork.forEach(older -> abandon(older, "handed over again with epoch " + key.epoch()));
    int others = busy - (int) sameWork.stream().filter(this::isBusy).count();
    Handler handler = settings.handlers().get(assign.getHandler());
    if (draining) {
      reject(assign.getRun(), RejectReason.REJECT_REASON_DRAINING, "the executor is draining");
    } else if (handler == null) {
      String text = "no handler \"" + assign.getHandler() + "\" here";
      reject(assign.getRun(), RejectReason.REJECT_REASON_NO_HANDLER, text);
    } else if (others >= settings.slots()) {
      String text = "all " + settings.slots() + " slots are taken";
      reject(assign.getRun(), RejectReason.REJECT_REASON_NO_SLOT, text);
    } else {
      RunTask task = workshop.task(assign, handler, pump, this::ended);
      tasks.add(task);
      startIfFree(task);
    }
  }

  /** Does not take a hand-over; one that is here already goes on. */
  void refuse(Assign assign, String why) {
    HandOver key = HandOver.of(assign.getRun());
    if (tasks.get(key) != null) {
      assign(assign);
      return;
    }
    LOG.info("{} is refused: {}", key, why);
    forgotten.put(key, Boolean.TRUE);
    reject(assign.getRun(), RejectReason.REJECT_REASON_UNSPECIFIED, why);
  }

  void cancel(Cancel cancel) {
    HandOver key = HandOver.of(cancel.getRun());
    RunTask task = tasks.get(key);
    if (task == null) {
      // The server waits for an answer. Should the Assign still come, it is too late.
      forgotten.put(key, Boolean.TRUE);
      reject(cancel.getRun(), RejectReason.REJECT_REASON_UNSPECIFIED, "it is not running here");
      return;
    }
    if (task.isFinished()) {
      LOG.debug("{} has ended, its Cancel is ignored", key);
      return;
    }
    String reason = cancel.getReason().isEmpty() ? "cancelled" : cancel.getReason();
    stop(task, RunTask.Stop.CANCEL, reason, WireTime.duration(cancel.getGrace()));
    if (!task.isStarted()) {
      task.log.close();
      conclude(task, new Completion.Returned(""));
    }
  }

  void acked(Ack ack) {
    for (RunRef ref : ack.getFinishedList()) {
      RunTask task = tasks.get(HandOver.of(ref));
      if (task != null && task.isFinished()) {
        task.finishedAcked = true;
        forgetIfDone(task);
      }
    }
    for (LogAck logs : ack.getLogsList()) {
      RunTask task = tasks.get(HandOver.of(logs.getRun()));
      if (task != null) {
        task.log.ack(logs.getSeq());
        pump.offer(task);
        forgetIfDone(task);
      }
    }
  }

  void fenced(Fenced fenced) {
    RunTask task = tasks.get(HandOver.of(fenced.getRun()));
    if (task != null) {
      abandon(task, fenced.getReason().isEmpty() ? "fenced" : "fenced: " + fenced.getReason());
    }
  }

  /** The lease is over: another node may soon be given what the server gives up (FN7). */
  void stopPartitioned(Duration grace) {
    List<RunTask> running = tasks.all().stream().filter(this::isBusy).toList();
    List<RunTask> stopping =
        running.stream().filter(task -> task.assign.getStopWhenPartitioned()).toList();
    LOG.warn(
        "no server was reached in time; runs stopped because they may start elsewhere: {}; runs that"
            + " go on: {}",
        stopping.size(),
        running.size() - stopping.size());
    for (RunTask task : stopping) {
      stop(task, RunTask.Stop.PARTITIONED, "stopped: no server was reached in time", grace);
    }
  }

  /** Stops what still runs and gives it back. */
  void handBack(String reason, Duration grace) {
    for (RunTask task : tasks.all()) {
      if (isBusy(task)) {
        stop(task, RunTask.Stop.HAND_BACK, reason, grace);
      }
    }
  }

  /** Names of the runs whose handlers are still at work. */
  List<HandOver> running() {
    return tasks.all().stream().filter(this::isBusy).map(task -> task.key).toList();
  }

  private void repeat(RunTask known) {
    if (known.isFinished()) {
      sayFinished(known);
    } else if (known.isStarted() && known.stop != RunTask.Stop.ABANDON) {
      sayAccepted(known);
    }
  }

  private void reject(RunRef run, RejectReason reason, String message) {
    Rejected rejected =
        Rejected.newBuilder().setRun(run).setReason(reason).setMessage(message).build();
    out.send(ExecutorMessage.newBuilder().setRejected(rejected).build());
  }

  private void startIfFree(RunTask task) {
    if (tasks.sameWork(task.key).stream().anyMatch(this::isBusy)) {
      return; // starts when the older one has stopped
    }
    busy++;
    task.start(workshop.now(), () -> pump.offer(task));
    sayAccepted(task);
    workshop.execute(task);
  }

  private void ended(RunTask task, Completion completion) {
    busy--;
    conclude(task, completion);
    for (RunTask waiting : tasks.sameWork(task.key)) {
      if (!waiting.isStarted() && !waiting.isFinished()) {
        startIfFree(waiting);
      }
    }
  }

  private void conclude(RunTask task, Completion completion) {
    task.finish(completion, workshop.now(), workshop.limits().resultBytes());
    if (task.stop == RunTask.Stop.ABANDON) {
      forget(task);
      return;
    }
    if (LOG.isInfoEnabled()) {
      String why = task.finished.getMessage();
      LOG.info(
          "{} job={} {} in {} ms{}",
          task.key,
          task.assign.getJob(),
          task.finished.getOutcome().name().substring("OUTCOME_".length()),
          workshop.millisSince(task.startedAt),
          why.isEmpty() ? "" : ": " + why);
    }
    sayFinished(task);
    onQuieter.run();
  }

  private void stop(RunTask task, RunTask.Stop kind, String reason, Duration grace) {
    if (kind.compareTo(task.stop) > 0
        && !(task.stop == RunTask.Stop.CANCEL && kind != RunTask.Stop.ABANDON)) {
      task.stop = kind;
    }
    if (task.cancel.cancel(reason, grace)) {
      task.log.appendSystem("asked to stop: " + reason);
    }
    workshop.interruptAfter(task, grace);
  }

  private void abandon(RunTask task, String reason) {
    boolean running = isBusy(task);
    LOG.info("{} is no longer ours ({})", task.key, reason);
    stop(task, RunTask.Stop.ABANDON, reason, Duration.ZERO);
    if (!running) {
      forget(task);
    }
  }

  private boolean isBusy(RunTask task) {
    return task.isStarted() && !task.isFinished();
  }

  private void forgetIfDone(RunTask task) {
    if (task.finishedAcked && task.log.isAllAcked()) {
      forget(task);
    }
  }

  private void forget(RunTask task) {
    tasks.remove(task);
    forgotten.put(task.key, Boolean.TRUE);
    onQuieter.run();
  }

  private void sayAccepted(RunTask task) {
    Accepted accepted =
        Accepted.newBuilder()
            .setRun(task.assign.getRun())
            .setStartedAt(WireTime.of(task.startedAt))
            .build();
    out.send(ExecutorMessage.newBuilder().setAccepted(accepted).build());
  }

  private void sayFinished(RunTask task) {
    pump.flush(task);
    task.saidNanos = workshop.nanoTime();
    out.send(ExecutorMessage.newBuilder().setFinished(task.finished).build());
  }
}
