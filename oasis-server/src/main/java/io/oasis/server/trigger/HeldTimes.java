package io.oasis.server.trigger;

import io.oasis.schedule.Schedule;
import io.oasis.server.job.JobVersion;
import io.oasis.server.lease.Absence;
import io.oasis.server.run.Remark;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which one-time jobs do not fire by themselves (CU12): those whose time passed while no server was
 * there for long. A restored backup looks just so, and then the job has run already.
 */
final class HeldTimes {
  static final String WHY = Remark.HELD_PAST.text();

  private final Supplier<Optional<Absence>> lastAbsence;
  private Optional<Absence> known;

  /** Asks at most once, and only when there is a one-time job that is late. */
  HeldTimes(Supplier<Optional<Absence>> lastAbsence) {
    this.lastAbsence = lastAbsence;
  }

  boolean holds(JobVersion job, Instant dueAt, Instant now) {
    boolean lateOneTime =
        job.spec().schedule() instanceof Schedule.OneTime
            && dueAt.isBefore(now.minus(job.spec().misfire().grace()));
    return lateOneTime && absence().filter(away -> away.swallowed(dueAt)).isPresent();
  }

  private Optional<Absence> absence() {
    if (known == null) {
      known = lastAbsence.get();
    }
    return known;
  }
}
