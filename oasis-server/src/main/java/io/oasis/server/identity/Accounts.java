package io.oasis.server.identity;

import io.oasis.manifest.MailAddress;
import io.oasis.server.database.Database;
import io.oasis.server.database.Tx;
import io.quarkus.elytron.security.common.BcryptUtil;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The door to the accounts of people: making, changing and ending them. Somebody who can change
 * accounts is always left: the last administrator can be neither demoted nor ended.
 */
@ApplicationScoped
public class Accounts {
  /** Fewest characters of a password. */
  public static final int MIN_PASSWORD = 10;

  /** Most bytes of a password: bcrypt looks at no more. */
  public static final int MAX_PASSWORD_BYTES = 72;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}");

  private final Database database;
  private final AccountStore store;
  private final TokenStore tokens;
  private final AuditTrail audit;

  public Accounts(Database database, AccountStore store, TokenStore tokens, AuditTrail audit) {
    this.database = database;
    this.store = store;
    this.tokens = tokens;
    this.audit = audit;
  }

  /** What became of a change. */
  public sealed interface Change {
    /** Done. */
    record Done(Account account) implements Change {}

    /** There is no account of the name. */
    record Unknown() implements Change {}

    /** Another account has the name. */
    record NameTaken() implements Change {}

    /** Nobody who can change accounts would be left. */
    record LastAdministrator() implements Change {}

    /**
     * Not to be accepted.
     *
     * @param flaw which part, and why
     */
    record Invalid(Flaw flaw) implements Change {}
  }

  /** Why a new account or password is not accepted. */
  public enum Flaw {
    /** The name is not of letters, digits and {@code . _ @ + -}, or longer than 100 characters. */
    NAME,
    /** What was given as mail address cannot be one. */
    EMAIL,
    /** The password is shorter than {@link #MIN_PASSWORD} characters. */
    PASSWORD_SHORT,
    /** The password is longer than {@link #MAX_PASSWORD_BYTES} bytes. */
    PASSWORD_LONG,
    /** The password is the account's name. */
    PASSWORD_IS_NAME,
    /** The password that was given as the present one is another. */
    PASSWORD_WRONG,
    /** A program, or a person who signs in by OpenID Connect: neither has a password here. */
    NO_PASSWORD_HERE
  }

  /** True for what an account may be called. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** All accounts, by name. */
  public List<Account> list() {
    return database.call(store::list);
  }

  /** The account of a name. */
  public Optional<Account> find(String name) {
    return database.call(tx -> store.find(tx, name));
  }

  /** Makes an account that signs in with a password. */
  public Change create(
      String name, String password, Optional<String> email, Access access, String by) {
    if (!isName(name)) {
      return new Change.Invalid(Flaw.NAME);
    }
    if (email.filter(text -> !MailAddress.isValid(text)).isPresent()) {
      return new Change.Invalid(Flaw.EMAIL);
    }
    Optional<Flaw> flaw = flawOf(name, password);
    if (flaw.isPresent()) {
      return new Change.Invalid(flaw.get());
    }
    String hash = BcryptUtil.bcryptHash(password);
    return database.call(
        tx -> {
          if (store
              .insert(
                  tx,
                  new AccountStore.NewRow(name, Optional.of(hash), Optional.empty(), email, access))
              .isEmpty()) {
            return new Change.NameTaken();
          }
          Account made = store.find(tx, name).orElseThrow();
          write(tx, by, "account.create", Optional.empty(), Optional.of(made));
          return new Change.Done(made);
        });
  }

  /** Changes what an account may do, its address, and whether it can sign in. */
  public Change update(
      String name, Optional<String> email, Access access, boolean disabled, String by) {
    return database.call(
        tx -> {
          Optional<Account> before = store.find(tx, name);
          if (before.isEmpty()) {
            return new Change.Unknown();
          }
          // One that came from elsewhere, or before there was a rule, may stay.
          if (email.filter(text -> !MailAddress.isValid(text)).isPresent()
              && !email.equals(before.get().email())) {
            return new Change.Invalid(Flaw.EMAIL);
          }
          boolean stays = !disabled && access.everywhere().equals(Optional.of(Role.ADMIN));
          if (!stays && isLastAdministrator(tx, before.get())) {
            return new Change.LastAdministrator();
          }
          store.update(tx, before.get().id(), email, access, disabled);
          if (disabled) {
            tokens.deleteSessions(tx, before.get().id());
          }
          Account after = store.find(tx, name).orElseThrow();
          if (!facts(after).equals(facts(before.get()))) {
            write(tx, by, "account.update", before, Optional.of(after));
          }
          return new Change.Done(after);
        });
  }

  /** Ends an account and its sessions. What it did stays in the audit trail under its name. */
  public Change delete(String name, String by) {
    return database.call(
        tx -> {
          Optional<Account> before = store.find(tx, name);
          if (before.isEmpty()) {
            return new Change.Unknown();
          }
          if (isLastAdministrator(tx, before.get())) {
            return new Change.LastAdministrator();
          }
          store.delete(tx, before.get().id());
          write(tx, by, "account.delete", before, Optional.empty());
          return new Change.Done(before.get());
        });
  }

  /** Gives an account another password, as an administrator does, and ends its sessions. */
  public Change resetPassword(String name, String password, String by) {
    return setPassword(name, Optional.empty(), password, Optional.empty(), by);
  }

  /**
   * Changes one's own password, and ends one's other sessions.
   *
   * @param caller whose account it is
   * @param present the password until now
   */
  public Change changePassword(Caller caller, String present, String password) {
    if (caller.kind() != Token.Kind.SESSION) {
      // A token may have the name of an account and is not that person.
      return new Change.Invalid(Flaw.NO_PASSWORD_HERE);
    }
    return setPassword(
        caller.name(), Optional.of(present), password, Optional.of(caller.tokenId()), caller.who());
  }

  /** Ends all sessions of an account; empty when there is none of the name. */
  public Optional<Integer> signOutEverywhere(String name, String by) {
    return database.call(
        tx ->
            store
                .find(tx, name)
                .map(
                    account -> {
                      int ended = tokens.deleteSessions(tx, account.id());
                      write(tx, by, "account.sign-out", Optional.empty(), Optional.of(account));
                      return ended;
                    }));
  }

  /** Keeps how a person likes the console, for every browser that he signs in with. */
  public void setPreferences(String name, Account.Preferences wanted) {
    database.run(tx -> store.setPreferences(tx, name, wanted));
  }

  private Change setPassword(
      String name,
      Optional<String> present,
      String password,
      Optional<Long> sessionToKeep,
      String by) {
    Optional<Flaw> flaw = flawOf(name, password);
    if (flaw.isPresent()) {
      return new Change.Invalid(flaw.get());
    }
    Optional<Account> account = find(name);
    if (account.isEmpty()) {
      return new Change.Unknown();
    }
    if (account.get().external()) {
      return new Change.Invalid(Flaw.NO_PASSWORD_HERE);
    }
    long id = account.get().id();
    if (present.isPresent()) {
      Optional<String> known = database.call(tx -> store.passwordHash(tx, id));
      if (known.isEmpty() || !BcryptUtil.matches(present.get(), known.get())) {
        return new Change.Invalid(Flaw.PASSWORD_WRONG);
      }
    }
    String hash = BcryptUtil.bcryptHash(password);
    database.run(
        tx -> {
          store.setPassword(tx, id, hash);
          tokens.deleteSessionsBut(tx, id, sessionToKeep);
          audit.write(tx, by, "account.password", object(name), Optional.empty(), Optional.empty());
        });
    return new Change.Done(account.get());
  }

  private static Optional<Flaw> flawOf(String name, String password) {
    if (password.codePointCount(0, password.length()) < MIN_PASSWORD) {
      return Optional.of(Flaw.PASSWORD_SHORT);
    }
    if (password.getBytes(StandardCharsets.UTF_8).length > MAX_PASSWORD_BYTES) {
      return Optional.of(Flaw.PASSWORD_LONG);
    }
    return password.equalsIgnoreCase(name) ? Optional.of(Flaw.PASSWORD_IS_NAME) : Optional.empty();
  }

  private boolean isLastAdministrator(Tx tx, Account account) {
    return account.access().everywhere().equals(Optional.of(Role.ADMIN))
        && !account.disabled()
        && !store.hasOtherAdministrator(tx, account.id());
  }

  private void write(
      Tx tx, String by, String action, Optional<Account> before, Optional<Account> after) {
    audit.write(
        tx,
        by,
        action,
        object(before.or(() -> after).orElseThrow().name()),
        before.map(Accounts::facts),
        after.map(Accounts::facts));
  }

  private static String object(String name) {
    return "account " + name;
  }

  private static Map<String, Object> facts(Account account) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("roles", account.access().facts());
    account.email().ifPresent(email -> facts.put("email", email));
    facts.put("disabled", account.disabled());
    return facts;
  }
}
