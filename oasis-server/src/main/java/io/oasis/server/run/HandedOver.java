package io.oasis.server.run;

import io.oasis.server.database.Tx;
import io.oasis.server.lease.ServerMembership;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of runs that this server has handed over, as it wrote them last. Only a faster way to
 * what the ledger says: a row here may be old, and whoever writes by it names its state and epoch.
 */
@Singleton
class HandedOver implements LedgerListener {
  private static final int REMEMBERED = 20_000;

  private final ServerMembership membership;
  private final Map<Long, RunRow> rows =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, RunRow> eldest) {
          return size() > REMEMBERED;
        }
      };

  HandedOver(ServerMembership membership) {
    this.membership = membership;
  }

  /** The run as this server wrote it last; empty: it does not know. */
  Optional<RunRow> find(long runId) {
    synchronized (rows) {
      return Optional.ofNullable(rows.get(runId));
    }
  }

  @Override
  public Runnable written(Tx tx, List<Step> steps) {
    List<RunRow> known = new ArrayList<>();
    List<Long> gone = new ArrayList<>();
    for (Step step : steps) {
      boolean under = step.event() == RunEvent.DISPATCHED || step.event() == RunEvent.STARTED;
      if (under && isOwn(step.after().standing())) {
        known.add(step.after());
      } else {
        gone.add(step.after().id());
      }
    }
    return () -> {
      synchronized (rows) {
        known.forEach(run -> rows.put(run.id(), run));
        gone.forEach(rows::remove);
      }
    };
  }

  /** On a node of this server; what is said of a broadcast's members is another matter. */
  private boolean isOwn(Standing now) {
    return now.memberCount() == 0
        && now.ownerServer().filter(membership.serverId()::equals).isPresent();
  }
}
