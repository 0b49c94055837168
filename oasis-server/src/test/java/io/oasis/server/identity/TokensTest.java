package io.oasis.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class TokensTest {
  @Inject Database database;
  @Inject Tokens tokens;
  @Inject Sessions sessions;

  private Tokens.Created apiToken(String name) {
    return tokens.create(
        new Tokens.NewToken(
            name, Token.Kind.API, Optional.of(Role.VIEWER), Optional.empty(), Duration.ofDays(1)),
        "wang");
  }

  private Optional<Instant> lastUsed(long id) {
    return tokens.list().stream()
        .filter(token -> token.id() == id)
        .findFirst()
        .flatMap(Token::lastUsedAt);
  }

  private void update(String sql, Object... parameters) {
    database.run(tx -> tx.update(sql, parameters));
  }

  private String session(String account, Role role) {
    update(
        "INSERT INTO account (name, password_hash, role)"
            + " SELECT ?, password_hash, ? FROM account WHERE name = 'admin'",
        account,
        role.word());
    return ((Sessions.SignIn.SignedIn)
            sessions.signIn(account, "correct-horse-battery", "10.2.2.2"))
        .token();
  }

  @Test
  @DisplayName("when a token was last used is written at most once a minute")
  void lastUsedOnceAMinute() {
    Tokens.Created made = apiToken("used");
    assertThat(lastUsed(made.token().id())).isEmpty();
    tokens.verify(made.secret());
    Optional<Instant> first = lastUsed(made.token().id());
    assertThat(first).isPresent();
    tokens.verify(made.secret());
    assertThat(lastUsed(made.token().id())).isEqualTo(first);
    update(
        "UPDATE token SET last_used_at = now() - interval '61 seconds' WHERE id = ?",
        made.token().id());
    tokens.verify(made.secret());
    assertThat(lastUsed(made.token().id()).orElseThrow()).isAfterOrEqualTo(first.orElseThrow());
  }

  @Test
  @DisplayName("the database holds no secret")
  void onlyHashes() {
    Tokens.Created made = apiToken("hashed");
    List<String> rows =
        database.call(
            tx ->
                tx.query(
                    "SELECT token::text AS whole FROM token UNION ALL SELECT audit::text FROM audit",
                    row -> row.text("whole")));
    String secretPart = made.secret().substring(Token.Kind.API.prefix().length());
    assertThat(rows).isNotEmpty().noneMatch(row -> row.contains(secretPart));
  }

  @Test
  @DisplayName("a session has the role that its account has now")
  void roleOfNow() {
    String token = session("promoted", Role.VIEWER);
    update("UPDATE account SET role = 'editor' WHERE name = 'promoted'");
    assertThat(tokens.verify(token))
        .isInstanceOfSatisfying(
            Tokens.Check.Valid.class,
            valid -> assertThat(valid.caller().access().everywhere()).contains(Role.EDITOR));
  }

  @Test
  @DisplayName("a disabled account's sessions end at once, and nobody signs in with it")
  void disabledAccount() {
    String token = session("leaver", Role.ADMIN);
    update("UPDATE account SET disabled = true WHERE name = 'leaver'");
    assertThat(tokens.verify(token)).isEqualTo(new Tokens.Check.Unknown());
    assertThat(sessions.signIn("leaver", "correct-horse-battery", "10.2.2.3"))
        .isEqualTo(new Sessions.SignIn.WrongCredentials());
  }

  @Test
  @DisplayName("an expired executor token is told from an unknown one")
  void expiredExecutor() {
    Tokens.Created made =
        tokens.create(
            new Tokens.NewToken(
                "old", Token.Kind.EXECUTOR, Optional.empty(), Optional.empty(), Duration.ofDays(1)),
            "wang");
    update("UPDATE token SET expires_at = now() WHERE id = ?", made.token().id());
    assertThat(tokens.verifyExecutor(made.secret())).isEqualTo(new Tokens.ExecutorCheck.Expired());
  }
}
