package io.oasis.server.alarm;

import io.oasis.server.database.Database;
import io.oasis.server.identity.AuditTrail;
import io.oasis.server.identity.Reach;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The door of the feature: what pages and REST ask of incidents. */
@ApplicationScoped
public class Incidents {
  private static final Logger LOG = Logger.getLogger(Incidents.class);

  private final Database database;
  private final IncidentStore store;
  private final AuditTrail audit;

  public Incidents(Database database, IncidentStore store, AuditTrail audit) {
    this.database = database;
    this.store = store;
    this.audit = audit;
  }

  /** An incident with what was said of it, oldest first. */
  public record Told(Incident incident, List<Delivery> deliveries) {}

  /** What became of taking an incident on. */
  public sealed interface Acknowledged {
    record Done(Incident incident) implements Acknowledged {}

    /** Somebody has taken it on before, or it is over: nothing was changed. */
    record Unchanged(Incident incident) implements Acknowledged {}

    record NoSuchIncident() implements Acknowledged {}
  }

  /**
   * Incidents, newest first.
   *
   * @param limit at most so many
   * @param cursor of the page before; empty: the first page
   * @throws IllegalArgumentException when the cursor is not one that a page gave
   */
  public IncidentPage list(IncidentFilter filter, int limit, Optional<String> cursor) {
    long before = cursor.map(Incidents::parseCursor).orElse(Long.MAX_VALUE);
    List<Incident> found = database.call(tx -> store.list(tx, filter, before, limit + 1));
    boolean more = found.size() > limit;
    List<Incident> page = more ? found.subList(0, limit) : found;
    return new IncidentPage(
        page, more ? Optional.of(Long.toString(page.get(page.size() - 1).id())) : Optional.empty());
  }

  /** One incident. */
  public Optional<Told> find(long id) {
    return database.call(
        tx -> store.find(tx, id).map(found -> new Told(found, store.deliveries(tx, id))));
  }

  /** How many of these apps go on, acknowledged or not. */
  public int openCount(Reach apps) {
    return database.call(tx -> store.openCount(tx, apps));
  }

  /** Takes an incident on: its repeats are not told any more, its end is. */
  public Acknowledged acknowledge(long id, String by) {
    return database.call(
        tx -> {
          boolean done = store.acknowledge(tx, id, by);
          Optional<Incident> now = store.find(tx, id);
          if (now.isEmpty()) {
            return new Acknowledged.NoSuchIncident();
          }
          Incident incident = now.get();
          if (!done) {
            return new Acknowledged.Unchanged(incident);
          }
          audit.write(
              tx,
              by,
              "incident.acknowledge",
              "incident " + id,
              Optional.empty(),
              Optional.of(
                  Map.of("job", incident.job().key().toString(), "kind", incident.kind().name())));
          LOG.infof("incident=%d job=%s acknowledged by %s", id, incident.job().key(), by);
          return new Acknowledged.Done(incident);
        });
  }

  /** Ends incidents that no run can end; returns how many. */
  public int closeOrphans() {
    return database.call(store::closeOrphans);
  }

  /** Deletes incidents that were resolved so long ago; returns how many. */
  public int forget(Duration resolvedFor) {
    return database.call(tx -> store.forget(tx, resolvedFor));
  }

  private static long parseCursor(String cursor) {
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a cursor: " + cursor, e);
    }
  }
}
