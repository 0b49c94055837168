package io.oasis.bench.peer.jobrunr;

import io.oasis.bench.peer.Calls;
import io.oasis.bench.peer.DueTimes;
import io.oasis.bench.peer.Peer;
import io.oasis.bench.peer.PeerDatabase;
import io.oasis.bench.peer.PeerProcess;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.configuration.JobRunrConfiguration.JobRunrConfigurationResult;
import org.jobrunr.scheduling.JobBuilder;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;
import org.jobrunr.utils.mapper.jackson.JacksonJsonMapper;

/**
 * JobRunr with its default number of workers; it looks every 5 s instead of every 15, more often it
 * does not let itself be told. Jobs are made by its API, in the batches that it makes of a stream:
 * enqueued when they are due by now, scheduled otherwise.
 */
public final class JobRunrPeer implements Peer {
  private static final int CONNECTIONS = 40;
  private static final Duration POLL = Duration.ofSeconds(5);

  private final PeerDatabase database;
  private final Calls calls;
  private JobRunrConfigurationResult jobRunr;

  private JobRunrPeer(String[] arguments, Calls calls) {
    this.database = new PeerDatabase(arguments, CONNECTIONS);
    this.calls = calls;
  }

  /** Arguments: port and name of the database. */
  public static void main(String[] arguments) throws Exception {
    Calls calls = new Calls(InstantSource.system());
    PeerProcess.serve(new JobRunrPeer(arguments, calls), calls);
  }

  @Override
  public void start() {
    NoopHandler handler = new NoopHandler(calls);
    JobActivator activator =
        new JobActivator() {
          @Override
          public <T> T activateJob(Class<T> type) {
            return type.cast(handler);
          }
        };
    jobRunr =
        JobRunr.configure()
            .useJsonMapper(new JacksonJsonMapper())
            .useJobActivator(activator)
            .useStorageProvider(new PostgresStorageProvider(database.pool()))
            .useBackgroundJobServer(
                BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                    .andPollInterval(POLL))
            .initialize();
  }

  private BackgroundJobServer server() {
    return jobRunr.getBackgroundJobServer();
  }

  @Override
  public void pause() {
    server().pauseProcessing();
  }

  @Override
  public void resume() {
    server().resumeProcessing();
  }

  @Override
  public void seed(DueTimes due) throws SQLException {
    if (due.firstMicros() <= calls.nowMicros()) {
      jobRunr
          .getJobRequestScheduler()
          .enqueue(IntStream.range(0, due.count()).mapToObj(n -> new NoopRequest(due.micros(n))));
    } else {
      jobRunr
          .getJobRequestScheduler()
          .create(IntStream.range(0, due.count()).mapToObj(n -> scheduled(due.micros(n))));
    }
    database.execute("ANALYZE jobrunr_jobs");
  }

  private static JobBuilder scheduled(long micros) {
    return JobBuilder.aJob()
        .scheduleAt(Instant.EPOCH.plus(micros, ChronoUnit.MICROS))
        .withJobRequest(new NoopRequest(micros));
  }

  @Override
  public boolean isDone() throws SQLException {
    return database.holds(
        "SELECT NOT EXISTS (SELECT FROM jobrunr_jobs"
            + " WHERE state IN ('ENQUEUED', 'SCHEDULED', 'PROCESSING', 'AWAITING', 'FAILED'))");
  }
}
