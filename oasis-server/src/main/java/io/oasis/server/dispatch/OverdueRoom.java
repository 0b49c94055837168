package io.oasis.server.dispatch;

import io.oasis.server.run.OverdueRuns.Room;
import io.oasis.server.run.ReadyRuns;
import io.oasis.server.time.DatabaseClock;
import jakarta.inject.Singleton;
import java.util.Set;

/** What room there is for runs that are not written yet: older ones come first. */
@Singleton
public class OverdueRoom {
  private final DatabaseClock clock;
  private final ReadyRuns ready;
  private final DispatchLoop dispatch;
  private final ServerNodes nodes;

  OverdueRoom(DatabaseClock clock, ReadyRuns ready, DispatchLoop dispatch, ServerNodes nodes) {
    this.clock = clock;
    this.ready = ready;
    this.dispatch = dispatch;
    this.nodes = nodes;
  }

  String serverId() {
    return nodes.serverId();
  }

  /** The room on all nodes of this server. */
  Room now() {
    if (ready.anyDue(clock.instant())) {
      return new Room(0, false);
    }
    int free = 0;
    boolean ample = false;
    for (long app : nodes.ownApps()) {
      int here = free(app);
      free += here;
      ample |= here > 0 && here >= nodes.ownSlots(app) / 2;
    }
    return new Room(free, ample);
  }

  /** Slots of the app on nodes of this server that no run here wants. */
  int free(long appId) {
    return Math.max(0, nodes.freeOwnSlots(appId) - dispatch.wanting(appId));
  }

  /** Jobs of runs that this server is to hand over, or is deciding about. */
  Set<Long> jobsUnderWay() {
    return ready.jobs();
  }
}
