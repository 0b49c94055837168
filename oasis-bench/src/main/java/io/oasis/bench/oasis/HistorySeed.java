package io.oasis.bench.oasis;

import io.oasis.bench.postgres.Database;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/**
 * Writes finished runs of the past days by SQL, as many on each day, into partitions such as the
 * server makes for days to come.
 */
public final class HistorySeed {
  private static final int DAYS = 20;

  private static final String PARTITION =
      """
      CREATE TABLE IF NOT EXISTS run_p%1$s PARTITION OF run
        FOR VALUES FROM ('%2$s 00:00:00+00') TO ('%3$s 00:00:00+00')
      """;

  private static final String RUNS =
      """
      INSERT INTO run (id, nominal_at, job_uid, app_id, revision, trigger, state, node_id, epoch,
        created_at, dispatched_at, started_at, finished_at)
      SELECT nextval('run_id'), at, j.uid, j.app_id, j.revision, 'SCHEDULE', 'SUCCEEDED',
             'bench-history', 1, at, at, at + interval '1 millisecond', at + interval '2 milliseconds'
        FROM (SELECT timestamptz '%1$s 00:00:00+00' + n * interval '24 hours' / %2$d AS at,
                     %3$d + n %% %4$d AS uid FROM generate_series(0, %2$d - 1) n) times
        JOIN job j ON j.uid = times.uid
      """;

  private HistorySeed() {}

  /**
   * Writes it.
   *
   * @param jobs whose runs they are
   * @param runs how many
   * @param today the day before which they are, in UTC; the server has made yesterday's partition
   */
  public static void write(Database database, Batch jobs, int runs, LocalDate today) {
    for (int ago = 2; ago < DAYS + 2; ago++) {
      LocalDate day = today.minusDays(ago);
      database.execute(
          PARTITION.formatted(day.format(DateTimeFormatter.BASIC_ISO_DATE), day, day.plusDays(1)));
      database.execute(
          RUNS.formatted(day, runs / DAYS, jobs.firstUid(), jobs.lastUid() - jobs.firstUid() + 1));
    }
  }
}
