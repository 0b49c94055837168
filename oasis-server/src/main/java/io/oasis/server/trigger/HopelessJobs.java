package io.oasis.server.trigger;

import io.oasis.server.database.Tx;
import io.oasis.server.identity.AuditTrail;
import io.oasis.server.job.JobVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Switches jobs off whose next times nobody can compute, and says so in the audit trail. */
@ApplicationScoped
class HopelessJobs {
  private static final Logger LOG = Logger.getLogger(HopelessJobs.class);
  private static final String WHO = "oasis";

  private final TriggerStore store;
  private final AuditTrail audit;

  HopelessJobs(TriggerStore store, AuditTrail audit) {
    this.store = store;
    this.audit = audit;
  }

  /**
   * Switches a job off. Its next time is withdrawn: when that time is due, it has its row in the
   * ledger and the job's next time is already behind it.
   *
   * @param why for people, one line
   */
  void switchOff(Tx tx, JobVersion.Id job, String why) {
    store
        .switchOff(tx, job, why)
        .ifPresent(
            key -> {
              audit.write(
                  tx,
                  WHO,
                  "job.disable",
                  "job " + key,
                  Optional.of(Map.of("state", "on")),
                  Optional.of(Map.of("state", "off", "reason", why)));
              LOG.warnf("job=%s switched off: %s", key, why);
            });
  }
}
