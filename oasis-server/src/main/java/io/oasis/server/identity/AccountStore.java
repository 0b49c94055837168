package io.oasis.server.identity;

import io.oasis.server.database.Row;
import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** SQL of the table {@code account}. */
@ApplicationScoped
class AccountStore {
  private static final String COUNT = "SELECT count(*) AS accounts FROM account";
  private static final String INSERT =
      """
      INSERT INTO account (name, password_hash, role) VALUES (?, ?, ?)
      ON CONFLICT (name) DO NOTHING""";
  private static final String BY_NAME =
      """
      SELECT id, name, role, language, time_zone, theme, password_hash
      FROM account WHERE name = ? AND NOT disabled""";

  /** An account with the hash of its password, for sign-in only. */
  record Credentials(Account account, String passwordHash) {}

  long count(Tx tx) {
    return tx.one(COUNT, row -> row.longNumber("accounts"));
  }

  /** False when an account of the name exists. */
  boolean insert(Tx tx, String name, String passwordHash, Role role) {
    return tx.update(INSERT, name, passwordHash, role.word()) == 1;
  }

  Optional<Credentials> find(Tx tx, String name) {
    return tx.first(BY_NAME, row -> new Credentials(account(row), row.text("password_hash")), name);
  }

  private static Account account(Row row) {
    return new Account(
        row.longNumber("id"),
        row.text("name"),
        Role.parse(row.text("role")).orElseThrow(),
        row.optionalText("language"),
        row.optionalText("time_zone"),
        row.optionalText("theme"));
  }
}
