package io.oasis.server.identity;

import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The door to tokens: making, listing and revoking them, and knowing who presents one. */
@ApplicationScoped
public class Tokens {
  /** Most characters of a token's name. */
  public static final int MAX_NAME = 100;

  private static final Duration MAX_LIFETIME = Duration.ofDays(3_660);

  private final Database database;
  private final TokenStore store;
  private final AuditTrail audit;

  public Tokens(Database database, TokenStore store, AuditTrail audit) {
    this.database = database;
    this.store = store;
    this.audit = audit;
  }

  /** Who presents a token. */
  public sealed interface Check {
    record Valid(Caller caller) implements Check {}

    record Unknown() implements Check {}

    record Expired() implements Check {}
  }

  /** Whether a token opens the executor channel. */
  public sealed interface ExecutorCheck {
    /**
     * It does.
     *
     * @param tokenId to ask later whether it still does
     * @param tokenName for messages
     * @param app the only app that it may register; empty: any
     */
    record Valid(long tokenId, String tokenName, Optional<String> app) implements ExecutorCheck {}

    /** No such token, or one of another kind. */
    record Unknown() implements ExecutorCheck {}

    record Expired() implements ExecutorCheck {}
  }

  /**
   * A token to be made.
   *
   * @param role present for an API token only
   * @param app the only app that it may touch; empty: all
   * @param lifetime from now on
   */
  public record NewToken(
      String name, Token.Kind kind, Optional<Role> role, Optional<String> app, Duration lifetime) {}

  /**
   * A token that was made.
   *
   * @param secret what its holder presents; never to be had again
   */
  public record Created(Token token, String secret) {}

  /** True for what a token may live: from a second to ten years. */
  public static boolean isLifetime(Duration wanted) {
    return wanted.compareTo(Duration.ofSeconds(1)) >= 0 && wanted.compareTo(MAX_LIFETIME) <= 0;
  }

  /** Makes a token for a program. */
  public Created create(NewToken wanted, String by) {
    String secret = TokenSecret.generate(wanted.kind());
    Token token =
        database.call(
            tx -> {
              Token made =
                  store.insert(
                      tx,
                      new TokenStore.NewRow(
                          wanted.kind(),
                          wanted.name(),
                          TokenSecret.hash(secret),
                          Optional.empty(),
                          wanted.role(),
                          wanted.app(),
                          by,
                          wanted.lifetime()));
              audit.write(
                  tx, by, "token.create", object(made), Optional.empty(), Optional.of(facts(made)));
              return made;
            });
    return new Created(token, secret);
  }

  /** All tokens of programs, expired ones too; no sessions. */
  public List<Token> list() {
    return database.call(store::list);
  }

  /** Ends a token at once; false when there is none of the id. */
  public boolean revoke(long id, String by) {
    return database.call(
        tx -> {
          Optional<Token> gone = store.delete(tx, id);
          audit.writeAll(tx, gone.stream().map(token -> revoked(token, by)).toList());
          return gone.isPresent();
        });
  }

  /** Ends all tokens that are for one app only; the answer is how many. */
  public int revokeOfApp(Tx tx, String app, String by) {
    List<Token> gone = store.deleteOfApp(tx, app);
    audit.writeAll(tx, gone.stream().map(token -> revoked(token, by)).toList());
    return gone.size();
  }

  /** How many tokens are for one app only, expired ones too. */
  public int countOfApp(Tx tx, String app) {
    return store.countOfApp(tx, app);
  }

  /** Looks a presented token up, and notes that it was used. Blocks. */
  public Check verify(String secret) {
    return database.call(tx -> verify(tx, secret));
  }

  /** Looks up the token that an executor presents. Blocks. */
  public ExecutorCheck verifyExecutor(String secret) {
    if (!secret.startsWith(Token.Kind.EXECUTOR.prefix())) {
      return new ExecutorCheck.Unknown();
    }
    return database.call(
        tx -> {
          Optional<TokenStore.Found> row = find(tx, secret);
          if (row.isEmpty()) {
            return new ExecutorCheck.Unknown();
          }
          return row.get().expired()
              ? new ExecutorCheck.Expired()
              : new ExecutorCheck.Valid(
                  row.get().caller().tokenId(), row.get().caller().name(), row.get().app());
        });
  }

  /** Those of the tokens that are neither revoked nor expired. Blocks. */
  public Set<Long> stillValid(Set<Long> ids) {
    return ids.isEmpty() ? Set.of() : database.call(tx -> Set.copyOf(store.stillValid(tx, ids)));
  }

  private Check verify(Tx tx, String secret) {
    Optional<TokenStore.Found> row = find(tx, secret);
    if (row.isEmpty()) {
      return new Check.Unknown();
    }
    return row.get().expired() ? new Check.Expired() : new Check.Valid(row.get().caller());
  }

  /** Looks a token up, and notes that it was used. */
  private Optional<TokenStore.Found> find(Tx tx, String secret) {
    Optional<TokenStore.Found> row = store.find(tx, TokenSecret.hash(secret));
    row.filter(found -> !found.expired() && found.stale())
        .ifPresent(found -> store.touch(tx, found.caller().tokenId()));
    return row;
  }

  private static AuditTrail.Entry revoked(Token token, String by) {
    return new AuditTrail.Entry(
        by, "token.revoke", object(token), Optional.of(facts(token)), Optional.empty());
  }

  private static String object(Token token) {
    return "token " + token.id();
  }

  private static Map<String, Object> facts(Token token) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("name", token.name());
    facts.put("kind", token.kind().name());
    token.role().ifPresent(role -> facts.put("role", role.word()));
    token.app().ifPresent(app -> facts.put("app", app));
    facts.put("expiresAt", token.expiresAt().toString());
    return facts;
  }
}
