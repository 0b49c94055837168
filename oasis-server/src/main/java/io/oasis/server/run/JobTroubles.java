package io.oasis.server.run;

import io.oasis.server.database.Database;
import io.oasis.server.database.DatabaseException;
import io.oasis.server.database.Tx;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Keeps which jobs went wrong the last time, for lists that are sorted by it.
 *
 * <p>It is written apart from the ledger, once in a while for all runs that ended meanwhile, so
 * that the engine does not pay for it. A server that is killed loses what it had gathered: such a
 * job stands at another place of the list until its next run ends. What the list says of its last
 * run is read from the ledger and is true in any case.
 */
@ApplicationScoped
public class JobTroubles implements LedgerListener, StretchListener {
  private static final Logger LOG = Logger.getLogger(JobTroubles.class);

  /** More jobs than that are not gathered while the database is away. */
  private static final int MOST = 100_000;

  private final Database database;
  private final JobTroubleStore store;
  private final Map<Long, Last> gathered = new HashMap<>();

  public JobTroubles(Database database, JobTroubleStore store) {
    this.database = database;
    this.store = store;
  }

  /** The newest run of a job that is over. */
  record Last(long jobUid, long runId, RunState state) {
    Last or(Last other) {
      return other.runId > runId ? other : this;
    }
  }

  @Override
  public Runnable written(Tx tx, List<Step> steps) {
    List<Last> ended =
        steps.stream()
            .filter(Step::ends)
            .map(Step::after)
            .filter(run -> ran(run.state()))
            .map(run -> new Last(run.origin().jobUid(), run.id(), run.state()))
            .toList();
    return () -> gather(ended);
  }

  /** What was merged or skipped says nothing of how the job goes. */
  private static boolean ran(RunState state) {
    return switch (state) {
      case SUCCEEDED, FAILED, TIMED_OUT, LOST, KILLED, CANCELLED, MISSED -> true;
      case QUEUED, DISPATCHED, RUNNING, KILLING, SKIPPED, COALESCED -> false;
    };
  }

  @Override
  public void written(Tx tx, List<NewStretch> stretches, List<Long> runIds) {
    List<Last> missed = new ArrayList<>();
    for (int i = 0; i < stretches.size(); i++) {
      Long id = runIds.get(i);
      if (stretches.get(i).state() == RunState.MISSED && id != null) {
        missed.add(new Last(stretches.get(i).job().id().jobUid(), id, RunState.MISSED));
      }
    }
    gather(missed);
  }

  private void gather(List<Last> ended) {
    synchronized (gathered) {
      for (Last last : ended) {
        if (gathered.size() < MOST || gathered.containsKey(last.jobUid())) {
          gathered.merge(last.jobUid(), last, Last::or);
        }
      }
    }
  }

  @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void keep() {
    try {
      runOnce();
    } catch (DatabaseException e) {
      LOG.debugf("the last results are not noted yet: %s", e.getMessage());
    }
  }

  void stop(@Observes ShutdownEvent event) {
    keep();
  }

  /** Writes what was gathered; returns of how many jobs. */
  int runOnce() {
    List<Last> batch = take();
    if (batch.isEmpty()) {
      return 0;
    }
    try {
      database.run(tx -> store.write(tx, batch));
    } catch (DatabaseException e) {
      gather(batch);
      throw e;
    }
    return batch.size();
  }

  private List<Last> take() {
    synchronized (gathered) {
      List<Last> batch = List.copyOf(gathered.values());
      gathered.clear();
      return batch;
    }
  }
}
