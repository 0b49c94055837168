package io.oasis.server.maintenance;

import io.oasis.server.database.Database;
import io.oasis.server.database.DatabaseException;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.LocalDate;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Makes the partitions of the days to come before anything is inserted into them. What has none
 * falls into the default partition, which works but cannot be dropped by the day.
 */
@ApplicationScoped
public class PartitionKeeper {
  private static final Logger LOG = Logger.getLogger(PartitionKeeper.class);
  private static final int DAYS_AHEAD = 7;

  private final Database database;
  private final PartitionStore store;
  private final MaintenanceConfig config;

  public PartitionKeeper(Database database, PartitionStore store, MaintenanceConfig config) {
    this.database = database;
    this.store = store;
    this.config = config;
  }

  // Before anything that inserts runs.
  void start(@Observes @Priority(5) StartupEvent event) {
    keep();
  }

  @Scheduled(every = "1h", delayed = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void keep() {
    try {
      runOnce();
    } catch (DatabaseException e) {
      // A long reader held a lock, or the database is away: the next hour is early enough.
      LOG.warnf("the partitions of the next days are not all made yet: %s", e.getMessage());
    }
  }

  /** Makes what is missing from yesterday to a week ahead; returns how many partitions. */
  int runOnce() {
    LocalDate today = database.call(store::today);
    int made = 0;
    for (int ahead = -config.partitionsBehind(); ahead <= DAYS_AHEAD; ahead++) {
      made += make(today.plusDays(ahead));
    }
    return made;
  }

  /** One day is one transaction, so that no lock is held for longer than that. */
  private int make(LocalDate day) {
    return database.call(
        tx -> {
          store.takeTurn(tx);
          int made = 0;
          for (String table : PartitionStore.TABLES) {
            Set<LocalDate> known = store.days(tx, table);
            if (!known.contains(day)) {
              int moved = store.create(tx, table, day);
              made++;
              if (moved > 0) {
                LOG.infof("%d rows of %s moved to their day's partition of %s", moved, day, table);
              }
            }
          }
          return made;
        });
  }
}
