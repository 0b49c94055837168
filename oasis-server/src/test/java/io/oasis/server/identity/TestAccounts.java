package io.oasis.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Makes people with what they may, and signs them in. */
@ApplicationScoped
public class TestAccounts {
  public static final String PASSWORD = "long-enough-secret";

  private final Accounts accounts;
  private final Sessions sessions;

  public TestAccounts(Accounts accounts, Sessions sessions) {
    this.accounts = accounts;
    this.sessions = sessions;
  }

  /** The token of a new session of a person who has exactly this access. */
  public String session(String name, Access access) {
    accounts.create(name, PASSWORD, Optional.empty(), access, "test");
    // It may be there from another test, with another access.
    assertThat(accounts.update(name, Optional.empty(), access, false, "test"))
        .isInstanceOf(Accounts.Change.Done.class);
    Sessions.SignIn in = sessions.signIn(name, PASSWORD, "10.9.9.9");
    assertThat(in).isInstanceOf(Sessions.SignIn.SignedIn.class);
    return ((Sessions.SignIn.SignedIn) in).token();
  }
}
