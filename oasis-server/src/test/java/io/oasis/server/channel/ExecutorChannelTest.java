package io.oasis.server.channel;

import static io.oasis.server.channel.TestExecutor.hello;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.oasis.executor.v1.Ack;
import io.oasis.executor.v1.Draining;
import io.oasis.executor.v1.ExecutorBundle;
import io.oasis.executor.v1.ExecutorMessage;
import io.oasis.executor.v1.Finished;
import io.oasis.executor.v1.Heartbeat;
import io.oasis.executor.v1.Outcome;
import io.oasis.executor.v1.RunRef;
import io.oasis.executor.v1.ServerMessage.MessageCase;
import io.oasis.executor.v1.Welcome;
import io.oasis.server.TestDatabase;
import io.oasis.server.app.NodeRegistry;
import io.oasis.server.app.OnlineNode;
import io.oasis.server.database.Database;
import io.oasis.server.identity.Token;
import io.oasis.server.identity.Tokens;
import io.oasis.server.lease.ServerMembership;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ExecutorChannelTest {
  @TestHTTPResource URI server;
  @Inject Tokens tokens;
  @Inject Database database;
  @Inject NodeRegistry nodes;
  @Inject ServerMembership membership;
  @Inject LeaseRenewal renewal;

  private final String app = "app-" + UUID.randomUUID();
  private final String node = "node-" + UUID.randomUUID();
  private final List<TestExecutor> executors = Collections.synchronizedList(new ArrayList<>());
  private String anyApp;

  @BeforeEach
  void token() {
    anyApp = token(Optional.empty(), Duration.ofHours(1));
  }

  @AfterEach
  void close() {
    executors.forEach(TestExecutor::close);
  }

  @Test
  @DisplayName("without a token the call ends with UNAUTHENTICATED")
  void noToken() throws Exception {
    Status status = dial(null).say(hello(app, node)).ended();

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  @Test
  @DisplayName("an unknown token, an expired one and one of another kind end with UNAUTHENTICATED")
  void badTokens() throws Exception {
    String expired = token(Optional.empty(), Duration.ofSeconds(-1));

    assertThat(dial("oet_nonsense").say(hello(app, node)).ended().getCode())
        .isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(dial("nonsense").say(hello(app, node)).ended().getCode())
        .isEqualTo(Status.Code.UNAUTHENTICATED);
    Status said = dial(expired).say(hello(app, node)).ended();
    assertThat(said.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(said.getDescription()).contains("expired");
  }

  @Test
  @DisplayName("a token of another app ends with PERMISSION_DENIED and makes no app")
  void wrongApp() throws Exception {
    String bound = token(Optional.of("billing"), Duration.ofHours(1));

    Status status = dial(bound).say(hello(app, node)).ended();

    assertThat(status.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(status.getDescription()).contains("billing").contains(app);
    assertThat(registration()).isEmpty();
  }

  @Test
  @DisplayName("a Hello that cannot be used ends with INVALID_ARGUMENT and says what is wrong")
  void badHello() throws Exception {
    assertThat(dial(anyApp).say(hello(app, node).setSlots(0)).ended())
        .satisfies(
            s -> {
              assertThat(s.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
              assertThat(s.getDescription()).contains("slots");
            });
    assertThat(dial(anyApp).heartbeat(0).ended().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    ExecutorBundle early =
        ExecutorBundle.newBuilder()
            .addMessages(ExecutorMessage.newBuilder().setHello(hello(app, node)))
            .build();
    assertThat(
            dial(anyApp)
                .say(ExecutorMessage.newBuilder().setBundle(early).build())
                .ended()
                .getCode())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  @DisplayName("the first executor of an app makes it AUTO; Welcome tells the limits")
  void registers() throws Exception {
    Welcome welcome = connect(node).next(MessageCase.WELCOME).getWelcome();

    assertThat(welcome.getServerId()).isEqualTo(membership.serverId());
    assertThat(welcome.getHeartbeatInterval().getSeconds()).isEqualTo(3);
    assertThat(welcome.getLease().getSeconds()).isEqualTo(15);
    assertThat(welcome.getLogBatchLines()).isEqualTo(200);
    assertThat(welcome.getLogLinesPerRun()).isEqualTo(100_000);
    assertThat(registration()).contains("AUTO");
    until(() -> online().size() == 1);
    assertThat(online().get(0).handlers()).containsExactly("settle");
  }

  @Test
  @DisplayName("each heartbeat is answered by an empty Ack, and the lease is renewed")
  void heartbeat() throws Exception {
    TestExecutor executor = connect(node);
    executor.next(MessageCase.WELCOME);

    executor.heartbeat(1).heartbeat(2);

    assertThat(executor.next(MessageCase.ACK).getAck()).isEqualTo(Ack.getDefaultInstance());
    assertThat(executor.next(MessageCase.ACK).getAck()).isEqualTo(Ack.getDefaultInstance());
    awaitBusySlots(2);
  }

  @Test
  @DisplayName("a bundle means what its messages mean one after the other")
  void bundle() throws Exception {
    TestExecutor executor = connect(node);
    assertThat(executor.next(MessageCase.WELCOME).getWelcome().getReadsBundles()).isTrue();

    executor.say(
        ExecutorMessage.newBuilder()
            .setBundle(
                ExecutorBundle.newBuilder()
                    .addMessages(heartbeat(1))
                    .addMessages(heartbeat(2))
                    .addMessages(
                        ExecutorMessage.newBuilder().setDraining(Draining.getDefaultInstance())))
            .build());

    assertThat(executor.next(MessageCase.ACK).getAck()).isEqualTo(Ack.getDefaultInstance());
    assertThat(executor.next(MessageCase.ACK).getAck()).isEqualTo(Ack.getDefaultInstance());
    until(() -> state().equals("DRAINING"));
    awaitBusySlots(2);
  }

  @Test
  @DisplayName("a reconnect takes the node's place: the older stream ends with ABORTED")
  void reconnect() throws Exception {
    TestExecutor first = connect(node);
    first.next(MessageCase.WELCOME);

    TestExecutor second = connect(node);
    second.next(MessageCase.WELCOME);

    assertThat(first.ended().getCode()).isEqualTo(Status.Code.ABORTED);
    second.heartbeat(0);
    assertThat(second.next(MessageCase.ACK).getAck()).isEqualTo(Ack.getDefaultInstance());
    until(() -> online().size() == 1);
  }

  @Test
  @DisplayName("a node whose connection was cut is routed to no more, and keeps its lease")
  void cut() throws Exception {
    TestExecutor executor = connect(node);
    executor.next(MessageCase.WELCOME);
    until(() -> online().size() == 1);
    keepLease();

    executor.cut();

    until(() -> online().isEmpty());
    until(() -> serverOf().isEmpty());
    assertThat(state()).isEqualTo("ONLINE");
  }

  @Test
  @DisplayName(
      "a node whose process dies, so that its connection just breaks, is routed to no more")
  void dies() throws Exception {
    try (TcpPipe pipe = new TcpPipe(server.getPort())) {
      TestExecutor executor = new TestExecutor(pipe.port(), anyApp).say(hello(app, node));
      executors.add(executor);
      executor.next(MessageCase.WELCOME);
      until(() -> online().size() == 1);

      keepLease();
      pipe.cut();

      until(() -> online().isEmpty());
      until(() -> serverOf().isEmpty());
      assertThat(state()).isEqualTo("ONLINE");
    }
  }

  @Test
  @DisplayName("a node that ends its stream in good order with nothing to do is offline at once")
  void goes() throws Exception {
    TestExecutor executor = connect(node);
    executor.next(MessageCase.WELCOME);
    until(() -> online().size() == 1);

    executor.complete();

    assertThat(executor.ended().getCode()).isEqualTo(Status.Code.OK);
    until(() -> state().equals("OFFLINE"));
  }

  @Test
  @DisplayName("KL7 a node that drains is shown as draining at once")
  void drains() throws Exception {
    TestExecutor executor = connect(node);
    executor.next(MessageCase.WELCOME);
    until(() -> online().size() == 1);

    executor.say(ExecutorMessage.newBuilder().setDraining(Draining.getDefaultInstance()).build());

    until(() -> online().stream().allMatch(OnlineNode::draining));
    until(() -> state().equals("DRAINING"));
  }

  @Test
  @DisplayName("FN4 what is said of a run that is nobody's is answered by Fenced")
  void fenced() throws Exception {
    TestExecutor executor = connect(node);
    executor.next(MessageCase.WELCOME);
    RunRef unknown =
        RunRef.newBuilder()
            .setRunId(987_654_321)
            .setPartitionKey(Instant.parse("2026-03-01T00:00:00Z").getEpochSecond() * 1_000_000)
            .setAttempt(1)
            .setEpoch(1)
            .build();

    executor.log(unknown, 1, List.of("line"));
    assertThat(executor.next(MessageCase.FENCED).getFenced().getRun()).isEqualTo(unknown);

    executor.say(
        ExecutorMessage.newBuilder()
            .setFinished(
                Finished.newBuilder().setRun(unknown).setOutcome(Outcome.OUTCOME_SUCCEEDED))
            .build());
    assertThat(executor.next(MessageCase.FENCED).getFenced().getRun()).isEqualTo(unknown);
  }

  private TestExecutor dial(String token) {
    TestExecutor executor = new TestExecutor(server.getPort(), token);
    executors.add(executor);
    return executor;
  }

  private static ExecutorMessage.Builder heartbeat(int busy) {
    return ExecutorMessage.newBuilder().setHeartbeat(Heartbeat.newBuilder().setBusySlots(busy));
  }

  private TestExecutor connect(String id) {
    return dial(anyApp).say(hello(app, id));
  }

  private String token(Optional<String> forApp, Duration lifetime) {
    return tokens
        .create(
            new Tokens.NewToken(
                "test-" + UUID.randomUUID(),
                Token.Kind.EXECUTOR,
                Optional.empty(),
                forApp,
                lifetime),
            "test")
        .secret();
  }

  private Optional<String> registration() {
    return database.call(
        tx ->
            tx.first(
                "SELECT registration FROM app WHERE name = ?",
                row -> row.text("registration"),
                app));
  }

  private List<OnlineNode> online() {
    return nodes.online(
        database.call(
            tx -> tx.one("SELECT id FROM app WHERE name = ?", row -> row.longNumber("id"), app)));
  }

  /** So that it is not the end of the lease that finds it, however busy the machine is. */
  private void keepLease() {
    database.run(
        tx ->
            tx.update(
                "UPDATE node SET lease_until = now() + interval '1 hour' WHERE id = ?", node));
  }

  private String state() {
    return nodeColumn("state").orElseThrow();
  }

  private Optional<String> serverOf() {
    return nodeColumn("server_id");
  }

  /** Renews until then: the server's own renewal may just write what it had heard before. */
  private void awaitBusySlots(int busy) {
    until(
        () -> {
          renewal.runOnce();
          return busySlots() == busy;
        });
  }

  private int busySlots() {
    return Integer.parseInt(nodeColumn("busy_slots").orElseThrow());
  }

  private Optional<String> nodeColumn(String column) {
    return database.call(
        tx ->
            tx.one(
                "SELECT " + column + "::text AS value FROM node WHERE id = ?",
                row -> row.optionalText("value"),
                node));
  }

  /** Waits for what becomes true on other threads. */
  private static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("90 s are over").isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
