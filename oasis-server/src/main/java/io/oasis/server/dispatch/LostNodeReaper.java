package io.oasis.server.dispatch;

import io.oasis.server.app.NodeLease;
import io.oasis.server.app.NodeStore;
import io.oasis.server.database.Database;
import io.oasis.server.database.Isolation;
import io.oasis.server.database.Tx;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.run.RunRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Ends the runs of nodes that have not been heard of for their whole lease, and what is left of
 * nodes that went in any other way and have not come back for as long. It acts only when this
 * server itself has renewed its lease without a break for longer than that: right after a start or
 * an outage of the database every node looks silent, and none of them is to blame.
 */
@ApplicationScoped
public class LostNodeReaper {
  private static final Logger LOG = Logger.getLogger(LostNodeReaper.class);
  private static final int BATCH = 100;
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final Database database;
  private final ServerMembership membership;
  private final NodeStore nodes;
  private final NodeLease nodeLease;
  private final LostNodes lostNodes;
  private final NodeLoad load;

  public LostNodeReaper(
      Database database,
      ServerMembership membership,
      NodeStore nodes,
      NodeLease nodeLease,
      LostNodes lostNodes,
      NodeLoad load) {
    this.database = database;
    this.membership = membership;
    this.nodes = nodes;
    this.nodeLease = nodeLease;
    this.lostNodes = lostNodes;
    this.load = load;
  }

  /** One look. */
  Duration runOnce() {
    if (membership.continuouslyRenewedFor().compareTo(nodeLease.lease()) < 0) {
      return EVERY;
    }
    return Math.max(reap(), settle()) == BATCH ? Duration.ZERO : EVERY;
  }

  /** Ends the nodes whose lease is over; returns how many those were. */
  int reap() {
    List<String> lost;
    try {
      Reaped reaped =
          database.call(
              tx -> {
                List<String> ended = nodes.endExpired(tx, BATCH);
                List<RunRow> runs = ended.isEmpty() ? List.of() : lostNodes.runsOf(tx, ended);
                return new Reaped(
                    ended, runs.size(), lostNodes.end(tx, ended, runs, Departure.SILENT));
              });
      lost = reaped.nodeIds();
      if (!lost.isEmpty()) {
        LOG.infof("%d nodes are lost with %d runs: %s", lost.size(), reaped.runs(), lost);
      }
      reaped.afterCommit().run();
    } catch (RuntimeException e) {
      if (!Isolation.mayBeAnItems(e)) {
        throw e;
      }
      lost = database.call(tx -> nodes.expired(tx, BATCH));
      lost.forEach(this::reapAlone);
    }
    lost.forEach(load::forget);
    return lost.size();
  }

  private record Reaped(List<String> nodeIds, int runs, Runnable afterCommit) {}

  /**
   * Ends what nodes left behind that went a while ago. Mostly that is nothing: a node goes when it
   * has no run. But a run may have been accepted just as its node was given up, and a node may have
   * been forgotten before anybody gave it up.
   *
   * @return how many goodbyes were looked into
   */
  int settle() {
    try {
      Reaped settled =
          database.call(
              tx -> {
                List<String> went = nodes.takeFarewells(tx, nodeLease.lease(), BATCH);
                List<String> gone = nodes.lockGone(tx, went);
                List<RunRow> runs = gone.isEmpty() ? List.of() : lostNodes.runsOf(tx, gone);
                return new Reaped(went, runs.size(), lostNodes.end(tx, gone, runs, Departure.WENT));
              });
      if (settled.runs() > 0) {
        LOG.infof("%d runs are lost that were left by nodes which went", settled.runs());
      }
      settled.afterCommit().run();
      return settled.nodeIds().size();
    } catch (RuntimeException e) {
      if (!Isolation.mayBeAnItems(e)) {
        throw e;
      }
      List<String> went = database.call(tx -> nodes.farewells(tx, nodeLease.lease(), BATCH));
      went.forEach(
          node -> {
            endAlone(
                node,
                Departure.WENT,
                tx -> lostNodes.runsOf(tx, nodes.lockGone(tx, List.of(node))));
            database.run(tx -> nodes.dropFarewells(tx, node, nodeLease.lease()));
          });
      return went.size();
    }
  }

  /** First its runs, one way or the other, and then the node: a crash in between repeats it. */
  private void reapAlone(String node) {
    endAlone(node, Departure.SILENT, tx -> lostNodes.runsOf(tx, List.of(node)));
    database.run(tx -> nodes.endExpired(tx, node));
  }

  private void endAlone(String node, Departure how, Function<Tx, List<RunRow>> left) {
    Isolation.halve(
        database.call(left),
        part -> {
          Set<Long> ids = part.stream().map(RunRow::id).collect(Collectors.toSet());
          database
              .call(
                  tx ->
                      lostNodes.end(
                          tx,
                          List.of(node),
                          left.apply(tx).stream().filter(r -> ids.contains(r.id())).toList(),
                          how))
              .run();
        },
        (run, cause) -> {
          LOG.errorf(cause, "run=%d of the lost node %s ends", run.id(), node);
          String message = "its node is lost, and more: " + Isolation.line(cause);
          database.call(tx -> lostNodes.giveUp(tx, run, message)).run();
        });
  }
}
