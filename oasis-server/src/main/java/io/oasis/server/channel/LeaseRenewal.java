package io.oasis.server.channel;

import io.grpc.Status;
import io.oasis.server.app.NodeRegistry;
import io.oasis.server.app.NodeStore;
import io.oasis.server.identity.Tokens;
import io.oasis.server.loop.Loop;
import io.oasis.server.loop.Shutdown;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Renews the leases of all nodes whose heartbeats this server hears, in one statement, and ends
 * streams that are dead without having been closed, or whose token is no longer good.
 */
@ApplicationScoped
public class LeaseRenewal {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Sessions sessions;
  private final NodeRegistry nodes;
  private final Desk desk;
  private final Tokens tokens;
  private final ChannelConfig config;
  private final Loop loop = new Loop("node-leases", this::runOnce);

  public LeaseRenewal(
      Sessions sessions, NodeRegistry nodes, Desk desk, Tokens tokens, ChannelConfig config) {
    this.sessions = sessions;
    this.nodes = nodes;
    this.desk = desk;
    this.tokens = tokens;
    this.config = config;
  }

  void start(@Observes StartupEvent event, Shutdown shutdown) {
    loop.start();
    shutdown.register(Shutdown.Phase.END_HEARTBEATS, "node leases", () -> loop.stop(PATIENCE));
  }

  /** One renewal of all. */
  Duration runOnce() {
    endRevoked();
    List<NodeStore.Heard> heard = new ArrayList<>();
    for (Session session : sessions.all()) {
      Duration silence = session.silentFor();
      if (silence.compareTo(config.lease()) < 0 && !session.outbox().isEnding()) {
        heard.add(new NodeStore.Heard(session.node(), session.busySlots(), silence));
      } else {
        session.outbox().end(Status.UNAVAILABLE.withDescription("no heartbeat for too long"));
        desk.ended(session, false);
      }
    }
    Set<String> gone = nodes.renew(heard, config.lease());
    // Given up, or at another server by now: only a new stream settles what it still has.
    sendAway(
        sessions.all().stream()
            .filter(s -> gone.contains(s.node().nodeId()) && wasHeard(heard, s))
            .toList(),
        Sessions::abort);
    return config.renewEvery();
  }

  /**
   * Ends sessions.
   *
   * @param end tells the node why, unless its app was removed: then there is nobody any more who
   *     would hear of what it does, and it has to stop
   */
  private void sendAway(List<Session> leaving, Consumer<Session> end) {
    Set<Long> removed =
        nodes.removedApps(
            leaving.stream().map(session -> session.node().appId()).collect(Collectors.toSet()));
    for (Session session : leaving) {
      if (removed.contains(session.node().appId())) {
        session.fenceAll("the app was removed");
        session.outbox().end(Doorkeeper.REMOVED);
      } else {
        end.accept(session);
      }
      desk.ended(session, false);
    }
  }

  /** Who revokes a token wants its holder out now, and not when it next connects. */
  private void endRevoked() {
    List<Session> open = sessions.all();
    Set<Long> valid =
        tokens.stillValid(open.stream().map(Session::tokenId).collect(Collectors.toSet()));
    Status revoked = Status.UNAUTHENTICATED.withDescription("the token was revoked or has expired");
    sendAway(
        open.stream().filter(session -> !valid.contains(session.tokenId())).toList(),
        session -> session.outbox().end(revoked));
  }

  /** A session that began since then is a newer one of the same node. */
  private static boolean wasHeard(List<NodeStore.Heard> heard, Session session) {
    return heard.stream().anyMatch(h -> h.session().equals(session.node()));
  }
}
