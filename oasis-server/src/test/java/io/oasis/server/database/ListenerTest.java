package io.oasis.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ListenerTest {
  @Inject Listener listener;
  @Inject Wakeups wakeups;
  @Inject Database database;

  @Test
  @DisplayName("a word that a transaction sent is heard after its commit")
  void heard() throws InterruptedException {
    Semaphore heard = new Semaphore(0);
    listener.onWord("test-heard", heard::release);

    database.run(tx -> wakeups.send(tx, "test-heard"));

    assertThat(heard.tryAcquire(90, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @DisplayName("after its connection broke, the listener listens again and fires every action")
  void listensAgain() throws InterruptedException {
    Semaphore heard = new Semaphore(0);
    listener.onWord("test-again", heard::release);
    heardWithin(heard);

    int broken =
        database.call(
            tx ->
                tx.query(
                        "SELECT pg_terminate_backend(pid) AS gone FROM pg_stat_activity"
                            + " WHERE query = 'LISTEN oasis' AND datname = current_database()",
                        row -> row.flag("gone"))
                    .size());

    assertThat(broken).isEqualTo(1);
    assertThat(heard.tryAcquire(90, TimeUnit.SECONDS)).isTrue();
    heardWithin(heard);
  }

  private void heardWithin(Semaphore heard) throws InterruptedException {
    database.run(tx -> wakeups.send(tx, "test-again"));
    assertThat(heard.tryAcquire(90, TimeUnit.SECONDS)).isTrue();
  }
}
