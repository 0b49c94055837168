package io.oasis.server.verify;

import io.oasis.manifest.JobKey;
import io.oasis.schedule.Stretch;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Why a job ran, ran late or did not run at one time.
 *
 * @param job app and name
 * @param at the time that was asked about
 * @param zone of the job's schedule; texts speak of its local times
 * @param verdict what became of it
 * @param summary one or two sentences for people
 * @param revision that was in force
 * @param runId of the run, or of the row that stands for a stretch
 * @param stretch set when the time is one of several in one row
 * @param lines what happened, oldest first
 * @param before the nominal time before, for a time that is none
 * @param after the nominal time after, for a time that is none
 */
public record Explanation(
    JobKey job,
    Instant at,
    ZoneId zone,
    Verdict verdict,
    String summary,
    Optional<Integer> revision,
    Optional<Long> runId,
    Optional<Stretch> stretch,
    List<Line> lines,
    Optional<Line> before,
    Optional<Line> after) {

  /** What became of a time. */
  public enum Verdict {
    RAN,
    RAN_LATE,
    /** It reached a node, and ended badly. */
    RAN_BADLY,
    /** It is under way. */
    RUNNING,
    /** It waits. */
    WAITING,
    DID_NOT_RUN,
    /** The time has not come. */
    NOT_YET,
    /** The job does not fire at that time. */
    NO_SUCH_TIME,
    /** There was no such job at that time. */
    NO_JOB,
    /** The ledger should say something, and does not. */
    GAP
  }

  /** Something that happened, and when. */
  public record Line(Instant at, String text) {}
}
