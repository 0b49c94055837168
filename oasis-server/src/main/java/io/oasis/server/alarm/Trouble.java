package io.oasis.server.alarm;

import io.oasis.manifest.Alarm;
import io.oasis.server.job.JobVersion;
import io.oasis.server.run.NewStretch;
import io.oasis.server.run.RunRow;
import java.time.Instant;
import java.util.Optional;

/**
 * One or more failures of one kind of one job, in one batch.
 *
 * @param key which job and kind
 * @param job the revision of the newest failure
 * @param failures how many
 * @param firstRun the first run that failed
 * @param lastRun the newest one
 * @param at when that was final
 * @param why of the newest failure
 */
record Trouble(
    Key key, JobVersion job, long failures, long firstRun, long lastRun, Instant at, Why why) {

  /** What an incident is unique by while it is open. */
  record Key(long jobUid, Alarm.Event kind) {}

  /** A reason code, and one line for people. */
  record Why(Optional<String> reason, Optional<String> message) {}

  static Trouble of(AlarmWriter.Ended ended) {
    RunRow run = ended.run();
    return new Trouble(
        new Key(ended.job().id().jobUid(), ended.trouble().orElseThrow()),
        ended.job(),
        1,
        run.id(),
        run.id(),
        ended.at(),
        new Why(run.standing().reason().map(Enum::name), run.standing().message()));
  }

  /** Times that were not fired; the newest of them stands for when it happened. */
  static Trouble missed(NewStretch stretch, long run) {
    return new Trouble(
        new Key(stretch.job().id().jobUid(), Alarm.Event.MISSED),
        stretch.job(),
        stretch.count(),
        run,
        run,
        stretch.to(),
        new Why(Optional.of(stretch.reason().name()), Optional.empty()));
  }

  /** This one and a later one as one. */
  Trouble and(Trouble later) {
    return new Trouble(
        key, later.job, failures + later.failures, firstRun, later.lastRun, later.at, later.why);
  }
}
