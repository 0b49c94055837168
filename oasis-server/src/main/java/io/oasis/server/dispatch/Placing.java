package io.oasis.server.dispatch;

import io.oasis.manifest.JobSpec;
import io.oasis.server.database.Tx;
import io.oasis.server.run.Ending;
import io.oasis.server.run.Member;
import io.oasis.server.run.ReasonCode;
import io.oasis.server.run.Remark;
import io.oasis.server.run.Rules;
import io.oasis.server.run.RunEvent;
import io.oasis.server.run.RunMachine;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.Step;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finds a node for a run that may run, and says what follows. One thread at each desk. */
@Singleton
public class Placing {
  private final ServerNodes nodes;
  private final Broadcasts broadcasts;
  private final RunMachine machine;
  private final DispatchConfig config;
  private final Router router;

  public Placing(ServerNodes nodes, Broadcasts broadcasts, Rules rules, DispatchConfig config) {
    this.nodes = nodes;
    this.broadcasts = broadcasts;
    this.machine = rules.machine();
    this.config = config;
    this.router = new Router(new SecureRandom(), nodes::free);
  }

  /**
   * What follows for a run.
   *
   * @param step empty: nothing is written now
   * @param members the parts of a broadcast that is handed over
   * @param waits true when the run waits for a node
   */
  record Placed(Optional<Step> step, List<Member> members, boolean waits) {
    static Placed step(Step step) {
      return new Placed(Optional.of(step), List.of(), false);
    }
  }

  /** What the desk's last batch placed is in the nodes' load by now, or nothing came of it. */
  void newBatch(Router.Desk desk) {
    router.newBatch(desk);
  }

  Placed place(Tx tx, RunRow run, JobSpec spec, Instant now, Router.Desk desk) {
    RunMachine.Limits limits =
        new RunMachine.Limits(now.plus(config.acceptTimeout()), Patience.giveUpAt(run, spec, now));
    return switch (router.route(run, spec, nodes.online(run.origin().appId()), desk)) {
      case Route.To to ->
          Placed.step(
              machine.dispatched(
                  run,
                  now,
                  new RunMachine.Placement(to.node().id(), to.node().serverId(), to.why()),
                  limits));
      case Route.ToAll all -> {
        Broadcasts.Start start = broadcasts.start(tx, run, spec, all.nodes(), now, limits);
        yield new Placed(Optional.of(start.step()), start.members(), false);
      }
      case Route.AllRefused refused -> afterRefusals(run, spec, refused, now);
      case Route.Nowhere nowhere -> nowhere(run, spec, nowhere, now);
    };
  }

  private Placed afterRefusals(RunRow run, JobSpec spec, Route.AllRefused refused, Instant now) {
    ReasonCode why = run.standing().reason().orElse(ReasonCode.NO_ACCEPT);
    if (why == ReasonCode.NO_HANDLER) {
      return Placed.step(
          machine.over(
              run, now, RunEvent.FAILED, Ending.of(why, run.standing().message().orElse(""))));
    }
    String message =
        (refused.nodes() == 1
                ? Remark.ONE_REFUSED.text()
                : Remark.ALL_REFUSED.text(refused.nodes()))
            + "; "
            + Remark.LAST.text(run.standing().message().orElse(why.name()));
    ReasonCode said = why == ReasonCode.NO_FREE_SLOT ? why : ReasonCode.NO_ACCEPT;
    Step step =
        machine.waitsAfterRefusals(
            run,
            said,
            message,
            Patience.askAgain(run, spec, now),
            Patience.giveUpAt(run, spec, now));
    return new Placed(Optional.of(step), List.of(), true);
  }

  private Placed nowhere(RunRow run, JobSpec spec, Route.Nowhere nowhere, Instant now) {
    boolean known = run.standing().reason().equals(Optional.of(nowhere.reason()));
    if (nowhere.reason() == ReasonCode.NO_HANDLER && known) {
      Instant end = Patience.since(run, spec, now).plus(config.handlerPatience());
      if (!now.isBefore(end)) {
        Ending ending = Ending.of(ReasonCode.NO_HANDLER, nowhere.message());
        return Placed.step(machine.over(run, now, RunEvent.FAILED, ending));
      }
    }
    // That all slots are taken is the ordinary life of a busy app: the run is tried again as soon
    // as one is free, and nothing is written about it before its hand-over lease ends. Only when
    // nodes of the app hang on other servers do those have to know of it.
    Instant lookAgain = Patience.lookAgain(run, spec, now, config.retryInterval());
    boolean silent =
        nowhere.reason() == ReasonCode.NO_FREE_SLOT
            && (known
                ? isSoonEnough(run, now, lookAgain)
                : isFresh(run, now) && !nodes.anyElsewhere(run.origin().appId()));
    if (silent) {
      return new Placed(Optional.empty(), List.of(), true);
    }
    Step step =
        machine.waits(
            run, nowhere.reason(), nowhere.message(), lookAgain, Patience.giveUpAt(run, spec, now));
    return new Placed(Optional.of(step), List.of(), true);
  }

  /** Whether its next look is about when it should be, so that its row need not be written. */
  private static boolean isSoonEnough(RunRow run, Instant now, Instant wanted) {
    Instant half = now.plus(Duration.between(now, wanted).dividedBy(2));
    return run.standing().wakeAt().filter(at -> !at.isBefore(half)).isPresent();
  }

  /** Whether its first hand-over lease still lasts. */
  private boolean isFresh(RunRow run, Instant now) {
    return run.standing().epoch() == 0 && !now.isAfter(run.cameAt().plus(config.handOverLease()));
  }
}
