package io.oasis.server.identity;

import io.oasis.server.database.JsonText;
import io.oasis.server.database.Row;
import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQL of the table {@code audit}. */
@ApplicationScoped
class AuditStore {
  private static final String INSERT =
      """
      INSERT INTO audit (who, action, object, app, before, after)
      SELECT e.who, e.action, e.object, e.app, e.before::jsonb, e.after::jsonb
      FROM unnest(?, ?, ?, ?, ?, ?) AS e (who, action, object, app, before, after)""";
  private static final String LIST =
      """
      SELECT id, at, who, action, object, before, after FROM audit
      WHERE id < ?
        AND (?::text[] IS NULL OR app = ANY(?))
        AND (?::text IS NULL OR who = ?)
        AND (?::text IS NULL OR action = ? OR starts_with(action, ?))
        AND (?::text IS NULL OR object = ?)
        AND (?::timestamptz IS NULL OR at >= ?)
        AND (?::timestamptz IS NULL OR at < ?)
      ORDER BY id DESC
      LIMIT ?""";

  /** "job billing/nightly", "app billing", "run 7 of billing/nightly". */
  private static final Pattern OF_APP =
      Pattern.compile("(?:job |app |\\S+ \\d+ of )([^/ ]+)(?:/.*)?");

  private static final String LATEST =
      """
      SELECT w.object, l.who, l.action, l.at
      FROM unnest(?) AS w (object)
      CROSS JOIN LATERAL (
        SELECT a.who, a.action, a.at FROM audit a
        WHERE a.object = w.object ORDER BY a.at DESC LIMIT 1) l""";

  List<AuditTrail.Change> latest(Tx tx, Collection<String> objects) {
    return tx.query(
        LATEST,
        row ->
            new AuditTrail.Change(
                row.text("object"), row.text("who"), row.text("action"), row.instant("at")),
        SqlArray.texts(objects));
  }

  void insert(Tx tx, List<AuditTrail.Entry> entries) {
    tx.update(
        INSERT,
        SqlArray.texts(entries.stream().map(AuditTrail.Entry::who).toList()),
        SqlArray.texts(entries.stream().map(AuditTrail.Entry::action).toList()),
        SqlArray.texts(entries.stream().map(AuditTrail.Entry::object).toList()),
        SqlArray.texts(entries.stream().map(e -> app(e.object()).orElse(null)).toList()),
        SqlArray.texts(
            entries.stream().map(e -> e.before().map(JsonText::write).orElse(null)).toList()),
        SqlArray.texts(
            entries.stream().map(e -> e.after().map(JsonText::write).orElse(null)).toList()));
  }

  /** Entries with an id below {@code before}, newest first. */
  List<AuditTrail.Written> list(Tx tx, AuditFilter filter, long before, int limit) {
    Optional<SqlArray> apps = filter.apps().names().map(SqlArray::texts);
    Optional<String> prefix = filter.action().filter(action -> action.endsWith("."));
    return tx.query(
        LIST,
        AuditStore::written,
        before,
        apps,
        apps,
        filter.who(),
        filter.who(),
        filter.action(),
        filter.action(),
        prefix,
        filter.object(),
        filter.object(),
        filter.from(),
        filter.from(),
        filter.to(),
        filter.to(),
        limit);
  }

  /** The app that an object is of or belongs to. */
  static Optional<String> app(String object) {
    Matcher matcher = OF_APP.matcher(object);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static AuditTrail.Written written(Row row) {
    return new AuditTrail.Written(
        row.longNumber("id"),
        row.instant("at"),
        new AuditTrail.Entry(
            row.text("who"),
            row.text("action"),
            row.text("object"),
            row.optionalText("before").map(JsonText::object),
            row.optionalText("after").map(JsonText::object)));
  }
}
