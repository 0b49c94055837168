package io.oasis.server.identity;

import io.oasis.server.database.Row;
import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** SQL of the table {@code token}. */
@ApplicationScoped
class TokenStore {
  private static final String COLUMNS =
      "id, name, kind, role, app, created_at, created_by, expires_at, last_used_at";
  private static final String INSERT =
      """
      INSERT INTO token (kind, name, hash, account_id, role, app, created_by, expires_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, now() + ? * interval '1 second')
      RETURNING"""
          + " "
          + COLUMNS;
  // A session has the role that its account has now, not the one of when it began.
  private static final String BY_HASH =
      """
      SELECT t.id, t.kind, coalesce(a.name, t.name) AS name, coalesce(a.role, t.role) AS role,
             t.app, t.expires_at, t.expires_at <= now() AS expired,
             t.last_used_at IS NULL OR t.last_used_at < now() - interval '1 minute' AS stale
      FROM token t LEFT JOIN account a ON a.id = t.account_id
      WHERE t.hash = ? AND NOT coalesce(a.disabled, false)""";
  private static final String TOUCH =
      """
      UPDATE token SET last_used_at = now()
      WHERE id = ? AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')""";
  private static final String LIST =
      "SELECT " + COLUMNS + " FROM token WHERE kind <> 'SESSION' ORDER BY id";
  private static final String DELETE = "DELETE FROM token WHERE id = ? RETURNING " + COLUMNS;
  // Kept for a day, so that whoever comes back late hears "expired" and not "unknown".
  private static final String DELETE_OLD_SESSIONS =
      "DELETE FROM token WHERE kind = 'SESSION' AND expires_at < now() - interval '1 day'";

  /** What the row of a presented token says. */
  record Found(Caller caller, boolean expired, boolean stale) {}

  /** A token to be written; rows are never compared. */
  @SuppressWarnings("ArrayRecordComponent")
  record NewRow(
      Token.Kind kind,
      String name,
      byte[] hash,
      Optional<Long> accountId,
      Optional<Role> role,
      Optional<String> app,
      String createdBy,
      Duration lifetime) {}

  Token insert(Tx tx, NewRow row) {
    return tx.one(
        INSERT,
        TokenStore::token,
        row.kind(),
        row.name(),
        row.hash(),
        row.accountId(),
        row.role().map(Role::word),
        row.app(),
        row.createdBy(),
        row.lifetime().toSeconds());
  }

  Optional<Found> find(Tx tx, byte[] hash) {
    return tx.first(BY_HASH, TokenStore::found, hash);
  }

  void touch(Tx tx, long id) {
    tx.update(TOUCH, id);
  }

  List<Token> list(Tx tx) {
    return tx.query(LIST, TokenStore::token);
  }

  Optional<Token> delete(Tx tx, long id) {
    return tx.first(DELETE, TokenStore::token, id);
  }

  int deleteOldSessions(Tx tx) {
    return tx.update(DELETE_OLD_SESSIONS);
  }

  private static Found found(Row row) {
    Instant expiresAt = row.instant("expires_at");
    Caller caller =
        new Caller(
            row.longNumber("id"),
            row.text("name"),
            row.constant("kind", Token.Kind.class),
            row.optionalText("role").flatMap(Role::parse),
            row.optionalText("app"),
            expiresAt);
    return new Found(caller, row.flag("expired"), row.flag("stale"));
  }

  private static Token token(Row row) {
    return new Token(
        row.longNumber("id"),
        row.text("name"),
        row.constant("kind", Token.Kind.class),
        row.optionalText("role").flatMap(Role::parse),
        row.optionalText("app"),
        row.instant("created_at"),
        row.text("created_by"),
        row.instant("expires_at"),
        row.optionalInstant("last_used_at"));
  }
}
