package io.oasis.server.channel;

import static io.oasis.server.channel.TestExecutor.hello;
import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.executor.v1.Ack;
import io.oasis.executor.v1.RunRef;
import io.oasis.executor.v1.ServerMessage.MessageCase;
import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.identity.Token;
import io.oasis.server.identity.Tokens;
import io.oasis.server.log.LogLine;
import io.oasis.server.log.LogPosition;
import io.oasis.server.log.RunLogs;
import io.oasis.server.run.RunHandle;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Log lines on their way from an executor to the database. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class LogStreamTest {
  @TestHTTPResource URI server;
  @Inject Tokens tokens;
  @Inject Database database;
  @Inject RunLogs runLogs;

  private final String app = "app-" + UUID.randomUUID();
  private final String node = "node-" + UUID.randomUUID();
  private TestExecutor executor;

  @BeforeEach
  void connect() throws InterruptedException {
    String secret =
        tokens
            .create(
                new Tokens.NewToken(
                    app,
                    Token.Kind.EXECUTOR,
                    Optional.empty(),
                    Optional.of(app),
                    Duration.ofHours(1)),
                "test")
            .secret();
    executor = new TestExecutor(server.getPort(), secret).say(hello(app, node));
    executor.next(MessageCase.WELCOME);
  }

  @AfterEach
  void close() {
    executor.close();
    database.run(tx -> tx.update("DELETE FROM run WHERE node_id = ?", node));
  }

  @Test
  @DisplayName("log lines are acknowledged once they are committed; 12 MB go through one stream")
  void logLines() throws Exception {
    RunHandle run = running();
    RunRef ref = ChannelMapping.ref(run);
    List<String> batch = Collections.nCopies(100, "x".repeat(12_000));

    long acked = 0;
    for (int i = 0; i < 10; i++) {
      executor.log(ref, i * 100L + 1, batch);
    }
    // As executors do: however long this takes, it is not taken for dead.
    try (var beats = Executors.newSingleThreadScheduledExecutor()) {
      beats.scheduleAtFixedRate(() -> executor.heartbeat(1), 3, 3, TimeUnit.SECONDS);
      while (acked < 1_000) {
        Ack ack = executor.next(MessageCase.ACK).getAck();
        acked = ack.getLogsCount() == 0 ? acked : ack.getLogs(0).getSeq();
      }
    }

    List<LogLine> lines =
        runLogs.read(run.runId(), LogPosition.START, Optional.empty(), 5_000).orElseThrow().lines();
    assertThat(lines).hasSize(1_000);
    assertThat(lines.get(999).seq()).isEqualTo(1_000);
    assertThat(lines.get(0).text()).hasSize(12_000);
  }

  /** A run that is under way on the node. */
  private RunHandle running() {
    return database.call(
        tx ->
            tx.one(
                """
                INSERT INTO run (id, nominal_at, job_uid, app_id, revision, trigger, occurrence, state,
                                 node_id, epoch, wake_at)
                SELECT nextval('run_id'), now(), 1, id, 1, 'API', currval('run_id'), 'RUNNING', ?, 1,
                       now() + interval '1 day'
                FROM app WHERE name = ?
                RETURNING id, nominal_at
                """,
                row -> new RunHandle(row.longNumber("id"), row.instant("nominal_at"), 1, 1, 0),
                node,
                app));
  }
}
