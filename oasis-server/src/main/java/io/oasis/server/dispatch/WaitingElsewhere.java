package io.oasis.server.dispatch;

import io.oasis.server.database.Database;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.loop.Loop;
import io.oasis.server.run.ClaimStore;
import io.oasis.server.run.ReadyRuns;
import io.oasis.server.run.RunRow;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Takes over runs that wait in other servers for a node, when a node of this server has room: only
 * the server that holds a node's stream knows at once that a slot of it is free. It asks the
 * database only after somebody said that there are such runs, until it finds none; behind a word
 * that got lost stands each run's own {@code wake_at}.
 */
@Singleton
public class WaitingElsewhere {
  private static final Duration IDLE = Duration.ofMinutes(1);

  /** Slots that become free within this are one question. */
  private static final Duration GATHER = Duration.ofMillis(20);

  private final Database database;
  private final ClaimStore store;
  private final ReadyRuns ready;
  private final ServerNodes nodes;
  private final DispatchLoop dispatch;
  private final ServerMembership membership;
  private final Set<Long> appsWithWaiting = ConcurrentHashMap.newKeySet();
  private final Map<Long, Boolean> toLook = new ConcurrentHashMap<>();
  private final Loop loop = new Loop("waiting-runs", this::turn);
  private volatile boolean gathering;

  public WaitingElsewhere(
      Database database,
      ClaimStore store,
      ReadyRuns ready,
      ServerNodes nodes,
      DispatchLoop dispatch,
      ServerMembership membership) {
    this.database = database;
    this.store = store;
    this.ready = ready;
    this.nodes = nodes;
    this.dispatch = dispatch;
    this.membership = membership;
  }

  void start() {
    loop.start();
  }

  void stop(Duration patience) {
    loop.stop(patience);
  }

  /** A server said that runs wait for a free slot. Does not block. */
  void heard() {
    for (long app : nodes.ownApps()) {
      appsWithWaiting.add(app);
      look(app, false);
    }
  }

  /** A node of this server has a free slot. Does not block, and does nothing while none waits. */
  void roomFor(long appId) {
    if (appsWithWaiting.contains(appId)) {
      look(appId, false);
    }
  }

  /** A node of the app has come: runs that wait for one, for whatever reason, are asked for. */
  void nodeCame(long appId) {
    look(appId, true);
  }

  private void look(long appId, boolean whatever) {
    toLook.merge(appId, whatever, Boolean::logicalOr);
    if (!gathering) {
      loop.wake();
    }
  }

  /** Waits a moment for more of the same before it asks. */
  private Duration turn() {
    if (toLook.isEmpty()) {
      return IDLE;
    }
    if (!gathering) {
      gathering = true;
      return GATHER;
    }
    gathering = false;
    runOnce();
    return toLook.isEmpty() ? IDLE : Duration.ZERO;
  }

  /** Asks once for all apps that have room here; returns how many runs were taken over. */
  int runOnce() {
    List<ClaimStore.Room> rooms = new ArrayList<>();
    for (Map.Entry<Long, Boolean> asked : Map.copyOf(toLook).entrySet()) {
      long app = asked.getKey();
      toLook.remove(app);
      int free = nodes.freeOwnSlots(app) - dispatch.waiting(app);
      if (free > 0) {
        rooms.add(new ClaimStore.Room(app, free, asked.getValue()));
      }
    }
    if (rooms.isEmpty()) {
      return 0;
    }
    List<RunRow> taken = database.call(tx -> store.claimWaiting(tx, membership.serverId(), rooms));
    Set<Long> found = taken.stream().map(r -> r.origin().appId()).collect(Collectors.toSet());
    rooms.stream()
        .map(ClaimStore.Room::appId)
        .filter(app -> !found.contains(app))
        .forEach(appsWithWaiting::remove);
    ready.add(taken);
    return taken.size();
  }
}
