package io.oasis.server.channel;

import io.grpc.Status;
import io.oasis.executor.v1.Hello;
import io.oasis.executor.v1.ServerMessage;
import io.oasis.server.app.NodeAnnouncement;
import io.oasis.server.app.NodeRegistry;
import io.oasis.server.app.NodeSession;
import io.oasis.server.dispatch.WaitingRuns;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.RunReports;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes an executor in: has its Hello and its token checked, writes its node, and settles which of
 * its runs are still its own. Blocks.
 */
@ApplicationScoped
public class Reception {
  private final Doorkeeper door;
  private final NodeRegistry nodes;
  private final Sessions sessions;
  private final RunReports reports;
  private final WaitingRuns waiting;
  private final ChannelConfig config;
  private final WelcomeCard card;

  public Reception(
      Doorkeeper door,
      NodeRegistry nodes,
      Sessions sessions,
      RunReports reports,
      WaitingRuns waiting,
      ChannelConfig config,
      WelcomeCard card) {
    this.door = door;
    this.nodes = nodes;
    this.sessions = sessions;
    this.reports = reports;
    this.waiting = waiting;
    this.config = config;
    this.card = card;
  }

  /** What became of a Hello. */
  sealed interface Outcome {
    /**
     * The node is written, and nobody routes to it yet.
     *
     * @param session its session
     * @param node what it said of itself
     * @param kept runs that it goes on with
     * @param fenced runs that it has to stop
     */
    record Admitted(
        Session session, NodeAnnouncement node, List<RunHandle> kept, List<RunHandle> fenced)
        implements Outcome {}

    /** The stream ends with this status. */
    record Refused(Status status) implements Outcome {}
  }

  /** Checks a Hello. */
  Outcome admit(String token, Hello hello, Outbox outbox) {
    Optional<String> problem = HelloCheck.problem(hello);
    if (problem.isPresent()) {
      return refused(Status.INVALID_ARGUMENT, problem.get());
    }
    return switch (door.enter(token, hello.getApp())) {
      case Doorkeeper.Entry.Granted granted -> connect(granted, hello, outbox);
      case Doorkeeper.Entry.Denied(Status status) -> new Outcome.Refused(status);
    };
  }

  private Outcome connect(Doorkeeper.Entry.Granted granted, Hello hello, Outbox outbox) {
    NodeAnnouncement node = ChannelMapping.announcement(hello, granted.appId());
    Optional<NodeSession> session = nodes.connect(node, config.lease());
    if (session.isEmpty()) {
      if (!nodes.removedApps(Set.of(granted.appId())).isEmpty()) {
        return new Outcome.Refused(Doorkeeper.REMOVED);
      }
      return refused(Status.INVALID_ARGUMENT, "node_id: in use by a node of another app");
    }
    if (hello.getReadsBundles()) {
      outbox.bundle();
    }
    List<RunHandle> named = ChannelMapping.inFlight(hello);
    List<RunHandle> fenced = reports.reconcile(hello.getNodeId(), named);
    List<RunHandle> kept = new ArrayList<>(named);
    kept.removeAll(fenced);
    return new Outcome.Admitted(
        new Session(session.get(), granted.tokenId(), outbox, kept, hello.getDraining()),
        node,
        kept,
        fenced);
  }

  /** Answers the Hello, and has the node given runs. */
  void welcome(Outcome.Admitted admitted) {
    Session session = admitted.session();
    // Welcome is the first word, so it is said before anybody can find the session.
    session.outbox().send(ServerMessage.newBuilder().setWelcome(card.welcome()).build());
    for (RunHandle run : admitted.fenced()) {
      session
          .outbox()
          .send(ChannelMapping.fenced(ChannelMapping.ref(run), "it went on without this node"));
    }
    sessions.open(session);
    // Not before: what went meanwhile into an older stream of the node has to be sent again.
    waiting.nodeConnected(session.node().nodeId(), admitted.kept());
    nodes.open(session.node(), admitted.node());
    if (!session.isDraining()) {
      waiting.nodeOpened(session.node().appId());
    }
  }

  private static Outcome refused(Status status, String why) {
    return new Outcome.Refused(status.withDescription(why));
  }
}
