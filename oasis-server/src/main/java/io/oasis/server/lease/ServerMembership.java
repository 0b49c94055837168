package io.oasis.server.lease;

import io.micrometer.core.instrument.Metrics;
import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.loop.Loop;
import io.oasis.server.loop.Shutdown;
import io.oasis.server.time.DatabaseClock;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * This process as a member of the cluster: its id, its lease, and how far its clock is off. Renewed
 * every {@code oasis.lease.renew-every} on a thread of its own.
 */
@Singleton
public class ServerMembership {
  private static final Logger LOG = Logger.getLogger(ServerMembership.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int ID_DIGITS = 7;

  private final Database database;
  private final LeaseStore store;
  private final DatabaseClock clock;
  private final LeaseConfig config;
  private final ServerAddress address;
  private final String id = newId();
  private final Renewals renewals;
  private final Loop loop = new Loop("membership", this::renew);
  private volatile Duration clockSkew = Duration.ZERO;
  private boolean skewSaid;

  public ServerMembership(
      Database database,
      LeaseStore store,
      DatabaseClock clock,
      LeaseConfig config,
      ServerAddress address) {
    this.database = database;
    this.store = store;
    this.clock = clock;
    this.config = config;
    this.address = address;
    this.renewals = new Renewals(config.server(), config.renewEvery(), System::nanoTime);
  }

  /** The id of this process, such as {@code s-3f2a91c}; another one after each start. */
  public String serverId() {
    return id;
  }

  /**
   * How long this server has renewed its lease without a failure; zero after any failure until the
   * next success. Whoever judges others by their leases waits until this is longer than those
   * leases: then the database was there all that time, and a lease that has ended means that its
   * holder does not live.
   */
  public Duration continuouslyRenewedFor() {
    return renewals.unbrokenFor();
  }

  /** True while this server certainly counts as alive for the others. */
  public boolean trusted() {
    return renewals.trusted();
  }

  /** How far the machine's clock is ahead of the database's; negative when it is behind. */
  public Duration clockSkew() {
    return clockSkew;
  }

  /** Removes the rows of servers that died long ago; returns how many. */
  public int forgetDeadServers() {
    return database.call(tx -> store.forgetDead(tx, config.forgetServerAfter()));
  }

  /**
   * The last time during which no server was there for {@code oasis.lease.away-after} or longer.
   * What was planned for it may have been done in a life of the database that a restored backup
   * does not know of.
   */
  public Optional<Absence> lastAbsence(Tx tx) {
    return store.lastAbsence(tx, config.awayAfter());
  }

  // Early: what other features write at their start carries this server's id.
  void start(@Observes @Priority(10) StartupEvent event, Shutdown shutdown) {
    Metrics.gauge("oasis.lease.clock.skew.seconds", this, m -> m.clockSkew.toMillis() / 1000.0);
    renew();
    loop.start();
    shutdown.register(Shutdown.Phase.END_HEARTBEATS, "membership", this::leave);
  }

  /** One renewal; makes the row when it is not there. */
  Duration renew() {
    long asked = renewals.asking();
    try {
      database.run(
          tx -> {
            Duration ahead = clock.measure(tx);
            clockSkew = ahead;
            if (!store.renew(tx, id, config.server(), ahead)) {
              store.join(tx, id, address, config.server(), ahead);
            }
            store.attend(tx, config.awayAfter());
          });
    } catch (RuntimeException e) {
      renewals.failed();
      throw e;
    }
    renewals.renewed(asked);
    saySkew();
    return config.renewEvery();
  }

  private void leave() {
    loop.stop(PATIENCE);
    database.run(
        tx -> {
          store.releaseDuties(tx, id);
          store.leave(tx, id);
        });
  }

  private void saySkew() {
    Duration skew = clockSkew.abs();
    boolean large = skew.compareTo(config.clockSkewWarning()) > 0;
    if (large && !skewSaid) {
      LOG.warnf(
          "this machine's clock is %d ms %s the database's; check its time synchronisation",
          skew.toMillis(), clockSkew.isNegative() ? "behind" : "ahead of");
    } else if (!large && skewSaid) {
      LOG.infof("this machine's clock agrees with the database's again (%d ms)", skew.toMillis());
    }
    skewSaid = large;
  }

  private static String newId() {
    byte[] random = new byte[(ID_DIGITS + 1) / 2];
    new SecureRandom().nextBytes(random);
    return "s-" + HexFormat.of().formatHex(random).substring(0, ID_DIGITS);
  }
}
