package io.oasis.server.dispatch;

import io.oasis.server.app.NodeStore;
import io.oasis.server.database.Database;
import io.oasis.server.job.JobVersions;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.run.Ledger;
import io.oasis.server.run.LedgerStore;
import io.oasis.server.run.MemberStore;
import io.oasis.server.run.ReadyRuns;
import io.oasis.server.run.Rules;
import io.oasis.server.time.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Puts the watching agents together from plain classes. */
@ApplicationScoped
public class EngineParts {
  private final RunWatcher.Now now;
  private final LedgerStore store;
  private final MemberStore members;
  private final ReadyRuns ready;
  private final LostNodeReaper.Ending ending;

  /** Who looks, when, and at which revisions, as one thing to inject. */
  @ApplicationScoped
  public static class Look {
    private final RunWatcher.Now now;

    public Look(DatabaseClock clock, ServerMembership membership, JobVersions versions) {
      this.now = new RunWatcher.Now(clock, membership, versions);
    }

    RunWatcher.Now now() {
      return now;
    }
  }

  public EngineParts(
      Look look,
      LedgerStore store,
      MemberStore members,
      ReadyRuns ready,
      Ledger ledger,
      Rules rules,
      NodeLoad load) {
    this.now = look.now();
    this.store = store;
    this.members = members;
    this.ready = ready;
    this.ending = new LostNodeReaper.Ending(ledger, rules, load);
  }

  RunWatcher watcher(Database database, NodeSender sender) {
    return new RunWatcher(database, now, store, ending.ledger(), ready, sender, ending.rules());
  }

  LostNodeReaper reaper(Database database, NodeStore nodes, Duration nodeLease) {
    return new LostNodeReaper(database, now, nodes, store, members, ending, nodeLease);
  }
}
