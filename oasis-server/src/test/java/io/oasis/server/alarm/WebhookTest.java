package io.oasis.server.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.database.JsonText;
import io.oasis.server.dispatch.FakeNodes;
import io.oasis.server.dispatch.FakeNodesProfile;
import io.oasis.server.run.Runs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Alarms that are posted to a program. */
@QuarkusTest
@TestProfile(FakeNodesProfile.class)
@QuarkusTestResource(TestDatabase.class)
@QuarkusTestResource(value = WebhookTest.Receiver.class, restrictToAnnotatedClass = true)
class WebhookTest {
  private static final String SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

  @Inject Applier applier;
  @Inject Database database;
  @Inject Runs runs;
  @Inject FakeNodes nodes;

  private AlarmBench bench;

  /** One request. */
  record Post(String id, String timestamp, String signature, String body) {}

  /** A program that gets alarms, and says no as often as it is told to. */
  public static final class Receiver implements QuarkusTestResourceLifecycleManager {
    private static final List<Post> POSTS = new CopyOnWriteArrayList<>();
    private static final AtomicInteger REFUSALS = new AtomicInteger();
    private HttpServer server;

    @Override
    public Map<String, String> start() {
      try {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      server.createContext(
          "/secret-path",
          exchange -> {
            POSTS.add(
                new Post(
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                    exchange.getRequestHeaders().getFirst("webhook-signature"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(REFUSALS.getAndDecrement() > 0 ? 503 : 204, -1);
            exchange.close();
          });
      server.start();
      return Map.of(
          "oasis.webhook.url", "http://localhost:" + server.getAddress().getPort() + "/secret-path",
          "oasis.webhook.secret", SECRET,
          "oasis.alarm.gather", "PT0.2S",
          "oasis.alarm.retry", "PT0.2S",
          "oasis.alarm.public-url", "https://oasis.example.com");
    }

    @Override
    public void stop() {
      server.stop(0);
    }
  }

  @BeforeEach
  void app() {
    bench = new AlarmBench(applier, database, runs, nodes);
    Receiver.POSTS.clear();
    Receiver.REFUSALS.set(0);
  }

  @Test
  @DisplayName("LG6: the webhook gets what begins and what is over, signed, as JSON")
  void signed() {
    bench.job("nightly", "title: Nightly", "alarm: {on: [failure]}");

    long run = bench.fails("nightly", "exit 2");
    bench.succeeds("nightly");
    List<Post> posts = posts(2);

    Map<String, Object> opened = JsonText.object(posts.get(0).body());
    assertThat(opened).containsEntry("event", "opened").containsEntry("id", posts.get(0).id());
    assertThat(opened.get("job").toString()).contains("name=nightly", "title=Nightly");
    assertThat(opened.get("run").toString())
        .contains("id=" + run, "state=FAILED", "message=exit 2")
        .contains("url=https://oasis.example.com/runs/" + run);
    assertThat(JsonText.object(posts.get(1).body())).containsEntry("event", "recovered");
    assertThat(posts)
        .allSatisfy(
            post ->
                assertThat(post.signature())
                    .isEqualTo(
                        "v1,"
                            + WebhookSink.sign(
                                SECRET, post.id() + "." + post.timestamp() + "." + post.body())));
  }

  @Test
  @DisplayName("the signature is that of Standard Webhooks")
  void knownSignature() {
    // The example of the specification's libraries.
    String signature =
        WebhookSink.sign(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}");

    assertThat(signature).isEqualTo("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  @DisplayName("a webhook that says no gets it again, under the same id, and mails do not wait")
  void again() {
    long job = bench.job("flaky", "alarm: {on: [failure]}");
    Receiver.REFUSALS.set(2);

    bench.fails("flaky", "exit 1");
    List<Post> posts = posts(3);

    assertThat(posts).extracting(Post::id).containsOnly(posts.get(0).id());
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> assertThat(bench.outbox(job)).containsExactly("OPENED http://localhost SENT"));
  }

  private static List<Post> posts(int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(() -> assertThat(Receiver.POSTS).hasSize(count));
    return Receiver.POSTS;
  }
}
