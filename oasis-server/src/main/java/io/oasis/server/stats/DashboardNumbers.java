package io.oasis.server.stats;

import io.oasis.server.app.JobTally;
import io.oasis.server.database.Database;
import io.oasis.server.identity.Reach;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** The door of the feature: what the dashboard shows. */
@ApplicationScoped
public class DashboardNumbers {
  private static final Duration STRIP = Duration.ofHours(1);

  private final Database database;
  private final StatsStore store;
  private final JobTally tally;

  public DashboardNumbers(Database database, StatsStore store, JobTally tally) {
    this.database = database;
    this.store = store;
    this.tally = tally;
  }

  /** What some apps have now. */
  public Totals totals(Reach apps) {
    JobTally.OfApp jobs = tally.of(apps);
    Totals.Jobs counted = new Totals.Jobs(jobs.enabled(), jobs.disabled(), jobs.completed());
    return database.call(tx -> store.totals(tx, apps, counted));
  }

  /**
   * The runs that ended in the last 24 hours.
   *
   * @param now the database's time
   * @param zone whose hours are meant
   * @param apps whose runs
   */
  public Trend trend(Instant now, ZoneId zone, Reach apps) {
    return Trend.of(database.call(tx -> store.counts(tx, Trend.start(now, zone), apps)), now, zone);
  }

  /** The fires of the hour from {@code from} on, by minute; minutes without one are left out. */
  public List<MinuteFires> nextHour(Instant from, Reach apps) {
    return database.call(tx -> store.fires(tx, from, from.plus(STRIP), apps));
  }

  /** The servers that were alive within the last day, oldest first. */
  public List<ServerHealth> servers() {
    return database.call(store::servers);
  }
}
