package io.oasis.server.identity;

import io.oasis.server.database.Database;
import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Makes the account {@code admin} when there is no account at all: no secret is shipped. */
@ApplicationScoped
public class FirstAdministrator {
  /** Name of the account. */
  public static final String NAME = "admin";

  private static final Logger LOG = Logger.getLogger(FirstAdministrator.class);
  private static final int PASSWORD_BYTES = 15;

  private final Database database;
  private final AccountStore accounts;
  private final IdentityConfig config;

  public FirstAdministrator(Database database, AccountStore accounts, IdentityConfig config) {
    this.database = database;
    this.accounts = accounts;
    this.config = config;
  }

  void onStart(@Observes StartupEvent event) {
    ensure();
  }

  /** Makes the account if there is none; true when it did. */
  boolean ensure() {
    if (database.call(accounts::count) > 0) {
      return false;
    }
    Optional<String> given = config.adminPassword().filter(password -> !password.isBlank());
    String password = given.orElseGet(() -> TokenSecret.randomText(PASSWORD_BYTES));
    String hash = BcryptUtil.bcryptHash(password);
    // Of several servers that start at once, the one whose row it is says the password.
    AccountStore.NewRow account =
        new AccountStore.NewRow(
            NAME,
            Optional.of(hash),
            Optional.empty(),
            Optional.empty(),
            Access.everywhere(Role.ADMIN));
    boolean made = database.call(tx -> accounts.insert(tx, account)).isPresent();
    if (made && given.isPresent()) {
      LOG.infof("first start: made the account %s with OASIS_ADMIN_PASSWORD", NAME);
    } else if (made) {
      LOG.infof(
          "first start: made the account %s with password %s (shown this once; sign in and keep it safe)",
          NAME, password);
    }
    return made;
  }
}
