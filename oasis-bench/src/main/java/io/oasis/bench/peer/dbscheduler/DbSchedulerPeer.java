package io.oasis.bench.peer.dbscheduler;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.oasis.bench.peer.Calls;
import io.oasis.bench.peer.DueTimes;
import io.oasis.bench.peer.Peer;
import io.oasis.bench.peer.PeerDatabase;
import io.oasis.bench.peer.PeerProcess;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * db-scheduler, with its default way of polling (fetch), or with lock-and-fetch and what its own
 * documentation uses for high throughput: 20 threads, lower limit 4, upper limit 20. Both poll
 * every 100 ms instead of every 10 s, which its lateness needs and its throughput does not mind.
 */
public final class DbSchedulerPeer implements Peer {
  private static final int THREADS = 20;
  private static final int CONNECTIONS = THREADS + 5;
  private static final double LOWER = 4;
  private static final double UPPER = 20;
  private static final Duration POLL = Duration.ofMillis(100);

  /** Names of columns and tables are the library's; the index on priority is left out, unused. */
  private static final String TABLE =
      """
      CREATE TABLE scheduled_tasks (
        task_name text NOT NULL, task_instance text NOT NULL, task_data bytea,
        execution_time timestamptz NOT NULL, picked boolean NOT NULL, picked_by text,
        last_success timestamptz, last_failure timestamptz, consecutive_failures int,
        last_heartbeat timestamptz, version bigint NOT NULL, priority smallint,
        PRIMARY KEY (task_name, task_instance));
      CREATE INDEX scheduled_tasks_due ON scheduled_tasks (execution_time);
      CREATE INDEX scheduled_tasks_heartbeat ON scheduled_tasks (last_heartbeat);
      CREATE SEQUENCE bench_instance
      """;

  private static final String SEED =
      """
      INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
      SELECT 'noop', nextval('bench_instance')::text,
             timestamptz 'epoch' + (?::bigint + n * ?::bigint) * interval '1 microsecond', false, 1
        FROM generate_series(0, ?::bigint - 1) n
      """;

  private final PeerDatabase database;
  private final Scheduler scheduler;

  private DbSchedulerPeer(String[] arguments, Calls calls) {
    this.database = new PeerDatabase(arguments, CONNECTIONS);
    OneTimeTask<Void> noop =
        Tasks.oneTime("noop")
            .execute((job, context) -> calls.note(0, context.getExecution().executionTime));
    SchedulerBuilder builder =
        Scheduler.create(database.pool(), noop).threads(THREADS).pollingInterval(POLL);
    if (arguments[2].equals("lock-and-fetch")) {
      builder.pollUsingLockAndFetch(LOWER, UPPER);
    }
    this.scheduler = builder.build();
  }

  /** Arguments: port and name of the database, and the way of polling. */
  public static void main(String[] arguments) throws Exception {
    Calls calls = new Calls(InstantSource.system());
    PeerProcess.serve(new DbSchedulerPeer(arguments, calls), calls);
  }

  @Override
  public void start() throws SQLException {
    database.execute(TABLE);
    scheduler.start();
  }

  @Override
  public void pause() {
    scheduler.pause();
  }

  @Override
  public void resume() {
    scheduler.resume();
  }

  @Override
  public void seed(DueTimes due) throws SQLException {
    database.seed(SEED, due);
    database.execute("ANALYZE scheduled_tasks");
  }

  @Override
  public boolean isDone() throws SQLException {
    return database.holds("SELECT NOT EXISTS (SELECT FROM scheduled_tasks)");
  }
}
