package io.oasis.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class FirstAdministratorTest {
  @Inject Database database;
  @Inject AccountStore accounts;
  @Inject FirstAdministrator administrator;
  @Inject Sessions sessions;

  private void forgetEverybody() {
    database.run(tx -> tx.update("DELETE FROM account"));
  }

  @Test
  @DisplayName("without any account the administrator is made, once, with the given password")
  void madeOnce() {
    forgetEverybody();
    assertThat(administrator.ensure()).isTrue();
    assertThat(administrator.ensure()).isFalse();
    assertThat(sessions.signIn("admin", "correct-horse-battery", "10.1.1.1"))
        .isInstanceOf(Sessions.SignIn.SignedIn.class);
  }

  @Test
  @DisplayName("without a given password nobody can sign in but whoever read the log")
  void randomPassword() {
    forgetEverybody();
    FirstAdministrator unset = new FirstAdministrator(database, accounts, new NothingSet());
    assertThat(unset.ensure()).isTrue();
    for (String guess : new String[] {"", "admin", "correct-horse-battery"}) {
      assertThat(sessions.signIn("admin", guess, "10.1.1.2"))
          .isInstanceOf(Sessions.SignIn.WrongCredentials.class);
    }
    forgetEverybody();
    administrator.ensure();
  }

  private static final class NothingSet implements IdentityConfig {
    @Override
    public Optional<String> adminPassword() {
      return Optional.empty();
    }

    @Override
    public Duration sessionLifetime() {
      return Duration.ofHours(1);
    }
  }
}
