package io.oasis.server.run;

import io.oasis.manifest.JobSpec;
import io.oasis.manifest.Routing;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** When a broadcast is over, and how: pure functions over its members. */
final class BroadcastRules {
  private final RunMachine machine;

  BroadcastRules(RunMachine machine) {
    this.machine = machine;
  }

  /** How a member stands after its node's report; empty when the report says nothing new. */
  static Optional<Member> after(Member member, Report report, Instant now) {
    if (member.state().isFinal()) {
      return Optional.empty();
    }
    return switch (report) {
      case Report.Accepted accepted ->
          member.state() == RunState.DISPATCHED
              ? Optional.of(member.started(now))
              : Optional.empty();
      case Report.Rejected rejected -> Optional.of(refused(member, rejected));
      // Whoever has the node's next stream sends it.
      case Report.Unsent unsent -> Optional.empty();
      case Report.Finished finished -> Optional.of(ended(member, finished.finish(), now));
    };
  }

  private static Member refused(Member member, Report.Rejected report) {
    if (member.state() == RunState.RUNNING) {
      // How far it came is not known, so it is not sent again.
      return member.ended(
          RunState.LOST, Optional.of(ReasonCode.NODE_LOST), ReportRules.takenBack(report));
    }
    // A full node is not a failure: the member waits for a slot there.
    return report.reason() == ReasonCode.NO_FREE_SLOT
        ? member.waiting(report.message())
        : member.ended(RunState.FAILED, Optional.of(report.reason()), report.message());
  }

  private static Member ended(Member member, RunReports.Finish finish, Instant now) {
    Member begun = member.startedAt().isPresent() ? member : member.started(now);
    Member over =
        switch (finish.outcome()) {
          case SUCCEEDED -> begun.ended(RunState.SUCCEEDED, Optional.empty(), finish.message());
          case FAILED ->
              begun.ended(
                  RunState.FAILED, Optional.of(ReasonCode.HANDLER_FAILED), finish.message());
          case CANCELLED ->
              begun.ended(
                  RunState.KILLED, Optional.of(ReasonCode.KILL_REQUESTED), finish.message());
          case HANDED_BACK ->
              begun.ended(RunState.FAILED, Optional.of(ReasonCode.DRAINED), finish.message());
          case PARTITIONED ->
              begun.ended(RunState.FAILED, Optional.of(ReasonCode.PARTITIONED), finish.message());
        };
    return over.leaving(finish.result(), finish.lastLogSeq());
  }

  /**
   * The step of the whole after its members moved; empty when there is none.
   *
   * @param members of all attempts
   */
  Optional<Step> whole(RunRow run, Collection<Member> members, JobSpec spec, Instant now) {
    List<Member> current =
        members.stream().filter(m -> m.handle().epoch() == run.standing().epoch()).toList();
    boolean begun = current.stream().anyMatch(m -> m.state() != RunState.DISPATCHED);
    if (!current.stream().allMatch(m -> m.state().isFinal())) {
      return begun && run.state() == RunState.DISPATCHED
          ? Optional.of(machine.started(run, now, spec.timeouts()))
          : Optional.empty();
    }
    return Optional.of(over(run, members, spec, now));
  }

  private Step over(RunRow run, Collection<Member> members, JobSpec spec, Instant now) {
    Map<Integer, Member> newest = new HashMap<>();
    for (Member member : members) {
      newest.merge(
          member.handle().member(),
          member,
          (a, b) -> a.handle().attempt() >= b.handle().attempt() ? a : b);
    }
    long succeeded = newest.values().stream().filter(m -> m.state() == RunState.SUCCEEDED).count();
    String summary = Remark.MEMBERS.text(succeeded, newest.size());
    if (satisfied(spec.routing().success(), succeeded, newest.size())) {
      return machine.succeeded(run, now, Optional.of(summary), 0);
    }
    String detail =
        newest.values().stream()
            .filter(m -> m.state() != RunState.SUCCEEDED)
            .findFirst()
            .map(m -> "; " + m.nodeId() + ": " + m.message().orElse(m.state().name()))
            .orElse("");
    if (run.state() == RunState.KILLING) {
      ReasonCode why = RunMachine.stopReason(run);
      return why == ReasonCode.RUN_TIMEOUT || why == ReasonCode.TOTAL_TIMEOUT
          ? machine.attemptEnded(
              run, now, RunEvent.TIMED_OUT, Ending.of(why, summary + detail), spec)
          : machine.over(run, now, RunEvent.KILLED, Ending.of(why, summary + detail));
    }
    return machine.attemptEnded(
        run, now, RunEvent.FAILED, Ending.of(ReasonCode.MEMBERS_FAILED, summary + detail), spec);
  }

  /** Whether enough members succeeded; no member at all is never enough. */
  static boolean satisfied(Routing.Success rule, long succeeded, long members) {
    if (members == 0) {
      return false;
    }
    return switch (rule.rule()) {
      case ALL -> succeeded == members;
      case ANY -> succeeded > 0;
      case MIN -> succeeded >= rule.threshold();
      case PERCENT -> succeeded * 100 >= members * rule.threshold();
    };
  }
}
