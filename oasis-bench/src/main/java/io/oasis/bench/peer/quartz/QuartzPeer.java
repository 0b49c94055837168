package io.oasis.bench.peer.quartz;

import io.oasis.bench.peer.Calls;
import io.oasis.bench.peer.DueTimes;
import io.oasis.bench.peer.Peer;
import io.oasis.bench.peer.PeerDatabase;
import io.oasis.bench.peer.PeerProcess;
import io.oasis.bench.postgres.Database;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Properties;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.impl.StdSchedulerFactory;

/**
 * Quartz as it comes, apart from what a cluster needs, or tuned: 20 threads that are handed up to
 * 20 triggers by one claim, and a look every second instead of every 30.
 */
public final class QuartzPeer implements Peer {
  private static final int DEFAULT_THREADS = 10;
  private static final int TUNED_THREADS = 20;
  private static final String NAME = "bench";

  /** The jar brings the tables along. */
  private static final String TABLES = "/org/quartz/impl/jdbcjobstore/tables_postgres.sql";

  /** Due times are whole milliseconds there. */
  private static final String SEED =
      """
      WITH made AS (
        INSERT INTO qrtz_triggers (sched_name, trigger_name, trigger_group, job_name, job_group,
          next_fire_time, prev_fire_time, priority, trigger_state, trigger_type, start_time,
          end_time, misfire_instr)
        SELECT 'bench', nextval('bench_trigger')::text, 'bench', 'noop', 'bench', at, -1, 5,
               'WAITING', 'SIMPLE', at, 0, 0
          FROM (SELECT (?::bigint + n * ?::bigint) / 1000 AS at
                  FROM generate_series(0, ?::bigint - 1) n) times
        RETURNING trigger_name)
      INSERT INTO qrtz_simple_triggers (sched_name, trigger_name, trigger_group, repeat_count,
        repeat_interval, times_triggered)
      SELECT 'bench', trigger_name, 'bench', 0, 0, 0 FROM made
      """;

  private final PeerDatabase database;
  private final Calls calls;
  private final boolean tuned;
  private Scheduler scheduler;

  /** The job; made by a factory, because Quartz wants a class with a constructor of its own. */
  public static final class Noop implements Job {
    private final Calls calls;

    private Noop(Calls calls) {
      this.calls = calls;
    }

    @Override
    public void execute(JobExecutionContext context) {
      calls.note(0, context.getScheduledFireTime().toInstant());
    }
  }

  private QuartzPeer(String[] arguments, Calls calls) {
    this.database = new PeerDatabase(arguments, 2);
    this.calls = calls;
    this.tuned = arguments[2].equals("tuned");
  }

  /** Arguments: port and name of the database, and {@code tuned} or {@code default}. */
  public static void main(String[] arguments) throws Exception {
    Calls calls = new Calls(InstantSource.system());
    PeerProcess.serve(new QuartzPeer(arguments, calls), calls);
  }

  @Override
  public void start() throws SQLException, IOException, SchedulerException {
    try (InputStream script = QuartzPeer.class.getResourceAsStream(TABLES)) {
      database.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
    database.execute("CREATE SEQUENCE bench_trigger");
    scheduler = new StdSchedulerFactory(settings()).getScheduler();
    scheduler.setJobFactory((bundle, owner) -> new Noop(calls));
    scheduler.addJob(
        JobBuilder.newJob(Noop.class).withIdentity("noop", NAME).storeDurably().build(), true);
    scheduler.start();
  }

  private Properties settings() {
    int threads = tuned ? TUNED_THREADS : DEFAULT_THREADS;
    Properties settings = new Properties();
    settings.setProperty("org.quartz.scheduler.instanceName", NAME);
    settings.setProperty("org.quartz.scheduler.instanceId", "AUTO");
    settings.setProperty("org.quartz.threadPool.threadCount", String.valueOf(threads));
    settings.setProperty("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
    settings.setProperty(
        "org.quartz.jobStore.driverDelegateClass",
        "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
    settings.setProperty("org.quartz.jobStore.isClustered", "true");
    settings.setProperty("org.quartz.jobStore.dataSource", NAME);
    String source = "org.quartz.dataSource." + NAME + ".";
    settings.setProperty(source + "provider", "hikaricp");
    settings.setProperty(source + "driver", "org.postgresql.Driver");
    settings.setProperty(source + "URL", database.database().url());
    settings.setProperty(source + "user", Database.USER);
    settings.setProperty(source + "password", "");
    settings.setProperty(source + "maxConnections", String.valueOf(threads + 5));
    if (tuned) {
      settings.setProperty(
          "org.quartz.scheduler.batchTriggerAcquisitionMaxCount", String.valueOf(threads));
      settings.setProperty("org.quartz.jobStore.acquireTriggersWithinLock", "true");
      settings.setProperty("org.quartz.scheduler.idleWaitTime", "1000");
    }
    return settings;
  }

  @Override
  public void pause() throws SchedulerException {
    scheduler.standby();
  }

  @Override
  public void resume() throws SchedulerException {
    scheduler.start();
  }

  @Override
  public void seed(DueTimes due) throws SQLException {
    database.seed(SEED, due);
    database.execute("ANALYZE");
  }

  @Override
  public boolean isDone() throws SQLException {
    return database.holds(
        "SELECT NOT EXISTS (SELECT FROM qrtz_triggers)"
            + " AND NOT EXISTS (SELECT FROM qrtz_fired_triggers)");
  }
}
