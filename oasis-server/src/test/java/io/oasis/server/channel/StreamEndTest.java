package io.oasis.server.channel;

import static io.oasis.server.channel.TestExecutor.hello;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.oasis.executor.v1.ServerMessage.MessageCase;
import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.identity.Token;
import io.oasis.server.identity.Tokens;
import io.oasis.server.removal.AppRemoval;
import io.oasis.server.removal.Force;
import io.oasis.server.removal.Removal;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Streams that are open when their right to be is taken away. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class StreamEndTest {
  @TestHTTPResource URI server;
  @Inject Tokens tokens;
  @Inject Database database;
  @Inject AppRemoval removal;

  private final String app = "app-" + UUID.randomUUID();
  private Tokens.Created token;
  private TestExecutor executor;

  @BeforeEach
  void connect() throws InterruptedException {
    token = token(Optional.of(app));
    executor = new TestExecutor(server.getPort(), token.secret());
    executor.say(hello(app, "node-" + UUID.randomUUID()));
    executor.next(MessageCase.WELCOME);
    executor.heartbeat(0).next(MessageCase.ACK);
  }

  @AfterEach
  void close() {
    executor.close();
  }

  @Test
  @DisplayName("an open stream ends when its token is revoked, and comes not back with it")
  void revokedToken() throws Exception {
    tokens.revoke(token.token().id(), "test");

    Status end = executor.ended();

    assertThat(end.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(end.getDescription()).contains("revoked");
    try (TestExecutor again = new TestExecutor(server.getPort(), token.secret())) {
      assertThat(again.say(hello(app, "again")).ended().getCode())
          .isEqualTo(Status.Code.UNAUTHENTICATED);
    }
  }

  @Test
  @DisplayName(
      "an open stream ends when its app is removed by force: the node stops its work and hears why")
  void removedApp() throws Exception {
    assertThat(removal.force(app, new Force(true, false), "kim"))
        .isInstanceOf(Removal.Removed.class);

    Status end = executor.ended();

    assertThat(end.getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(end.getDescription()).contains("the app was removed");
  }

  @Test
  @DisplayName("executors do not make an app anew that was removed by force, until somebody does")
  void barred() throws Exception {
    removal.force(app, new Force(true, false), "kim");
    String anyApp = token(Optional.empty()).secret();
    try (TestExecutor again = new TestExecutor(server.getPort(), anyApp)) {
      Status end = again.say(hello(app, "again")).ended();
      assertThat(end.getCode()).isEqualTo(Status.Code.NOT_FOUND);
      assertThat(end.getDescription()).contains("the app was removed");
    }
    database.run(
        tx ->
            tx.update(
                "INSERT INTO app (name, title, registration) VALUES (?, 'anew', 'MANUAL')", app));

    try (TestExecutor again = new TestExecutor(server.getPort(), anyApp)) {
      assertThat(again.say(hello(app, "again")).next(MessageCase.WELCOME)).isNotNull();
    }
  }

  private Tokens.Created token(Optional<String> bound) {
    return tokens.create(
        new Tokens.NewToken(app, Token.Kind.EXECUTOR, Optional.empty(), bound, Duration.ofHours(1)),
        "test");
  }
}
