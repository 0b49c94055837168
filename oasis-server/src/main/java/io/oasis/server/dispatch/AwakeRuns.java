package io.oasis.server.dispatch;

import io.oasis.manifest.JobSpec;
import io.oasis.server.app.NodeStore;
import io.oasis.server.database.Tx;
import io.oasis.server.job.JobVersion;
import io.oasis.server.job.JobVersions;
import io.oasis.server.run.Ending;
import io.oasis.server.run.MemberStore;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.Remark;
import io.oasis.server.run.Rules;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.RunState;
import io.oasis.server.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What follows for runs that somebody has to look at. Of those in the queue only a few are kept
 * from going on here; the dispatcher does the rest.
 */
@ApplicationScoped
public class AwakeRuns {
  /** A node that does not confirm a stop is asked again after this. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

  private final Rules rules;
  private final MemberStore members;
  private final NodeStore nodes;
  private final JobVersions versions;
  private final AfterAbsence afterAbsence;
  private final DispatchConfig config;

  public AwakeRuns(
      Rules rules,
      MemberStore members,
      NodeStore nodes,
      JobVersions versions,
      AfterAbsence afterAbsence,
      DispatchConfig config) {
    this.rules = rules;
    this.members = members;
    this.nodes = nodes;
    this.versions = versions;
    this.afterAbsence = afterAbsence;
    this.config = config;
  }

  List<Step> follow(Tx tx, List<RunRow> awake, Instant at) {
    Map<JobVersion.Id, JobVersion> known =
        versions.get(tx, awake.stream().map(RunRow::version).toList());
    List<RunRow> queued = awake.stream().filter(r -> r.state() == RunState.QUEUED).toList();
    List<Step> steps = new ArrayList<>(afterAbsence.judge(tx, queued, known, at).values());
    List<RunRow> broadcasts = new ArrayList<>();
    Set<String> gone = goneFromStops(tx, awake);
    for (RunRow run : awake) {
      JobSpec spec = JobVersion.specOf(known.get(run.version()));
      Optional<Step> step =
          run.standing().nodeId().filter(gone::contains).isPresent()
                  && run.state() == RunState.KILLING
              ? Optional.of(rules.reports().lost(run, at, spec, Remark.NODE_GONE.text()))
              : alone(run, spec, at);
      step.ifPresent(steps::add);
      // One step for a run: the members of one that is to stop are looked at next time.
      if (step.isEmpty() && run.state().isOnNode() && run.standing().memberCount() > 0) {
        broadcasts.add(run);
      }
    }
    List<Step> ofMembers = silentMembers(tx, broadcasts, known, at);
    steps.addAll(ofMembers);
    Set<Long> moved = ofMembers.stream().map(s -> s.before().id()).collect(Collectors.toSet());
    broadcasts.stream()
        .filter(run -> run.state() == RunState.KILLING && !moved.contains(run.id()))
        .map(run -> uncooperative(run, at))
        .forEach(steps::add);
    return steps;
  }

  /**
   * Nodes that went and cannot confirm a stop any more. A node that ends in good order knows of no
   * run, but may have been sent one just before that never reached it.
   */
  private Set<String> goneFromStops(Tx tx, List<RunRow> awake) {
    Set<String> asked =
        awake.stream()
            .filter(run -> run.state() == RunState.KILLING)
            .flatMap(run -> run.standing().nodeId().stream())
            .collect(Collectors.toSet());
    return nodes.gone(tx, asked);
  }

  /** What follows from the run's own row; of a broadcast its members say the rest. */
  private Optional<Step> alone(RunRow run, JobSpec spec, Instant at) {
    boolean broadcast = run.standing().memberCount() > 0;
    if (run.state() == RunState.RUNNING) {
      return deadline(run, spec, at);
    }
    if (run.state() == RunState.DISPATCHED && !broadcast) {
      return Optional.of(
          rules.machine().rejected(run, at, ReasonCode.NO_ACCEPT, Remark.NO_ANSWER.text()));
    }
    if (run.state() == RunState.KILLING && !broadcast) {
      return Optional.of(uncooperative(run, at));
    }
    return Optional.empty();
  }

  private Step uncooperative(RunRow run, Instant at) {
    return rules.machine().uncooperative(run, stubborn(run), at.plus(ASK_AGAIN));
  }

  private static String stubborn(RunRow run) {
    if (run.standing().reason().equals(Optional.of(ReasonCode.UNCOOPERATIVE))) {
      return run.standing().message().orElse("");
    }
    return run.standing().message().map(why -> why + "; ").orElse("") + Remark.NOT_CONFIRMED.text();
  }

  private Optional<Step> deadline(RunRow run, JobSpec spec, Instant at) {
    if (run.standing().deadlineAt().filter(d -> !d.isAfter(at)).isEmpty()) {
      return Optional.empty();
    }
    boolean total =
        spec.timeouts().total().filter(t -> !run.cameAt().plus(t).isAfter(at)).isPresent();
    long seconds = spec.timeouts().run().map(Duration::toSeconds).orElse(0L);
    Ending ending =
        total
            ? Ending.of(ReasonCode.TOTAL_TIMEOUT, Remark.ALL_TOO_LONG.text())
            : Ending.of(ReasonCode.RUN_TIMEOUT, Remark.TIMEOUT.text(seconds));
    return Optional.of(rules.machine().killAsked(run, at, ending, spec.timeouts().killGrace()));
  }

  private List<Step> silentMembers(
      Tx tx, List<RunRow> broadcasts, Map<JobVersion.Id, JobVersion> known, Instant at) {
    Set<RunHandle> leftBehind = members.leftBehind(tx, broadcasts);
    return rules
        .members()
        .end(
            tx,
            broadcasts,
            at,
            (run, member) -> {
              if (member.state() != RunState.DISPATCHED) {
                return Optional.empty();
              }
              if (member.waits() && run.state() == RunState.KILLING) {
                return Optional.of(
                    member.ended(
                        RunState.KILLED, run.standing().stopReason(), Remark.NOT_SENT.text()));
              }
              if (leftBehind.contains(member.handle())) {
                return Optional.of(
                    member.ended(
                        RunState.LOST,
                        Optional.of(ReasonCode.NODE_LOST),
                        Remark.WENT_BEFORE_SLOT.text()));
              }
              JobSpec spec = JobVersion.specOf(known.get(run.version()));
              return member.tooLate(at, config.acceptTimeout(), spec.timeouts().queue());
            });
  }
}
