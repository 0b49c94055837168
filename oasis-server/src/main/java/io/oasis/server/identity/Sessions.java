package io.oasis.server.identity;

import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.quarkus.elytron.security.common.BcryptUtil;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The door to signing in and out. */
@ApplicationScoped
public class Sessions {
  private static final Logger LOG = Logger.getLogger(Sessions.class);

  /** Longer names cannot exist; they are cut before they fill the memory of the throttle. */
  private static final int MAX_NAME = 200;

  private final Database database;
  private final AccountStore accounts;
  private final TokenStore tokens;
  private final SignInThrottle throttle;
  private final AuditTrail audit;
  private final IdentityConfig config;

  /** Nobody's: checking the password of an unknown name takes as long as that of a known one. */
  private final String nobodysHash = BcryptUtil.bcryptHash(TokenSecret.randomText(16));

  public Sessions(
      Database database,
      AccountStore accounts,
      TokenStore tokens,
      SignInThrottle throttle,
      AuditTrail audit,
      IdentityConfig config) {
    this.database = database;
    this.accounts = accounts;
    this.tokens = tokens;
    this.throttle = throttle;
    this.audit = audit;
    this.config = config;
  }

  /** An account with the hash of its password. */
  private record Credentials(Account account, String passwordHash) {}

  /** What became of signing in. */
  public sealed interface SignIn {
    /**
     * Signed in.
     *
     * @param token to be presented from now on, as bearer or in the session cookie
     * @param expiresAt when it ends
     */
    record SignedIn(String token, Instant expiresAt, Account account) implements SignIn {}

    /** No such account, a disabled one, or another password: which of these is not said. */
    record WrongCredentials() implements SignIn {}

    /**
     * Too many failures; even the right password is not looked at before {@code retryAfter} is
     * over.
     */
    record Throttled(Duration retryAfter) implements SignIn {}
  }

  /** {@link #signIn(String, String, String, String)} with a session that has no name of its own. */
  public SignIn signIn(String name, String password, String clientAddress) {
    return signIn(name, password, clientAddress, "session");
  }

  /**
   * Signs a person in. Blocks for the time of a bcrypt.
   *
   * @param clientAddress where the attempt comes from, for the throttle
   * @param sessionName for lists of sessions
   */
  public SignIn signIn(String name, String password, String clientAddress, String sessionName) {
    String account = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
    Optional<Duration> wait = throttle.attempt(account, clientAddress);
    if (wait.isPresent()) {
      return new SignIn.Throttled(wait.get());
    }
    Optional<Credentials> known = database.call(tx -> credentials(tx, account));
    String hash = known.map(Credentials::passwordHash).orElse(nobodysHash);
    boolean matches = BcryptUtil.matches(password, hash);
    if (known.isEmpty() || !matches) {
      LOG.warnf("sign-in failed: account=%s address=%s", account, clientAddress);
      return new SignIn.WrongCredentials();
    }
    throttle.succeeded(account, clientAddress);
    return database.call(tx -> open(tx, known.get().account(), sessionName));
  }

  /** The open sessions of a person, newest first. */
  public List<Token> of(Caller caller) {
    return database.call(
        tx ->
            account(tx, caller)
                .map(account -> tokens.sessions(tx, account.id()))
                .orElse(List.of()));
  }

  /** The account of a caller who has signed in; empty for a token, whatever its name. */
  public Optional<Account> account(Caller caller) {
    return database.call(tx -> account(tx, caller));
  }

  private Optional<Account> account(Tx tx, Caller caller) {
    return caller.kind() == Token.Kind.SESSION
        ? accounts.find(tx, caller.name())
        : Optional.empty();
  }

  /** Ends the session (or token) of the caller. */
  public void signOut(Caller caller) {
    database.run(
        tx -> {
          if (tokens.delete(tx, caller.tokenId()).isPresent()) {
            audit.write(
                tx,
                caller.who(),
                "session.end",
                "account " + caller.name(),
                Optional.empty(),
                Optional.empty());
          }
        });
  }

  private Optional<Credentials> credentials(Tx tx, String name) {
    return accounts
        .find(tx, name)
        .flatMap(
            account ->
                accounts
                    .passwordHash(tx, account.id())
                    .map(hash -> new Credentials(account, hash)));
  }

  private SignIn open(Tx tx, Account account, String sessionName) {
    tokens.deleteOldSessions(tx);
    accounts.signedIn(tx, account.id());
    String secret = TokenSecret.generate(Token.Kind.SESSION);
    Token token =
        tokens.insert(
            tx,
            new TokenStore.NewRow(
                Token.Kind.SESSION,
                sessionName,
                TokenSecret.hash(secret),
                Optional.of(account.id()),
                account.access().everywhere(),
                Optional.empty(),
                account.name(),
                config.sessionLifetime()));
    audit.write(
        tx,
        account.name(),
        "session.begin",
        "account " + account.name(),
        Optional.empty(),
        Optional.empty());
    return new SignIn.SignedIn(secret, token.expiresAt(), account);
  }
}
