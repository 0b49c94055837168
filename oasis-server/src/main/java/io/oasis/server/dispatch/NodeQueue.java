package io.oasis.server.dispatch;

import io.oasis.server.run.RunRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs that wait for a node, by app, in the memory of the server that decided so. Only a faster way
 * to what the ledger says: forgetting one costs a few seconds, because its {@code wake_at} brings
 * it back.
 */
final class NodeQueue {
  /** Of one app, half a kilobyte each; those beyond come back when their hand-over leases end. */
  private static final int REMEMBERED = 50_000;

  private final Map<Long, OfApp> byApp = new ConcurrentHashMap<>();

  /** Runs of one app; its own lock. */
  private static final class OfApp {
    final Map<Long, RunRow> waiting = new LinkedHashMap<>();

    /** Runs that were given to the dispatcher for a free slot and that it has not decided yet. */
    final Set<Long> offered = new HashSet<>();
  }

  /** Lets the run wait. */
  void add(RunRow run) {
    OfApp app = byApp.computeIfAbsent(run.origin().appId(), id -> new OfApp());
    synchronized (app) {
      app.offered.remove(run.id());
      if (app.waiting.size() < REMEMBERED) {
        app.waiting.put(run.id(), run);
      }
    }
  }

  /** It went another way meanwhile; offering it a slot would waste that slot. */
  void remove(RunRow run) {
    OfApp app = byApp.get(run.origin().appId());
    if (app != null) {
      synchronized (app) {
        app.offered.remove(run.id());
        app.waiting.remove(run.id());
      }
    }
  }

  /**
   * Takes out the oldest of the app, as many as there are free slots that nobody was offered. Each
   * of them has to come back by {@link #add} or {@link #remove}.
   */
  List<RunRow> offer(long appId, int freeSlots) {
    OfApp app = byApp.get(appId);
    List<RunRow> taken = new ArrayList<>();
    if (app != null) {
      synchronized (app) {
        Iterator<RunRow> oldest = app.waiting.values().iterator();
        while (oldest.hasNext() && app.offered.size() < freeSlots) {
          RunRow run = oldest.next();
          taken.add(run);
          app.offered.add(run.id());
          oldest.remove();
        }
      }
    }
    return taken;
  }

  /** How many of the app wait. */
  int size(long appId) {
    OfApp app = byApp.get(appId);
    if (app == null) {
      return 0;
    }
    synchronized (app) {
      return app.waiting.size();
    }
  }

  /** How many of the app want a slot: those that wait, and those that were offered one. */
  int wanting(long appId) {
    OfApp app = byApp.get(appId);
    if (app == null) {
      return 0;
    }
    synchronized (app) {
      return app.waiting.size() + app.offered.size();
    }
  }

  /** Takes out everything. */
  List<RunRow> drain() {
    List<RunRow> all = new ArrayList<>();
    for (OfApp app : byApp.values()) {
      synchronized (app) {
        all.addAll(app.waiting.values());
        app.waiting.clear();
        app.offered.clear();
      }
    }
    return all;
  }
}
