package io.oasis.server.run;

import io.oasis.server.database.Database;
import io.oasis.server.database.DatabaseException;
import io.oasis.server.database.Tx;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.Arrays;
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
  private final Successes successes = new Successes();

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

  /**
   * Job and run of each success. Nearly all runs are in here, tens of thousands of them at times:
   * as numbers in one array they are nothing to the garbage collector.
   */
  private static final class Successes {
    private long[] pairs = new long[256];
    private int length;

    void add(long jobUid, long runId) {
      if (length == pairs.length) {
        pairs = Arrays.copyOf(pairs, 2 * length);
      }
      pairs[length++] = jobUid;
      pairs[length++] = runId;
    }

    int size() {
      return length / 2;
    }

    List<Last> take() {
      List<Last> all = new ArrayList<>(size());
      for (int i = 0; i < length; i += 2) {
        all.add(new Last(pairs[i], pairs[i + 1], RunState.SUCCEEDED));
      }
      pairs = new long[256];
      length = 0;
      return all;
    }
  }

  @Override
  public Runnable written(Tx tx, List<Step> steps) {
    List<RunRow> ended =
        steps.stream().filter(Step::ends).map(Step::after).filter(run -> ran(run.state())).toList();
    return () -> note(ended);
  }

  private void note(List<RunRow> ended) {
    synchronized (gathered) {
      for (RunRow run : ended) {
        if (run.state() != RunState.SUCCEEDED) {
          gather(List.of(new Last(run.origin().jobUid(), run.id(), run.state())));
        } else if (successes.size() < MOST) {
          successes.add(run.origin().jobUid(), run.id());
        }
      }
    }
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
      gather(successes.take());
      List<Last> batch = List.copyOf(gathered.values());
      gathered.clear();
      return batch;
    }
  }
}
