package io.oasis.server.identity;

import io.oasis.server.database.JsonText;
import io.oasis.server.database.Row;
import io.oasis.server.database.SqlArray;
import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** SQL of the tables {@code account} and {@code account_app_role}. */
@ApplicationScoped
class AccountStore {
  /** Roles in single apps as one JSON object; an account has few. */
  static final String APP_ROLES =
      """
      (SELECT jsonb_object_agg(r.app, r.role) FROM account_app_role r WHERE r.account_id = a.id)
        AS app_roles""";

  private static final String COLUMNS =
      """
      a.id, a.name, a.email, a.role, a.disabled, a.password_hash IS NULL AS external,
      a.last_sign_in_at, a.language, a.time_zone, a.theme,\s"""
          + APP_ROLES;
  private static final String COUNT = "SELECT count(*) AS accounts FROM account";
  private static final String INSERT =
      """
      INSERT INTO account (name, password_hash, external_id, email, role) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (name) DO NOTHING RETURNING id""";
  private static final String BY_NAME = "SELECT " + COLUMNS + " FROM account a WHERE a.name = ?";
  private static final String BY_EXTERNAL_ID =
      "SELECT " + COLUMNS + " FROM account a WHERE a.external_id = ?";
  private static final String PASSWORD =
      """
      SELECT password_hash FROM account
      WHERE id = ? AND NOT disabled AND password_hash IS NOT NULL""";
  private static final String LIST = "SELECT " + COLUMNS + " FROM account a ORDER BY a.name";
  private static final String UPDATE =
      "UPDATE account SET email = ?, role = ?, disabled = ? WHERE id = ?";
  private static final String DELETE = "DELETE FROM account WHERE id = ?";
  private static final String SET_PASSWORD = "UPDATE account SET password_hash = ? WHERE id = ?";
  private static final String SET_PREFERENCES =
      "UPDATE account SET language = ?, time_zone = ?, theme = ? WHERE name = ?";
  private static final String SIGNED_IN =
      "UPDATE account SET last_sign_in_at = clock_timestamp() WHERE id = ?";
  private static final String DELETE_APP_ROLES =
      "DELETE FROM account_app_role WHERE account_id = ?";
  private static final String INSERT_APP_ROLES =
      """
      INSERT INTO account_app_role (account_id, app, role)
      SELECT ?, r.app, r.role FROM unnest(?, ?) AS r (app, role)""";
  // Locked, so that two people who demote each other at once do not leave the platform without
  // anybody.
  private static final String OTHER_ADMINISTRATORS =
      "SELECT id FROM account WHERE role = 'admin' AND NOT disabled AND id <> ? FOR UPDATE";

  /** An account to be written. */
  record NewRow(
      String name,
      Optional<String> passwordHash,
      Optional<String> externalId,
      Optional<String> email,
      Access access) {}

  long count(Tx tx) {
    return tx.one(COUNT, row -> row.longNumber("accounts"));
  }

  /** The id; empty when an account of the name exists. */
  Optional<Long> insert(Tx tx, NewRow account) {
    Optional<Long> id =
        tx.first(
            INSERT,
            row -> row.longNumber("id"),
            account.name(),
            account.passwordHash(),
            account.externalId(),
            account.email(),
            account.access().everywhere().map(Role::word));
    id.ifPresent(made -> writeAppRoles(tx, made, account.access().byApp()));
    return id;
  }

  Optional<Account> find(Tx tx, String name) {
    return tx.first(BY_NAME, AccountStore::account, name);
  }

  Optional<Account> findExternal(Tx tx, String externalId) {
    return tx.first(BY_EXTERNAL_ID, AccountStore::account, externalId);
  }

  /** Hash of the password of an account that may sign in with one. */
  Optional<String> passwordHash(Tx tx, long id) {
    return tx.first(PASSWORD, row -> row.text("password_hash"), id);
  }

  List<Account> list(Tx tx) {
    return tx.query(LIST, AccountStore::account);
  }

  void update(Tx tx, long id, Optional<String> email, Access access, boolean disabled) {
    tx.update(UPDATE, email, access.everywhere().map(Role::word), disabled, id);
    tx.update(DELETE_APP_ROLES, id);
    writeAppRoles(tx, id, access.byApp());
  }

  void delete(Tx tx, long id) {
    tx.update(DELETE, id);
  }

  void setPassword(Tx tx, long id, String hash) {
    tx.update(SET_PASSWORD, hash, id);
  }

  void setPreferences(Tx tx, String name, Account.Preferences wanted) {
    tx.update(SET_PREFERENCES, wanted.language(), wanted.timeZone(), wanted.theme(), name);
  }

  void signedIn(Tx tx, long id) {
    tx.update(SIGNED_IN, id);
  }

  /** True when another account is an administrator everywhere and can sign in. */
  boolean hasOtherAdministrator(Tx tx, long id) {
    return !tx.query(OTHER_ADMINISTRATORS, row -> row.longNumber("id"), id).isEmpty();
  }

  /** What the columns {@code role} and {@code app_roles} say. */
  static Access access(Row row) {
    Map<String, Role> byApp = new TreeMap<>();
    row.optionalText("app_roles")
        .ifPresent(
            json ->
                JsonText.texts(json)
                    .forEach((app, role) -> byApp.put(app, Role.parse(role).orElseThrow())));
    return new Access(row.optionalText("role").flatMap(Role::parse), byApp);
  }

  private static void writeAppRoles(Tx tx, long id, Map<String, Role> roles) {
    if (!roles.isEmpty()) {
      List<Map.Entry<String, Role>> entries = List.copyOf(roles.entrySet());
      tx.update(
          INSERT_APP_ROLES,
          id,
          SqlArray.texts(entries.stream().map(Map.Entry::getKey).toList()),
          SqlArray.texts(entries.stream().map(entry -> entry.getValue().word()).toList()));
    }
  }

  private static Account account(Row row) {
    return new Account(
        row.longNumber("id"),
        row.text("name"),
        row.optionalText("email"),
        access(row),
        row.flag("disabled"),
        row.flag("external"),
        row.optionalInstant("last_sign_in_at"),
        new Account.Preferences(
            row.optionalText("language"),
            row.optionalText("time_zone"),
            row.optionalText("theme")));
  }
}
