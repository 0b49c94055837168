package io.oasis.server.dispatch;

import io.oasis.server.database.Tx;
import io.oasis.server.database.Wakeups;
import io.oasis.server.run.LedgerListener;
import io.oasis.server.run.ReadyRuns;
import io.oasis.server.run.RunEvent;
import io.oasis.server.run.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Follows the ledger: a run that goes back to the queue comes up again here at its time, a run that
 * is to stop has its node asked, and a slot that a node has free is offered to runs that wait.
 */
@ApplicationScoped
public class RequeuedRuns implements LedgerListener {
  private final ReadyRuns ready;
  private final NodeSender sender;
  private final WaitingRuns waiting;
  private final Wakeups wakeups;

  public RequeuedRuns(ReadyRuns ready, NodeSender sender, WaitingRuns waiting, Wakeups wakeups) {
    this.ready = ready;
    this.sender = sender;
    this.waiting = waiting;
    this.wakeups = wakeups;
  }

  @Override
  public Runnable written(Tx tx, List<Step> steps) {
    List<Step> back =
        steps.stream()
            .filter(
                s ->
                    s.event() == RunEvent.REJECTED
                        || s.event() == RunEvent.HANDED_BACK
                        || s.event() == RunEvent.RETRY_PLANNED)
            .toList();
    List<NodeSender.Stop> stops =
        sender.stops(
            tx,
            steps.stream().filter(s -> s.event() == RunEvent.KILL_ASKED).map(Step::after).toList());
    if (!stops.isEmpty()) {
      wakeups.send(tx, Wakeups.RUNS);
    }
    List<Long> apps =
        steps.stream()
            .filter(Step::leavesNode)
            .map(s -> s.after().origin().appId())
            .distinct()
            .toList();
    return () -> {
      back.forEach(s -> s.after().standing().wakeAt().ifPresent(at -> ready.add(s.after(), at)));
      sender.stop(stops);
      apps.forEach(waiting::nodeAvailable);
    };
  }
}
