package io.oasis.server.dispatch;

import io.oasis.server.run.RunRow;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs that wait for a node, by app, in the memory of the server that decided so. Only a faster way
 * to what the ledger says: forgetting one costs a few seconds, because its {@code wake_at} brings
 * it back.
 */
final class NodeQueue {
  private static final int REMEMBERED = 10_000;

  private final Map<Long, Map<Long, RunRow>> byApp = new ConcurrentHashMap<>();

  /** Lets the run wait. */
  void add(RunRow run) {
    Map<Long, RunRow> queue =
        byApp.computeIfAbsent(run.origin().appId(), app -> new LinkedHashMap<>());
    synchronized (queue) {
      if (queue.size() < REMEMBERED) {
        queue.put(run.id(), run);
      }
    }
  }

  /** It went another way meanwhile; offering it a slot would waste that slot. */
  void remove(RunRow run) {
    Map<Long, RunRow> queue = byApp.get(run.origin().appId());
    if (queue != null) {
      synchronized (queue) {
        queue.remove(run.id());
      }
    }
  }

  /** Takes out the oldest of the app, at most so many. */
  List<RunRow> take(long appId, int most) {
    Map<Long, RunRow> queue = byApp.get(appId);
    List<RunRow> taken = new ArrayList<>();
    if (queue != null) {
      synchronized (queue) {
        Iterator<RunRow> oldest = queue.values().iterator();
        while (oldest.hasNext() && taken.size() < most) {
          taken.add(oldest.next());
          oldest.remove();
        }
      }
    }
    return taken;
  }

  /** How many of the app wait. */
  int size(long appId) {
    Map<Long, RunRow> queue = byApp.get(appId);
    if (queue == null) {
      return 0;
    }
    synchronized (queue) {
      return queue.size();
    }
  }

  /** Takes out everything. */
  List<RunRow> drain() {
    List<RunRow> all = new ArrayList<>();
    byApp.keySet().forEach(app -> all.addAll(take(app, Integer.MAX_VALUE)));
    return all;
  }
}
