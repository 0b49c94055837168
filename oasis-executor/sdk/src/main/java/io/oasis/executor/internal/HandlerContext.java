package io.oasis.executor.internal;

import io.oasis.executor.Cancellation;
import io.oasis.executor.LogStream;
import io.oasis.executor.RunContext;
import io.oasis.executor.v1.Assign;
import io.oasis.executor.v1.Progress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What a handler sees of its {@link RunTask}. */
final class HandlerContext implements RunContext {
  private final RunTask task;
  private final Assign assign;
  private final Runnable onProgress;

  HandlerContext(RunTask task, Runnable onProgress) {
    this.task = task;
    this.assign = task.assign;
    this.onProgress = onProgress;
  }

  @Override
  public long runId() {
    return task.key.runId();
  }

  @Override
  public String job() {
    return assign.getJob();
  }

  @Override
  public String handler() {
    return assign.getHandler();
  }

  @Override
  public Map<String, String> params() {
    return task.params();
  }

  @Override
  public int attempt() {
    return task.key.attempt();
  }

  @Override
  public long epoch() {
    return task.key.epoch();
  }

  @Override
  public int shardIndex() {
    return Math.max(0, task.key.member() - 1);
  }

  @Override
  public int shardTotal() {
    return Math.max(1, assign.getMemberCount());
  }

  @Override
  public Instant nominalAt() {
    return WireTime.instant(assign.getNominalAt());
  }

  @Override
  public Optional<Instant> deadline() {
    return assign.hasTimeout()
        ? Optional.of(task.startedAt.plus(WireTime.duration(assign.getTimeout())))
        : Optional.empty();
  }

  @Override
  public String trigger() {
    return assign.getTrigger();
  }

  @Override
  public int revision() {
    return assign.getRevision();
  }

  @Override
  public Cancellation cancellation() {
    return task.cancel;
  }

  @Override
  public void log(LogStream stream, String text) {
    task.log.append(
        switch (stream) {
          case HANDLER -> io.oasis.executor.v1.LogStream.LOG_STREAM_HANDLER;
          case STDOUT -> io.oasis.executor.v1.LogStream.LOG_STREAM_STDOUT;
          case STDERR -> io.oasis.executor.v1.LogStream.LOG_STREAM_STDERR;
          case SYSTEM -> io.oasis.executor.v1.LogStream.LOG_STREAM_SYSTEM;
        },
        text);
  }

  @Override
  public void progress(int percent, String text) {
    String words =
        text == null
            ? ""
            : TextLimit.oneLine(task.blackout().apply(text), 500).replace('\0', '\uFFFD');
    task.progress.set(
        Progress.newBuilder()
            .setRun(assign.getRun())
            .setPercent(Math.max(0, Math.min(100, percent)))
            .setMessage(words)
            .build());
    onProgress.run();
  }
}
