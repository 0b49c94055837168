package io.oasis.server.maintenance;

import io.oasis.server.alarm.Incidents;
import io.oasis.server.app.NodeRegistry;
import io.oasis.server.database.Database;
import io.oasis.server.database.DatabaseException;
import io.oasis.server.lease.DutyLease;
import io.oasis.server.lease.ServerMembership;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Deletes small things whose time is over: tokens, trigger keys, nodes and servers that went, old
 * incidents.
 */
@ApplicationScoped
public class Cleaning {
  private static final Logger LOG = Logger.getLogger(Cleaning.class);
  private static final String DUTY = "cleaning";
  private static final Duration LEASE = Duration.ofMinutes(9);

  private final Database database;
  private final CleaningStore store;
  private final NodeRegistry nodes;
  private final ServerMembership membership;
  private final Incidents incidents;
  private final DutyLease duties;
  private final MaintenanceConfig config;

  public Cleaning(
      Database database,
      CleaningStore store,
      NodeRegistry nodes,
      ServerMembership membership,
      Incidents incidents,
      DutyLease duties,
      MaintenanceConfig config) {
    this.database = database;
    this.store = store;
    this.nodes = nodes;
    this.membership = membership;
    this.incidents = incidents;
    this.duties = duties;
    this.config = config;
  }

  /** What one turn deleted. */
  record Deleted(int tokens, int triggerKeys, int nodes, int servers, int incidents) {}

  @Scheduled(
      every = "10m",
      delayed = "1m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void keep() {
    try {
      duties.take(DUTY, LEASE).ifPresent(held -> LOG.debugf("cleaned: %s", runOnce()));
    } catch (DatabaseException e) {
      LOG.warnf("what is over is not deleted yet: %s", e.getMessage());
    }
  }

  /** Deletes what is over. */
  Deleted runOnce() {
    incidents.closeOrphans();
    return new Deleted(
        database.call(tx -> store.deleteTokens(tx, config.expiredTokens())),
        database.call(tx -> store.deleteTriggerKeys(tx, config.triggerKeys())),
        nodes.forgetOffline(config.offlineNodes()),
        membership.forgetDeadServers(),
        incidents.forget(config.history()));
  }
}
