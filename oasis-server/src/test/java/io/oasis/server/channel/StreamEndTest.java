package io.oasis.server.channel;

import static io.oasis.server.channel.TestExecutor.hello;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.oasis.executor.v1.ServerMessage.MessageCase;
import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.identity.Token;
import io.oasis.server.identity.Tokens;
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

  private final String app = "app-" + UUID.randomUUID();
  private Tokens.Created token;
  private TestExecutor executor;

  @BeforeEach
  void connect() throws InterruptedException {
    token =
        tokens.create(
            new Tokens.NewToken(
                app, Token.Kind.EXECUTOR, Optional.empty(), Optional.of(app), Duration.ofHours(1)),
            "test");
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
  @DisplayName("an open stream ends when its app is removed with its nodes")
  void removedApp() throws Exception {
    database.run(
        tx -> {
          tx.update("DELETE FROM node WHERE app_id = (SELECT id FROM app WHERE name = ?)", app);
          tx.update("UPDATE app SET deleted_at = now() WHERE name = ?", app);
        });

    assertThat(executor.ended().getCode()).isEqualTo(Status.Code.ABORTED);
  }
}
