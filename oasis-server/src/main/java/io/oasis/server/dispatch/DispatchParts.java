package io.oasis.server.dispatch;

import io.oasis.server.app.NodeRegistry;
import io.oasis.server.job.JobVersions;
import io.oasis.server.lease.ServerMembership;
import io.oasis.server.run.Ledger;
import io.oasis.server.run.LedgerStore;
import io.oasis.server.run.MemberStore;
import io.oasis.server.run.Rules;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;

/** Puts the dispatcher together from plain classes. */
@ApplicationScoped
public class DispatchParts {
  private final RunDispatcher dispatcher;
  private final ServerMembership membership;
  private final NodeRegistry nodes;
  private final NodeLoad load;

  /** The stores that the dispatcher's parts write to. */
  @ApplicationScoped
  public static class Stores {
    final LedgerStore ledger;
    final MemberStore members;
    final JobVersions versions;

    public Stores(LedgerStore ledger, MemberStore members, JobVersions versions) {
      this.ledger = ledger;
      this.members = members;
      this.versions = versions;
    }

    LedgerStore ledger() {
      return ledger;
    }

    MemberStore members() {
      return members;
    }

    JobVersions versions() {
      return versions;
    }
  }

  public DispatchParts(
      Stores stores,
      Slots slots,
      Ledger ledger,
      NodeRegistry nodes,
      NodeLoad load,
      ServerMembership membership,
      DispatchSettings settings) {
    this.membership = membership;
    this.nodes = nodes;
    this.load = load;
    Router router = new Router(new SecureRandom(), load::free);
    this.dispatcher =
        new RunDispatcher(
            stores.versions(),
            slots,
            ledger,
            new Broadcasts(stores.members(), settings.machine(), membership.serverId()),
            new Replacement(stores.ledger(), stores.versions(), settings.machine()),
            settings.config(),
            new RunDispatcher.Placing(nodes, router, settings.machine(), stores.ledger()));
  }

  RunDispatcher dispatcher() {
    return dispatcher;
  }

  /** Runs that the app's nodes could take right now. */
  int freeSlots(long appId) {
    return nodes.online(appId).stream().filter(node -> !node.draining()).mapToInt(load::free).sum();
  }

  NodeLoad load() {
    return load;
  }

  ServerMembership membership() {
    return membership;
  }

  /** What the rules and the operator say. */
  @ApplicationScoped
  public static class DispatchSettings {
    private final Rules rules;
    private final DispatchConfig config;

    public DispatchSettings(Rules rules, DispatchConfig config) {
      this.rules = rules;
      this.config = config;
    }

    io.oasis.server.run.RunMachine machine() {
      return rules.machine();
    }

    DispatchConfig config() {
      return config;
    }
  }
}
