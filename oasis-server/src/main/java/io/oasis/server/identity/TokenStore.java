package io.oasis.server.identity;

import io.oasis.server.database.Row;
import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
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
      SELECT t.id, t.kind, coalesce(a.name, t.name) AS name,
             CASE WHEN a.id IS NULL THEN t.role ELSE a.role END AS role,
             t.app, t.expires_at, t.expires_at <= now() AS expired,
             t.last_used_at IS NULL OR t.last_used_at < now() - interval '1 minute' AS stale,
      """
          + AccountStore.APP_ROLES
          + """

      FROM token t LEFT JOIN account a ON a.id = t.account_id
      WHERE t.hash = ? AND NOT coalesce(a.disabled, false)""";
  private static final String TOUCH =
      """
      UPDATE token SET last_used_at = now()
      WHERE id = ? AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')""";
  private static final String STILL_VALID =
      "SELECT id FROM token WHERE id = ANY(?) AND expires_at > now()";
  private static final String LIST =
      "SELECT " + COLUMNS + " FROM token WHERE kind <> 'SESSION' ORDER BY id";
  private static final String DELETE = "DELETE FROM token WHERE id = ? RETURNING " + COLUMNS;
  private static final String DELETE_OF_APP =
      "DELETE FROM token WHERE app = ? AND kind <> 'SESSION' RETURNING " + COLUMNS;
  private static final String COUNT_OF_APP =
      "SELECT count(*) AS n FROM token WHERE app = ? AND kind <> 'SESSION'";
  // Kept for a day, so that whoever comes back late hears "expired" and not "unknown".
  private static final String DELETE_OLD_SESSIONS =
      "DELETE FROM token WHERE kind = 'SESSION' AND expires_at < now() - interval '1 day'";

  private static final String DELETE_SESSIONS =
      "DELETE FROM token WHERE kind = 'SESSION' AND account_id = ? AND id <> ?";
  private static final String SESSIONS =
      "SELECT "
          + COLUMNS
          + " FROM token WHERE kind = 'SESSION' AND account_id = ? AND expires_at > now()"
          + " ORDER BY id DESC";

  /**
   * What the row of a presented token says.
   *
   * @param app the only app that the token is for; empty: all
   */
  record Found(Caller caller, Optional<String> app, boolean expired, boolean stale) {}

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

  List<Long> stillValid(Tx tx, Collection<Long> ids) {
    return tx.query(STILL_VALID, row -> row.longNumber("id"), SqlArray.longs(ids));
  }

  List<Token> list(Tx tx) {
    return tx.query(LIST, TokenStore::token);
  }

  Optional<Token> delete(Tx tx, long id) {
    return tx.first(DELETE, TokenStore::token, id);
  }

  /** Ends the tokens that are for one app only. */
  List<Token> deleteOfApp(Tx tx, String app) {
    return tx.query(DELETE_OF_APP, TokenStore::token, app);
  }

  int countOfApp(Tx tx, String app) {
    return tx.one(COUNT_OF_APP, row -> row.number("n"), app);
  }

  /** Ends all sessions of an account; the answer is how many. */
  int deleteSessions(Tx tx, long accountId) {
    return deleteSessionsBut(tx, accountId, Optional.empty());
  }

  /** Ends the sessions of an account, all but one. */
  int deleteSessionsBut(Tx tx, long accountId, Optional<Long> kept) {
    return tx.update(DELETE_SESSIONS, accountId, kept.orElse(0L));
  }

  /** The open sessions of an account, newest first. */
  List<Token> sessions(Tx tx, long accountId) {
    return tx.query(SESSIONS, TokenStore::token, accountId);
  }

  int deleteOldSessions(Tx tx) {
    return tx.update(DELETE_OLD_SESSIONS);
  }

  private static Found found(Row row) {
    Optional<String> app = row.optionalText("app");
    Access access = AccountStore.access(row);
    Caller caller =
        new Caller(
            row.longNumber("id"),
            row.text("name"),
            row.constant("kind", Token.Kind.class),
            app.isPresent() && access.everywhere().isPresent()
                ? Access.in(app.get(), access.everywhere().get())
                : access,
            row.instant("expires_at"));
    return new Found(caller, app, row.flag("expired"), row.flag("stale"));
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
