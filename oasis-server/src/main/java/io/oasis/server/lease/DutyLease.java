package io.oasis.server.lease;

import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/**
 * Duties that one server at a time does. A lease that is a little shorter than the duty's interval,
 * and never given back, makes the duty happen once an interval in the whole cluster.
 */
@ApplicationScoped
public class DutyLease {
  private final Database database;
  private final LeaseStore store;
  private final ServerMembership membership;

  public DutyLease(Database database, LeaseStore store, ServerMembership membership) {
    this.database = database;
    this.store = store;
    this.membership = membership;
  }

  /**
   * A duty that this server holds.
   *
   * @param name of the duty
   * @param epoch raised whenever the holder changes
   */
  public record Held(String name, long epoch) {}

  /**
   * Takes a duty, or renews it when this server has it. Blocks.
   *
   * @param name of the duty
   * @param lease from now on
   * @return empty when another server holds it
   */
  public Optional<Held> take(String name, Duration lease) {
    return database.call(
        tx -> {
          store.knowDuty(tx, name);
          return store
              .takeDuty(tx, name, membership.serverId(), lease)
              .map(epoch -> new Held(name, epoch));
        });
  }

  /**
   * Makes the rest of the transaction conditional on the duty: nobody else takes it before the
   * commit.
   *
   * @return false when it is another server's by now, or has ended; then nothing may be written
   */
  public boolean stillHeld(Tx tx, Held held) {
    return store.lockDuty(tx, held.name(), membership.serverId(), held.epoch());
  }
}
