package io.oasis.executor.testing;

import io.oasis.executor.Cancellation;
import io.oasis.executor.LogStream;
import io.oasis.executor.RunContext;
import io.oasis.executor.internal.CancelSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A {@link RunContext} that remembers what the handler said. Made by {@link TestRun#context()}.
 * Safe to use from several threads.
 */
public final class FakeRunContext implements RunContext {

  /**
   * One line of the log.
   *
   * @param stream where it came from
   * @param text the line without its end
   */
  public record Line(LogStream stream, String text) {}

  private final TestRun run;
  private final List<Line> lines = new ArrayList<>();
  private final CancelSignal signal =
      new CancelSignal(Runnable::run, failure -> log("a cancel hook failed: " + failure));
  private int percent;
  private String progressText = "";

  FakeRunContext(TestRun run) {
    this.run = run;
  }

  /**
   * Asks the handler to stop; hooks are called on the calling thread.
   *
   * @param reason what the handler is told
   * @param grace how long it may still take
   */
  public void cancel(String reason, Duration grace) {
    signal.cancel(reason, grace);
  }

  /** What was logged so far, in order. */
  public synchronized List<Line> lines() {
    return List.copyOf(lines);
  }

  /** The texts of what was logged so far, in order. */
  public List<String> texts() {
    return lines().stream().map(Line::text).toList();
  }

  /**
   * Waits until the handler, which runs on another thread, has logged a line.
   *
   * @param text the whole line
   * @param limit how long to wait at most
   * @return whether it was logged by then
   * @throws InterruptedException when the waiting thread is interrupted
   */
  public synchronized boolean awaitLine(String text, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (lines.stream().noneMatch(line -> line.text().equals(text))) {
      long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }

  /** The newest progress in percent, 0 before the first. */
  public synchronized int percent() {
    return percent;
  }

  /** The newest progress in words, empty before the first. */
  public synchronized String progressText() {
    return progressText;
  }

  @Override
  public long runId() {
    return run.runId;
  }

  @Override
  public String job() {
    return run.job;
  }

  @Override
  public String handler() {
    return "handler";
  }

  @Override
  public Map<String, String> params() {
    return Map.copyOf(run.params);
  }

  @Override
  public int attempt() {
    return run.attempt;
  }

  @Override
  public long epoch() {
    return run.epoch;
  }

  @Override
  public int shardIndex() {
    return run.shardIndex;
  }

  @Override
  public int shardTotal() {
    return run.shardTotal;
  }

  @Override
  public Instant nominalAt() {
    return run.nominalAt;
  }

  @Override
  public Optional<Instant> deadline() {
    return Optional.ofNullable(run.deadline);
  }

  @Override
  public String trigger() {
    return "SCHEDULE";
  }

  @Override
  public int revision() {
    return 1;
  }

  @Override
  public Cancellation cancellation() {
    return signal;
  }

  @Override
  public synchronized void log(LogStream stream, String text) {
    String.valueOf(text).lines().forEach(line -> lines.add(new Line(stream, line)));
    notifyAll();
  }

  @Override
  public synchronized void progress(int newPercent, String text) {
    percent = Math.max(0, Math.min(100, newPercent));
    progressText = text == null ? "" : text;
  }
}
