package io.oasis.server.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.oasis.executor.v1.ServerMessage.MessageCase;
import io.oasis.manifest.JobKey;
import io.oasis.server.TestDatabase;
import io.oasis.server.app.NodeAnnouncement;
import io.oasis.server.app.NodeRegistry;
import io.oasis.server.app.NodeSession;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.Assignment;
import io.oasis.server.identity.Token;
import io.oasis.server.identity.Tokens;
import io.oasis.server.removal.AppRemoval;
import io.oasis.server.removal.Force;
import io.oasis.server.run.RunHandle;
import io.oasis.server.run.Trigger;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the server does with its streams by itself: renewing, ending, draining. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class LeaseRenewalTest {
  private static final RunHandle RUN =
      new RunHandle(42, Instant.parse("2026-11-22T10:00:00Z"), 1, 1, 0);

  @Inject Database database;
  @Inject NodeRegistry nodes;
  @Inject Tokens tokens;

  @Inject AppRemoval removal;

  private final String app = "app-" + UUID.randomUUID();
  private final String node = "node-" + UUID.randomUUID();
  private final FakeCall call = new FakeCall();
  private final Sessions sessions = new Sessions();
  private Desk desk;
  private Session session;
  private long tokenId;

  @BeforeEach
  void connected() {
    desk = new Desk(null, sessions, nodes, null);
    NodeAnnouncement announced =
        new NodeAnnouncement(
            node,
            newApp(),
            "10.0.0.7:1",
            "test/1",
            "",
            new NodeAnnouncement.Traits(Map.of(), List.of("settle"), 1),
            false);
    NodeSession row = nodes.connect(announced, Duration.ofSeconds(15)).orElseThrow();
    nodes.open(row, announced);
    tokenId =
        tokens
            .create(
                new Tokens.NewToken(
                    node,
                    Token.Kind.EXECUTOR,
                    Optional.empty(),
                    Optional.empty(),
                    Duration.ofHours(1)),
                "test")
            .token()
            .id();
    session = new Session(row, tokenId, new Outbox(call, Runnable::run), List.of(), false);
    sessions.open(session);
  }

  @Test
  @DisplayName("a node that is heard keeps its lease and its stream")
  void heard() {
    session.heard(7);

    renewal("PT15S").runOnce();

    assertThat(call.end).isNull();
    assertThat(column("busy_slots")).isEqualTo("7");
  }

  @Test
  @DisplayName("a node whose token is revoked is sent away at the next renewal, unrenewed")
  void revoked() {
    session.heard(7);
    tokens.revoke(tokenId, "test");

    renewal("PT15S").runOnce();

    assertThat(call.end.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(sessions.all()).isEmpty();
    assertThat(nodes.find(node)).isEmpty();
    assertThat(column("busy_slots")).isEqualTo("0");
  }

  @Test
  @DisplayName("a node whose app was removed is told to stop what it runs, and why it is sent away")
  void removed() {
    session.heard(1);
    session.began(RUN);
    removal.force(app, new Force(true, false), "kim");

    renewal("PT15S").runOnce();

    assertThat(call.sent.get(0).getFenced().getRun().getRunId()).isEqualTo(42);
    assertThat(call.end.getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(sessions.all()).isEmpty();
  }

  @Test
  @DisplayName("a token that expires ends the stream that it opened")
  void expired() {
    session.heard(7);
    database.run(tx -> tx.update("UPDATE token SET expires_at = now() WHERE id = ?", tokenId));

    renewal("PT15S").runOnce();

    assertThat(call.end.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  @Test
  @DisplayName("FN6 a stream without heartbeats is ended, and its node is routed to no more")
  void silent() {
    renewal("PT0S").runOnce();

    assertThat(call.end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(sessions.all()).isEmpty();
    assertThat(nodes.find(node)).isEmpty();
  }

  @Test
  @DisplayName(
      "a node that was given up meanwhile has to connect again: its stream ends with ABORTED")
  void givenUp() {
    database.run(tx -> tx.update("UPDATE node SET state = 'OFFLINE' WHERE id = ?", node));

    renewal("PT15S").runOnce();

    assertThat(call.end.getCode()).isEqualTo(Status.Code.ABORTED);
    assertThat(sessions.all()).isEmpty();
  }

  @Test
  @DisplayName("dispatch reaches a node through its session until that ends")
  void gateway() {
    assertThat(sessions.assign(node, assignment())).isTrue();
    assertThat(sessions.cancel(node, RUN, Duration.ofSeconds(10), "killed by wang")).isTrue();
    assertThat(sessions.assign("another-node", assignment())).isFalse();
    assertThat(call.sent)
        .extracting(m -> m.getMessageCase())
        .containsExactly(MessageCase.ASSIGN, MessageCase.CANCEL);

    session.outbox().end(Status.UNAVAILABLE);

    assertThat(sessions.assign(node, assignment())).isFalse();
    assertThat(sessions.cancel(node, RUN, Duration.ofSeconds(10), "late")).isFalse();
  }

  @Test
  @DisplayName(
      "a stopping server sends Drain, then ends the streams with UNAVAILABLE and takes no more")
  void drain() {
    new ChannelDrain(desk, sessions, config("PT15S")).drain();

    assertThat(call.sent)
        .singleElement()
        .satisfies(m -> assertThat(m.getMessageCase()).isEqualTo(MessageCase.DRAIN));
    assertThat(call.end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(sessions.all()).isEmpty();
    FakeCall late = new FakeCall();
    desk.hello(
        "token", TestExecutor.hello("app", "n").build(), new Outbox(late, Runnable::run), s -> {});
    assertThat(late.end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  @Test
  @DisplayName("a node that was sent elsewhere and ends its stream is not offline")
  void sentElsewhere() {
    assertThat(session.nodeHasEnded(true)).isTrue();
    assertThat(session.nodeHasEnded(false)).isFalse();

    session.sentElsewhere();

    assertThat(session.nodeHasEnded(true)).isFalse();
  }

  @Test
  @DisplayName("a node with a run under way has not ended, even when it drains")
  void underWay() {
    session.startDraining();
    assertThat(session.nodeHasEnded(false)).isTrue();

    session.began(RUN);

    assertThat(session.nodeHasEnded(true)).isFalse();
    session.done(RUN);
    assertThat(session.nodeHasEnded(false)).isTrue();
  }

  private LeaseRenewal renewal(String lease) {
    return new LeaseRenewal(sessions, nodes, desk, tokens, config(lease));
  }

  private static ChannelConfig config(String lease) {
    return new SmallRyeConfigBuilder()
        .withMapping(ChannelConfig.class)
        .withSources(
            new PropertiesConfigSource(
                Map.of("oasis.channel.lease", lease, "oasis.channel.drain-patience", "PT0.01S"),
                "test",
                500))
        .build()
        .getConfigMapping(ChannelConfig.class);
  }

  private static Assignment assignment() {
    return new Assignment(
        RUN,
        new JobKey("billing", "settle"),
        "settle",
        Map.of(),
        Optional.empty(),
        0,
        Trigger.API,
        false,
        1);
  }

  private String column(String name) {
    return database.call(
        tx ->
            tx.one(
                "SELECT " + name + "::text AS value FROM node WHERE id = ?",
                row -> row.text("value"),
                node));
  }

  private long newApp() {
    return database.call(
        tx ->
            tx.one(
                "INSERT INTO app (name, title, registration) VALUES (?, 'Test', 'AUTO') RETURNING id",
                row -> row.longNumber("id"),
                app));
  }
}
