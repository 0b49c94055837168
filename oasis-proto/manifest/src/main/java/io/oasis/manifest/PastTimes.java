package io.oasis.manifest;

import io.oasis.manifest.Manifest.JobManifest;
import io.oasis.phrase.Saying;
import io.oasis.schedule.Schedule;
import io.oasis.schedule.ScheduleText;
import java.time.Instant;
import java.util.Optional;

/**
 * Refuses one-time schedules whose time is over. The reader cannot do that, because it has no
 * clock. Ask only for jobs that are new or whose {@code at} has changed: a job that already ran may
 * be applied again and again.
 */
public final class PastTimes {
  private PastTimes() {}

  /** The problem of a manifest at a moment; empty when its schedule is right. */
  public static Optional<Problem> check(JobManifest manifest, Instant now) {
    boolean past =
        manifest.spec().schedule() instanceof Schedule.OneTime once
            && once.ifPast() == Schedule.IfPast.REFUSE
            && !once.at().isAfter(now);
    if (!past) {
      return Optional.empty();
    }
    ScheduleText text = ScheduleText.of(manifest.spec().schedule());
    return Optional.of(
        Problem.at(
            manifest.location(),
            "spec.schedule.at",
            Saying.TIME_IS_OVER.of(manifest.describe(), text.text(), text.zone()),
            Saying.CHOOSE_LATER_TIME.of()));
  }
}
