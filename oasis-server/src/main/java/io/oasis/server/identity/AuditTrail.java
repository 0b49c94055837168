package io.oasis.server.identity;

import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who did what, with before and after, written in the transaction that does it. */
@ApplicationScoped
public class AuditTrail {
  private final AuditStore store;

  public AuditTrail(AuditStore store) {
    this.store = store;
  }

  /**
   * One change.
   *
   * @param who {@link Caller#who()}, or the name of a duty of the server
   * @param action a stable word, for example {@code job.disable}
   * @param object what was changed, for example {@code job billing/nightly}
   * @param before as it was, never with secrets; empty: it was not there
   * @param after as it is, never with secrets; empty: it is gone
   */
  public record Entry(
      String who,
      String action,
      String object,
      Optional<Map<String, Object>> before,
      Optional<Map<String, Object>> after) {}

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

  /** Writes many changes in one round trip. */
  public void writeAll(Tx tx, List<Entry> entries) {
    if (!entries.isEmpty()) {
      store.insert(tx, entries);
    }
  }
}
