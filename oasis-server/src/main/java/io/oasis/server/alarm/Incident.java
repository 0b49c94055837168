package io.oasis.server.alarm;

import io.oasis.manifest.Alarm;
import io.oasis.manifest.JobKey;
import io.oasis.manifest.Owner;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * One trouble of one job, from its first failure to the success that ends it.
 *
 * @param id as users see it
 * @param job what it is about
 * @param kind of trouble
 * @param openedAt when the first failure was final
 * @param failures how many there have been
 * @param firstRun the first run that failed
 * @param last the newest failure
 * @param acknowledged who has taken it on
 * @param resolved how it ended; empty: it is open
 */
public record Incident(
    long id,
    Subject job,
    Alarm.Event kind,
    Instant openedAt,
    long failures,
    long firstRun,
    Failure last,
    Optional<Acknowledgement> acknowledged,
    Optional<Resolution> resolved) {

  /** Where an incident stands. */
  public enum State {
    /** It goes on, and repeats are told. */
    OPEN,
    /** It goes on, and somebody has taken it on: no repeats. */
    ACKNOWLEDGED,
    /** It is over. */
    RESOLVED
  }

  /**
   * The job that an incident is about, as it is now.
   *
   * @param key app and name, also of a job that is deleted by now
   * @param title for people
   * @param owner the job's own, or else its app's
   * @param zone of its schedule; empty: it has none
   */
  public record Subject(JobKey key, String title, Owner owner, Optional<ZoneId> zone) {}

  /**
   * A failure.
   *
   * @param run its run
   * @param at when it was final
   * @param reason a code
   * @param message one line for people
   */
  public record Failure(long run, Instant at, Optional<String> reason, Optional<String> message) {}

  /** Somebody has taken it on. */
  public record Acknowledgement(Instant at, String by) {}

  /**
   * It is over.
   *
   * @param run the run that succeeded; empty: the job is deleted, or has no alarms any more
   */
  public record Resolution(Instant at, Optional<Long> run) {}

  /** Where it stands. */
  public State state() {
    if (resolved.isPresent()) {
      return State.RESOLVED;
    }
    return acknowledged.isPresent() ? State.ACKNOWLEDGED : State.OPEN;
  }
}
