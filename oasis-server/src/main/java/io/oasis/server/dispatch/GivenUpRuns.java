package io.oasis.server.dispatch;

import io.oasis.server.database.Database;
import io.oasis.server.database.Wakeups;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.run.ClaimStore;
import io.oasis.server.run.RunRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/** Gives up, when the server stops, what it has claimed and not handed over. */
@ApplicationScoped
public class GivenUpRuns {
  private static final Logger LOG = Logger.getLogger(GivenUpRuns.class);

  private final Database database;
  private final ClaimStore store;
  private final DispatchLoop dispatch;
  private final Wakeups wakeups;
  private final ServerMembership membership;

  public GivenUpRuns(
      Database database,
      ClaimStore store,
      DispatchLoop dispatch,
      Wakeups wakeups,
      ServerMembership membership) {
    this.database = database;
    this.store = store;
    this.dispatch = dispatch;
    this.wakeups = wakeups;
    this.membership = membership;
  }

  /** Another server may have them at once; returns how many those are. */
  int giveUp() {
    List<RunRow> claimed = dispatch.drain();
    if (claimed.isEmpty()) {
      return 0;
    }
    int given =
        database.call(
            tx -> {
              wakeups.send(tx, Wakeups.GIVEN_UP);
              return store.giveUp(tx, membership.serverId(), claimed);
            });
    LOG.infof("runs given up before they were handed over: %d", given);
    return given;
  }
}
