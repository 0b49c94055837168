package io.oasis.executor.testing;

import io.oasis.executor.Handler;
import io.oasis.executor.NonRetryableException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One attempt of one run, in a unit test.
 *
 * <pre>{@code
 * TestRun.Result run = TestRun.of(new Settle(orders)).param("region", "cn-east").run();
 * assertThat(run.succeeded()).isTrue();
 * assertThat(run.result()).isEqualTo("settled 3 orders");
 * }</pre>
 *
 * <p>Without anything said it is run 1 of the job "test/job", attempt 1, epoch 1, no broadcast, for
 * 2026-01-01T00:00:00Z, without a deadline.
 */
public final class TestRun {
  private final Handler handler;
  final Map<String, String> params = new LinkedHashMap<>();
  long runId = 1;
  String job = "test/job";
  int attempt = 1;
  long epoch = 1;
  int shardIndex;
  int shardTotal = 1;
  Instant nominalAt = Instant.parse("2026-01-01T00:00:00Z");
  Instant deadline;
  private String cancelReason;

  private TestRun(Handler handler) {
    this.handler = handler;
  }

  /** A run of the handler. */
  public static TestRun of(Handler handler) {
    return new TestRun(handler);
  }

  /** Adds a param. */
  public TestRun param(String name, String value) {
    params.put(name, value);
    return this;
  }

  /** Says the run's id. */
  public TestRun runId(long runId) {
    this.runId = runId;
    return this;
  }

  /** Says the job, "app/name". */
  public TestRun job(String job) {
    this.job = job;
    return this;
  }

  /** Says the attempt, from 1, and the epoch. */
  public TestRun attempt(int attempt, long epoch) {
    this.attempt = attempt;
    this.epoch = epoch;
    return this;
  }

  /** Makes it a part of a broadcast: which one, from 0, and of how many. */
  public TestRun shard(int index, int total) {
    this.shardIndex = index;
    this.shardTotal = total;
    return this;
  }

  /** Says the time that the run stands for. */
  public TestRun nominalAt(Instant nominalAt) {
    this.nominalAt = nominalAt;
    return this;
  }

  /** Says when the attempt has to be finished. */
  public TestRun deadline(Instant deadline) {
    this.deadline = deadline;
    return this;
  }

  /** Makes the run one that is already asked to stop when the handler starts, without any grace. */
  public TestRun cancelled(String reason) {
    this.cancelReason = reason;
    return this;
  }

  /** A context for tests that call the handler themselves, in a thread of their own for example. */
  public FakeRunContext context() {
    FakeRunContext context = new FakeRunContext(this);
    if (cancelReason != null) {
      context.cancel(cancelReason, Duration.ZERO);
    }
    return context;
  }

  /** Runs the handler on the calling thread; an exception of it is in the result, not thrown. */
  public Result run() {
    FakeRunContext context = context();
    try {
      String result = handler.handle(context);
      return new Result(result == null ? "" : result, null, context);
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return new Result("", e, context);
    }
  }

  /**
   * What came out.
   *
   * @param result what the handler returned; empty when it returned null or threw
   * @param failure what it threw; null when it returned
   * @param context what it said on its way
   */
  public record Result(String result, Exception failure, FakeRunContext context) {

    /** Whether the handler returned and was not asked to stop. */
    public boolean succeeded() {
      return failure == null && !context.isCancelled();
    }

    /** Whether the server would try again: it failed, and not with NonRetryableException. */
    public boolean isRetryable() {
      return failure != null && !(failure instanceof NonRetryableException);
    }

    /** The lines of the log. */
    public List<String> log() {
      return context.texts();
    }
  }
}
