package io.oasis.server.run;

import io.oasis.manifest.JobKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A run as the log center shows it: one row of the ledger with the names that belong to it.
 *
 * @param id as users see it
 * @param job app and name, also of a job that is deleted by now
 * @param jobTitle for people
 * @param state now
 * @param reason why it is in this state, a code
 * @param message one line for people
 * @param trigger why it exists
 * @param triggeredBy who, for a run that is not the schedule's
 * @param times its points in time
 * @param attempt the current attempt, from 1
 * @param maxAttempts the most that there can be
 * @param node the current or last node
 * @param handler that it calls
 * @param routing word of the routing strategy, for example {@code round-robin}
 * @param blocking word of the blocking strategy
 * @param revision of the job that it was made with
 * @param params what the handler is given
 * @param progress what the handler last said of its progress
 * @param rerunOf the run that it repeats
 * @param memberCount members of a broadcast, else 0
 * @param stretch set for a row that stands for several nominal times
 * @param lastLogSeq number of the last log line of the current attempt
 */
public record RunView(
    long id,
    JobKey job,
    String jobTitle,
    RunState state,
    Optional<String> reason,
    Optional<String> message,
    Trigger trigger,
    Optional<String> triggeredBy,
    Times times,
    int attempt,
    int maxAttempts,
    Optional<String> node,
    String handler,
    String routing,
    String blocking,
    int revision,
    Map<String, String> params,
    Optional<Progress> progress,
    Optional<Long> rerunOf,
    int memberCount,
    Optional<Stretch> stretch,
    long lastLogSeq) {

  /**
   * The points in time of a run, all by the database's clock.
   *
   * @param nominal the time that the run stands for
   * @param created when its row was written
   * @param dispatched when the current attempt was handed over
   * @param started when the current attempt began
   * @param finished when it became final
   */
  public record Times(
      Instant nominal,
      Instant created,
      Optional<Instant> dispatched,
      Optional<Instant> started,
      Optional<Instant> finished) {

    /** From start to finish of the last attempt; empty while it has not started or not ended. */
    public Optional<Duration> duration() {
      return started.flatMap(s -> finished.map(f -> Duration.between(s, f)));
    }

    /** From the nominal time to the hand-over; empty before that. */
    public Optional<Duration> lateness() {
      return dispatched.map(d -> Duration.between(nominal, d));
    }
  }

  /**
   * What the handler said of its progress.
   *
   * @param percent 0–100
   * @param text one line, may be empty
   */
  public record Progress(int percent, String text) {}

  /**
   * Several nominal times in one row.
   *
   * @param from the first of them
   * @param to the last of them
   * @param count how many
   */
  public record Stretch(Instant from, Instant to, long count) {}
}
