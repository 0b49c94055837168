package io.oasis.server.maintenance;

import io.oasis.server.database.Database;
import io.oasis.server.database.DatabaseException;
import io.oasis.server.lease.DutyLease;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Ends history: drops the partitions of days that are older than {@code oasis.maintenance.history},
 * but no day on which a run is not final (LG8).
 */
@ApplicationScoped
public class Retention {
  private static final Logger LOG = Logger.getLogger(Retention.class);
  private static final String DUTY = "retention";
  private static final Duration LEASE = Duration.ofMinutes(55);
  private static final int BATCH = 1_000;

  private final Database database;
  private final PartitionStore store;
  private final DutyLease duties;
  private final MaintenanceConfig config;

  public Retention(
      Database database, PartitionStore store, DutyLease duties, MaintenanceConfig config) {
    this.database = database;
    this.store = store;
    this.duties = duties;
    this.config = config;
  }

  /** What one turn did. */
  record Dropped(int days, int rows) {}

  @Scheduled(
      every = "1h",
      delayed = "10m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void keep() {
    try {
      duties.take(DUTY, LEASE).ifPresent(this::runOnce);
    } catch (DatabaseException e) {
      LOG.warnf("old history is not dropped yet: %s", e.getMessage());
    }
  }

  /** Drops what is old enough. */
  Dropped runOnce(DutyLease.Held duty) {
    LocalDate before = database.call(store::today).minusDays(config.history().toDays());
    List<LocalDate> old =
        database.call(tx -> store.days(tx, "run")).stream()
            .filter(d -> d.isBefore(before))
            .toList();
    int days = 0;
    for (LocalDate day : old) {
      days += drop(duty, day);
    }
    int rows = 0;
    int deleted;
    do {
      deleted =
          database.call(
              tx -> duties.stillHeld(tx, duty) ? store.deleteOldDefaults(tx, before, BATCH) : 0);
      rows += deleted;
    } while (deleted >= BATCH);
    return new Dropped(days, rows);
  }

  private int drop(DutyLease.Held duty, LocalDate day) {
    return database.call(
        tx -> {
          if (!duties.stillHeld(tx, duty)) {
            return 0;
          }
          store.takeTurn(tx);
          if (!store.lockFinished(tx, day)) {
            LOG.infof("the history of %s stays: a run of that day is not over", day);
            return 0;
          }
          for (String table : PartitionStore.TABLES) {
            Set<LocalDate> known = store.days(tx, table);
            if (known.contains(day)) {
              store.drop(tx, table, day);
            }
          }
          LOG.infof("dropped the history of %s", day);
          return 1;
        });
  }
}
