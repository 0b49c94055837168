package io.oasis.server.identity;

import io.oasis.server.database.JsonText;
import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** SQL of the table {@code audit}. */
@ApplicationScoped
class AuditStore {
  private static final String INSERT =
      """
      INSERT INTO audit (who, action, object, before, after)
      SELECT e.who, e.action, e.object, e.before::jsonb, e.after::jsonb
      FROM unnest(?, ?, ?, ?, ?) AS e (who, action, object, before, after)""";

  void insert(Tx tx, List<AuditTrail.Entry> entries) {
    tx.update(
        INSERT,
        SqlArray.texts(entries.stream().map(AuditTrail.Entry::who).toList()),
        SqlArray.texts(entries.stream().map(AuditTrail.Entry::action).toList()),
        SqlArray.texts(entries.stream().map(AuditTrail.Entry::object).toList()),
        SqlArray.texts(
            entries.stream().map(e -> e.before().map(JsonText::write).orElse(null)).toList()),
        SqlArray.texts(
            entries.stream().map(e -> e.after().map(JsonText::write).orElse(null)).toList()));
  }
}
