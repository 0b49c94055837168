package io.oasis.server.identity;

import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.quarkus.elytron.security.common.BcryptUtil;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

  /**
   * A person whom an OpenID Connect provider knows.
   *
   * @param id issuer and subject: the same for ever
   * @param name wanted for the account, when it is made
   * @param access that the provider's groups give; empty: administrators give it
   * @param first the access of an account that is made now, when groups give none
   */
  public record External(
      String id, String name, Optional<String> email, Optional<Access> access, Access first) {}

  /** What became of signing in a person whom a provider knows. */
  public sealed interface ExternalSignIn {
    /** A session is open. */
    record Open(SignIn.SignedIn session) implements ExternalSignIn {}

    /** Another account has the name, or it cannot be one. */
    record NameTaken() implements ExternalSignIn {}

    /** The account is disabled. */
    record SwitchedOff() implements ExternalSignIn {}
  }

  /** Signs in a person whom a provider has let in; the first time, an account is made. */
  public ExternalSignIn signIn(External person, String sessionName) {
    return database.call(tx -> signIn(tx, person, sessionName));
  }

  private ExternalSignIn signIn(Tx tx, External person, String sessionName) {
    Optional<Account> known = accounts.findExternal(tx, person.id());
    if (known.isEmpty()) {
      known = make(tx, person);
    }
    if (known.isEmpty()) {
      return new ExternalSignIn.NameTaken();
    }
    if (known.get().disabled()) {
      return new ExternalSignIn.SwitchedOff();
    }
    Account account = known.get();
    Access access = person.access().orElse(account.access());
    if (!access.equals(account.access()) || !person.email().equals(account.email())) {
      accounts.update(tx, account.id(), person.email(), access, false);
      audit.write(
          tx,
          account.name(),
          "account.update",
          "account " + account.name(),
          Optional.of(Map.of("roles", account.access().facts())),
          Optional.of(Map.of("roles", access.facts())));
      account = accounts.findExternal(tx, person.id()).orElseThrow();
    }
    return new ExternalSignIn.Open(open(tx, account, sessionName));
  }

  private Optional<Account> make(Tx tx, External person) {
    if (!Accounts.isName(person.name())) {
      return Optional.empty();
    }
    Access access = person.access().orElse(person.first());
    AccountStore.NewRow row =
        new AccountStore.NewRow(
            person.name(), Optional.empty(), Optional.of(person.id()), person.email(), access);
    if (accounts.insert(tx, row).isEmpty()) {
      return Optional.empty();
    }
    audit.write(
        tx,
        person.name(),
        "account.create",
        "account " + person.name(),
        Optional.empty(),
        Optional.of(Map.of("roles", access.facts(), "externalId", person.id())));
    return accounts.findExternal(tx, person.id());
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

  private SignIn.SignedIn open(Tx tx, Account account, String sessionName) {
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
