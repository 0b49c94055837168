package io.oasis.server.dispatch;

import io.oasis.schedule.Schedule;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.lease.Absence;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.run.Ending;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.Remark;
import io.oasis.server.run.Rules;
import io.oasis.server.run.RunEvent;
import io.oasis.server.run.RunMachine;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.Step;
import io.oasis.server.run.Trigger;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of scheduled runs that waited already before no server was there for long (CU12). A
 * restored backup has them, although they may have run after it was taken: those of one-time jobs
 * wait for a person, others run only within the misfire window.
 */
@ApplicationScoped
public class AfterAbsence {
  private static final String WHY = Remark.HELD_WAITING.text();

  private final ServerMembership membership;
  private final RunMachine machine;

  public AfterAbsence(ServerMembership membership, Rules rules) {
    this.membership = membership;
    this.machine = rules.machine();
  }

  /** Steps for those that must not go on by themselves, by run. */
  Map<Long, Step> judge(
      Tx tx, Collection<RunRow> queued, Map<JobVersion.Id, JobVersion> versions, Instant now) {
    if (queued.stream().noneMatch(run -> run.origin().trigger() == Trigger.SCHEDULE)) {
      return Map.of();
    }
    Optional<Absence> away = membership.lastAbsence(tx);
    Map<Long, Step> steps = new HashMap<>();
    away.ifPresent(
        absence ->
            queued.stream()
                .filter(run -> run.origin().trigger() == Trigger.SCHEDULE)
                .filter(run -> !run.origin().createdAt().isAfter(absence.from()))
                .forEach(
                    run ->
                        judge(run, versions.get(run.version()), now)
                            .ifPresent(step -> steps.put(run.id(), step))));
    return steps;
  }

  private Optional<Step> judge(RunRow run, JobVersion job, Instant now) {
    if (job == null || !job.isReadable()) {
      return Optional.empty();
    }
    if (job.spec().schedule() instanceof Schedule.OneTime) {
      return Optional.of(machine.held(run, WHY));
    }
    boolean old = run.nominalAt().isBefore(now.minus(job.spec().misfire().window()));
    return old
        ? Optional.of(
            machine.over(
                run,
                now,
                RunEvent.CANCELLED,
                Ending.of(ReasonCode.WINDOW, Remark.WINDOW_AFTER_ABSENCE.text())))
        : Optional.empty();
  }
}
