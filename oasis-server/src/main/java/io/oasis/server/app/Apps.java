package io.oasis.server.app;

import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.identity.AuditTrail;
import io.oasis.server.identity.Reach;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The door to apps and to their nodes as people see them. */
@ApplicationScoped
public class Apps {
  private static final Logger LOG = Logger.getLogger(Apps.class);

  private final Database database;
  private final AppStore store;
  private final JobTally tally;
  private final AuditTrail audit;

  public Apps(Database database, AppStore store, JobTally tally, AuditTrail audit) {
    this.database = database;
    this.store = store;
    this.tally = tally;
    this.audit = audit;
  }

  /** How the app of an executor came to be known. */
  public sealed interface Registration {
    /** It was there. */
    record Found(long id) implements Registration {}

    /** The executor is the first of its app. */
    record Registered(long id) implements Registration {}

    /** Somebody removed the app by force: executors do not make it anew. */
    record Barred() implements Registration {}
  }

  /** The apps that lie within a reach, by name. */
  public List<App> list(Reach reach) {
    return list(Optional.empty()).stream().filter(app -> reach.covers(app.name())).toList();
  }

  private List<App> list(Optional<String> name) {
    Map<String, JobTally.OfApp> jobs = tally.byApp();
    return database.call(tx -> store.list(tx, name, Optional.of(0))).stream()
        .map(app -> app.withJobs(jobs.getOrDefault(app.name(), JobTally.OfApp.NONE).all()))
        .toList();
  }

  /** The names of the apps that lie within a reach, in their order. */
  public List<String> names(Reach reach) {
    return database.call(store::names).stream().filter(reach::covers).toList();
  }

  /** One app. */
  public Optional<App> find(String name) {
    return list(Optional.of(name)).stream().findFirst();
  }

  /** The nodes of some apps, by app and id. */
  public List<Node> nodes(Reach reach) {
    return database.call(tx -> store.nodes(tx, reach.names()));
  }

  /** One node. */
  public Optional<Node> node(String id) {
    return database.call(tx -> store.node(tx, id));
  }

  /**
   * Forgets a node that is offline; what it ran stays in the history.
   *
   * @return false when it is online or draining, or not there any more
   */
  public boolean forgetNode(Node node, String by) {
    return database.call(
        tx -> {
          if (!store.forgetNode(tx, node.id())) {
            return false;
          }
          audit.write(
              tx,
              by,
              "node.forget",
              "node " + node.id(),
              Optional.of(Map.of("app", node.app(), "address", node.address())),
              Optional.empty());
          return true;
        });
  }

  /**
   * The app of an executor that presented a valid token; makes it when it is not known.
   *
   * @param name a slug that the caller has checked
   * @param by who registers it, for the audit trail
   */
  public Registration findOrRegister(Tx tx, String name, String by) {
    Optional<Long> known = store.find(tx, name);
    if (known.isPresent()) {
      return new Registration.Found(known.get());
    }
    Optional<Long> made = store.register(tx, name);
    if (made.isEmpty()) {
      // Unless it is barred, another executor of the app came first, in this very moment.
      return store
          .find(tx, name)
          .<Registration>map(Registration.Found::new)
          .orElseGet(Registration.Barred::new);
    }
    audit.write(
        tx,
        by,
        "app.register",
        "app " + name,
        Optional.empty(),
        Optional.of(Map.of("registration", App.Registration.AUTO.name())));
    LOG.infof("app=%s registered by its first executor", name);
    return new Registration.Registered(made.get());
  }

  /** One app, which nobody else changes until the transaction ends, and no node joins. */
  public Optional<App> hold(Tx tx, String name) {
    return store
        .lock(tx, name)
        .flatMap(id -> store.list(tx, Optional.of(name), Optional.empty()).stream().findFirst());
  }

  /** One app, as it is in the transaction. */
  public Optional<App> find(Tx tx, String name) {
    return store.list(tx, Optional.of(name), Optional.empty()).stream().findFirst();
  }

  /** The apps of these names as manifests see them, by name. */
  public Map<String, ManagedApp> current(Tx tx, Collection<String> names) {
    return store.current(tx, names).stream()
        .collect(Collectors.toMap(ManagedApp::name, Function.identity()));
  }

  /** The apps that a source owns, by name. */
  public List<OwnedApp> owned(Tx tx, String source) {
    return store.owned(tx, source);
  }

  /** Removes apps that nothing depends on; their history stays. */
  public void removeAll(Tx tx, Collection<Long> ids) {
    if (!ids.isEmpty()) {
      store.delete(tx, ids, false);
    }
  }

  /** Removes an app whose executors may still be there, and lets none of them make it anew. */
  public void removeAndBar(Tx tx, long id) {
    store.delete(tx, List.of(id), true);
  }

  /** Writes new apps in one round trip. */
  public List<ManagedApp> insertAll(
      Tx tx, List<AppDraft> drafts, Optional<String> source, Optional<String> commit) {
    return drafts.isEmpty() ? List.of() : store.insertAll(tx, drafts, source, commit);
  }

  /** Changes apps in one round trip; an empty source leaves the owner as it is. */
  public void updateAll(
      Tx tx, List<AppDraft> drafts, Optional<String> source, Optional<String> commit) {
    if (!drafts.isEmpty()) {
      store.updateAll(tx, drafts, source, commit);
    }
  }
}
