package io.oasis.server.removal;

import io.oasis.server.app.App;
import io.oasis.server.app.Apps;
import io.oasis.server.database.Database;
import io.oasis.server.database.DatabaseException;
import io.oasis.server.database.Tx;
import io.oasis.server.database.Wakeups;
import io.oasis.server.identity.AuditTrail;
import io.oasis.server.job.JobWriter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The door to removing apps. */
@ApplicationScoped
public class AppRemoval {
  private static final Logger LOG = Logger.getLogger(AppRemoval.class);
  private static final int ATTEMPTS = 5;

  private final Database database;
  private final Apps apps;
  private final Belongings belongings;
  private final JobWriter management;
  private final AuditTrail audit;
  private final Wakeups wakeups;

  public AppRemoval(
      Database database,
      Apps apps,
      Belongings belongings,
      JobWriter management,
      AuditTrail audit,
      Wakeups wakeups) {
    this.database = database;
    this.apps = apps;
    this.belongings = belongings;
    this.management = management;
    this.audit = audit;
    this.wakeups = wakeups;
  }

  /** What a forced removal would take with it now; empty when there is no such app. */
  public Optional<Dependents> dependents(String app) {
    return database.call(tx -> apps.find(tx, app).map(found -> belongings.count(tx, found)));
  }

  /**
   * Removes an app that nothing depends on; its history stays.
   *
   * @param override also when a Git source owns it
   */
  public Removal remove(String app, boolean override, String by) {
    return database.call(tx -> remove(tx, app, override, by));
  }

  private Removal remove(Tx tx, String name, boolean override, String by) {
    management.lock(tx);
    Optional<App> found = apps.hold(tx, name);
    if (found.isEmpty()) {
      return new Removal.NoSuchApp();
    }
    App app = found.get();
    Dependents all = belongings.count(tx, app);
    if (all.jobs() > 0 || all.nodes().connected() > 0) {
      return new Removal.InUse(all);
    }
    if (app.source().isPresent() && !override) {
      return new Removal.Owned(all);
    }
    apps.removeAll(tx, List.of(app.id()));
    audit.write(tx, by, "app.remove", "app " + name, Optional.of(facts(app)), Optional.empty());
    LOG.infof("app=%s removed by=%s", name, by);
    return new Removal.Removed(all);
  }

  /**
   * Removes an app with all that depends on it: its jobs are deleted, its waiting runs cancelled,
   * its nodes sent away and its tokens revoked. All of it or nothing. Until a person or a manifest
   * makes an app of the name, executors are refused.
   */
  public Removal force(String app, Force force, String by) {
    Done done = inTurn(() -> database.call(tx -> force(tx, app, force, by)));
    done.afterCommit().run();
    return done.removal();
  }

  /**
   * A run that ends holds itself and asks for its job; whoever removes the app holds the job and
   * asks for the run. The database lets one of the two go on, and the removal begins again.
   */
  private static Done inTurn(Supplier<Done> transaction) {
    for (int left = ATTEMPTS - 1; ; left--) {
      try {
        return transaction.get();
      } catch (DatabaseException e) {
        if (!e.isDeadlock() || left == 0) {
          throw e;
        }
      }
    }
  }

  private record Done(Removal removal, Runnable afterCommit) {
    static Done nothing(Removal refusal) {
      return new Done(refusal, () -> {});
    }
  }

  private Done force(Tx tx, String name, Force force, String by) {
    management.lock(tx);
    Optional<App> found = apps.hold(tx, name);
    if (found.isEmpty()) {
      return Done.nothing(new Removal.NoSuchApp());
    }
    App app = found.get();
    Belongings.Held held = belongings.hold(tx, app);
    Dependents all = held.dependents();
    if (!all.sources().isEmpty() && !force.override()) {
      return Done.nothing(new Removal.Owned(all));
    }
    if (all.runs().running() > 0 && !force.kill()) {
      return Done.nothing(new Removal.Running(all));
    }
    Runnable afterCommit = belongings.end(tx, app, held, by);
    apps.removeAndBar(tx, app.id());
    audit.write(
        tx, by, "app.remove", "app " + name, Optional.of(facts(app, all)), Optional.empty());
    wakeups.send(tx, Wakeups.JOBS);
    wakeups.send(tx, Wakeups.NODES);
    LOG.infof(
        "app=%s removed by force by=%s jobs=%d waiting=%d killed=%d nodes=%d tokens=%d",
        name,
        by,
        all.jobs(),
        all.runs().waiting(),
        all.runs().running(),
        all.nodes().all(),
        all.tokens());
    return new Done(new Removal.Removed(all), afterCommit);
  }

  private static Map<String, Object> facts(App app) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("title", app.title());
    facts.put("registration", app.registration().name());
    app.source().ifPresent(source -> facts.put("source", source));
    return facts;
  }

  private static Map<String, Object> facts(App app, Dependents all) {
    Map<String, Object> facts = facts(app);
    facts.put("forced", true);
    facts.put("jobs", all.jobs());
    facts.put("cancelledRuns", all.runs().waiting());
    facts.put("killedRuns", all.runs().running());
    facts.put("nodes", all.nodes().all());
    facts.put("tokens", all.tokens());
    return facts;
  }
}
