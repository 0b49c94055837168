package io.oasis.server.dispatch;

import io.oasis.server.database.Database;
import io.oasis.server.database.Isolation;
import io.oasis.server.database.Tx;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.run.ClaimStore;
import io.oasis.server.run.Ledger;
import io.oasis.server.run.LedgerStore;
import io.oasis.server.run.ReadyRuns;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.RunRow;
import io.oasis.server.run.RunState;
import io.oasis.server.time.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Looks at runs whose {@code wake_at} has passed: hand-overs that nobody made (their server died),
 * retries, silent nodes, deadlines, stops that were not confirmed. Costs one index probe a second
 * when there is nothing.
 */
@ApplicationScoped
public class RunWatcher {
  private static final Logger LOG = Logger.getLogger(RunWatcher.class);
  private static final int BATCH = 500;
  private static final Duration IDLE = Duration.ofSeconds(1);

  /** A claimed run comes up again after this when its step could not be written. */
  private static final Duration LEASE = Duration.ofSeconds(5);

  /** A run that fails alone comes up again after this. */
  private static final Duration FAULT_PAUSE = Duration.ofMinutes(1);

  private final Database database;
  private final DatabaseClock clock;
  private final LedgerStore store;
  private final Ledger ledger;
  private final AwakeRuns awakeRuns;
  private final NodeSender sender;
  private final Handing handing;

  /** Who claims runs, and to whom those go whose time has come. */
  @ApplicationScoped
  public static class Handing {
    private final ReadyRuns ready;
    private final ClaimStore claims;
    private final ServerMembership membership;

    public Handing(ReadyRuns ready, ClaimStore claims, ServerMembership membership) {
      this.ready = ready;
      this.claims = claims;
      this.membership = membership;
    }

    List<RunRow> claim(Tx tx) {
      return claims.claimAwake(tx, membership.serverId(), BATCH, LEASE);
    }

    void lookLater(Tx tx, RunRow run) {
      claims.lookLater(tx, run, FAULT_PAUSE);
    }

    void dispatch(List<RunRow> awake) {
      ready.add(awake.stream().filter(r -> r.state() == RunState.QUEUED).toList());
    }
  }

  public RunWatcher(
      Database database,
      DatabaseClock clock,
      LedgerStore store,
      Ledger ledger,
      AwakeRuns awakeRuns,
      NodeSender sender,
      Handing handing) {
    this.database = database;
    this.clock = clock;
    this.store = store;
    this.ledger = ledger;
    this.awakeRuns = awakeRuns;
    this.sender = sender;
    this.handing = handing;
  }

  /** One look. */
  Duration runOnce() {
    List<RunRow> awake;
    try {
      Looked looked =
          database.call(
              tx -> {
                List<RunRow> claimed = handing.claim(tx);
                return new Looked(claimed, follow(tx, claimed));
              });
      awake = looked.awake();
      looked.after().run();
    } catch (RuntimeException e) {
      if (!Isolation.mayBeAnItems(e)) {
        throw e;
      }
      // Claimed by itself, so that what fails below does not come up again at once.
      awake = database.call(handing::claim);
      Isolation.halve(awake, this::followPart, this::postpone);
    }
    handing.dispatch(awake);
    return awake.size() == BATCH ? Duration.ZERO : IDLE;
  }

  private record Looked(List<RunRow> awake, Runnable after) {}

  private void followPart(List<RunRow> part) {
    List<RunHandle> claimed = part.stream().map(RunRow::handle).toList();
    database
        .call(
            tx ->
                follow(
                    tx,
                    store.lock(tx, claimed).stream()
                        .filter(run -> claimed.contains(run.handle()))
                        .toList()))
        .run();
  }

  /** The answer is for after the commit. */
  private Runnable follow(Tx tx, List<RunRow> awake) {
    if (awake.isEmpty()) {
      return () -> {};
    }
    List<NodeSender.Stop> stops =
        sender.stops(tx, awake.stream().filter(r -> r.state() == RunState.KILLING).toList());
    Runnable afterCommit =
        ledger.write(tx, awakeRuns.follow(tx, awake, clock.instant())).afterCommit();
    return () -> {
      afterCommit.run();
      sender.stop(stops);
    };
  }

  /** What is under way on a node is not ended for a fault here; it is looked at again later. */
  private void postpone(RunRow run, RuntimeException cause) {
    LOG.errorf(
        cause, "run=%d in %s: the look at it failed and is repeated later", run.id(), run.state());
    database.run(tx -> handing.lookLater(tx, run));
  }
}
