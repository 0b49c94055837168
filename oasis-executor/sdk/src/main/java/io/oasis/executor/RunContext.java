package io.oasis.executor;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One attempt of one run, as its handler sees it. Safe to use from several threads. What is said
 * after the handler has ended is dropped.
 */
public interface RunContext {

  /** The run's id, as people see it in the log center. */
  long runId();

  /** "app/name" of the job. */
  String job();

  /** Name of the handler that was asked for. */
  String handler();

  /** The job's params with what the trigger has overridden; never null, cannot be changed. */
  Map<String, String> params();

  /** 1 for the first try, raised by each retry. */
  int attempt();

  /**
   * The fence: raised by each hand-over of the run to a node. Of two copies of a run the one with
   * the higher epoch counts, so a store that keeps the epoch of its last writer can refuse an older
   * one.
   */
  long epoch();

  /** Broadcast: which part this is, counted from 0. 0 for every run that is no broadcast. */
  int shardIndex();

  /** Broadcast: how many parts there are. 1 for every run that is no broadcast. */
  int shardTotal();

  /** The time that the run stands for, which may be earlier than now. */
  Instant nominalAt();

  /** When this attempt has to be finished; empty when the job has no timeout. */
  Optional<Instant> deadline();

  /** Why the run exists: SCHEDULE, MANUAL, API, RERUN or a later addition. */
  String trigger();

  /** Revision of the job that the run was made with. */
  int revision();

  /** Tells when the run is to stop. */
  Cancellation cancellation();

  /**
   * Adds to the run's log. Text with line ends becomes several lines; very long lines are cut.
   * While the server cannot keep up this may wait a moment, and it never throws.
   *
   * @param text what to say; null is taken as "null"
   */
  default void log(String text) {
    log(LogStream.HANDLER, text);
  }

  /**
   * Adds to the run's log under another stream, for handlers that start processes.
   *
   * @param stream where the text came from
   * @param text what to say
   */
  void log(LogStream stream, String text);

  /**
   * Says how far the handler is. Cheap: only the newest one is sent.
   *
   * @param percent 0–100; other numbers are moved into that range
   * @param text one line for people; may be empty or null
   */
  void progress(int percent, String text);

  /** Whether the run is to stop; the same as {@code cancellation().isCancelled()}. */
  default boolean isCancelled() {
    return cancellation().isCancelled();
  }

  /**
   * The value of a param that has to be there.
   *
   * @param name the param's name
   * @return its value, never null
   * @throws NonRetryableException when there is no such param
   */
  default String param(String name) {
    String value = params().get(name);
    if (value == null) {
      throw new NonRetryableException("params." + name + " is missing");
    }
    return value;
  }

  /**
   * The value of a param, or a default.
   *
   * @param name the param's name
   * @param fallback what to take when there is no such param; may be null
   */
  default String param(String name, String fallback) {
    return params().getOrDefault(name, fallback);
  }
}
