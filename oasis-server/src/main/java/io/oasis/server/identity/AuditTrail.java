package io.oasis.server.identity;

import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.oasis.server.secret.MarkKeyStore;
import io.oasis.server.secret.SecretMarks;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who did what, with before and after, written in the transaction that does it. */
@ApplicationScoped
public class AuditTrail {
  private final Database database;
  private final AuditStore store;
  private final MarkKeyStore marks;

  public AuditTrail(Database database, AuditStore store, MarkKeyStore marks) {
    this.database = database;
    this.store = store;
    this.marks = marks;
  }

  /**
   * One change.
   *
   * @param who {@link Caller#who()}, or the name of a duty of the server
   * @param action a stable word, for example {@code job.disable}
   * @param object what was changed: {@code job billing/nightly}, {@code app billing}, {@code run 7
   *     of billing/nightly}, {@code account wang}; in these forms it is known whose app it is
   * @param before as it was, never with secrets; empty: it was not there
   * @param after as it is, never with secrets; empty: it is gone
   */
  public record Entry(
      String who,
      String action,
      String object,
      Optional<Map<String, Object>> before,
      Optional<Map<String, Object>> after) {}

  /**
   * An entry of the trail.
   *
   * @param id later ones are higher
   * @param at by the database's clock
   */
  public record Written(long id, Instant at, Entry entry) {}

  /**
   * Entries, newest first.
   *
   * @param before only entries with a lower id; empty: from the newest on
   */
  public List<Written> list(AuditFilter filter, Optional<Long> before, int limit) {
    return database.call(tx -> store.list(tx, filter, before.orElse(Long.MAX_VALUE), limit));
  }

  /**
   * The newest change of an object.
   *
   * @param object as in {@link Entry}
   * @param who changed it
   * @param action what was done
   */
  public record Change(String object, String who, String action, Instant at) {}

  /** The newest change of each of these objects, with one query; those without any are missing. */
  public Map<String, Change> latest(Tx tx, Collection<String> objects) {
    return objects.isEmpty()
        ? Map.of()
        : store.latest(tx, objects).stream()
            .collect(Collectors.toMap(Change::object, Function.identity()));
  }

  /** Writes one change. */
  public void write(
      Tx tx,
      String who,
      String action,
      String object,
      Optional<Map<String, Object>> before,
      Optional<Map<String, Object>> after) {
    writeAll(tx, List.of(new Entry(who, action, object, before, after)));
  }

  /** Writes many changes in one round trip. Values of secret params become marks. */
  public void writeAll(Tx tx, List<Entry> entries) {
    if (!entries.isEmpty()) {
      SecretMarks hidden = marks.marks(tx);
      store.insert(
          tx,
          entries.stream()
              .map(
                  entry ->
                      new Entry(
                          entry.who(),
                          entry.action(),
                          entry.object(),
                          entry.before().map(hidden::hideForm),
                          entry.after().map(hidden::hideForm)))
              .toList());
    }
  }
}
