package io.oasis.server.run;

import io.oasis.server.job.JobVersion;
import java.time.Instant;
import java.util.Optional;

/**
 * A run as the engine works with it: what never changes of it, and where it stands.
 *
 * @param id of the run
 * @param nominalAt the time that it stands for; leads to its partition
 * @param origin what it was made from
 * @param standing where it is now
 */
public record RunRow(long id, Instant nominalAt, Origin origin, Standing standing) {

  /**
   * What a run was made from.
   *
   * @param jobUid its job
   * @param appId the job's app
   * @param revision of the job
   * @param trigger why it exists
   * @param params all its params as JSON; empty: those of the revision
   * @param createdAt when its row was written
   * @param maxAttempts the most attempts that there can be
   * @param forced true when it runs beside the others of its job, whatever the job's blocking says
   */
  public record Origin(
      long jobUid,
      long appId,
      int revision,
      Trigger trigger,
      Optional<String> params,
      Instant createdAt,
      int maxAttempts,
      boolean forced) {

    /** With room for one attempt more, in the place of one that was not the handler's fault. */
    Origin oneMore() {
      return new Origin(
          jobUid, appId, revision, trigger, params, createdAt, maxAttempts + 1, forced);
    }
  }

  /**
   * A run of the schedule as it is when it is written, its time having come before.
   *
   * @param server that hands it over
   * @param now the database's time
   */
  public static RunRow due(long id, NewRun run, String server, Instant now) {
    Origin origin =
        new Origin(
            run.job().id().jobUid(),
            run.job().appId(),
            run.job().id().revision(),
            run.trigger(),
            Optional.empty(),
            now,
            run.job().spec().retry().max() + 1,
            run.forced());
    return new RunRow(id, run.nominalAt().orElse(now), origin, Standing.due(server, now));
  }

  // As a key it is told apart by its id nearly always, and the record's own would ask every part.
  @Override
  public int hashCode() {
    return Long.hashCode(id);
  }

  /** The revision that it was made with. */
  public JobVersion.Id version() {
    return new JobVersion.Id(origin.jobUid(), origin.revision());
  }

  /** Its state now. */
  public RunState state() {
    return standing.state();
  }

  /** Whether it waits for a person's word. */
  public boolean isHeld() {
    return state() == RunState.QUEUED
        && standing.reason().equals(Optional.of(ReasonCode.HELD))
        && standing.wakeAt().isEmpty();
  }

  /** When its time came: its nominal time, or when it was written if that was later. */
  public Instant cameAt() {
    return nominalAt.isAfter(origin.createdAt()) ? nominalAt : origin.createdAt();
  }

  /** Names the hand-over that it is in. */
  public RunHandle handle() {
    return new RunHandle(id, nominalAt, standing.attempt(), standing.epoch(), 0);
  }

  /** The same run standing elsewhere. */
  public RunRow with(Standing next) {
    return new RunRow(id, nominalAt, origin, next);
  }
}
