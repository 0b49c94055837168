package io.oasis.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.oasis.executor.NonRetryableException;
import io.oasis.executor.testing.FakeRunContext;
import io.oasis.executor.testing.TestRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HttpHandlerTest {
  private final CountDownLatch release = new CountDownLatch(1);
  private final CountDownLatch called = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private String base;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    base = "http://127.0.0.1:" + server.getAddress().getPort();
    server.createContext("/echo", this::echo);
    server.createContext("/status", e -> answer(e, number(e), "status"));
    server.createContext("/big", e -> answer(e, 200, "x".repeat(10_000)));
    server.createContext("/here", e -> redirect(e, 302, "/echo"));
    server.createContext("/away", e -> redirect(e, 302, "http://localhost:1/secret"));
    server.createContext("/round", e -> redirect(e, 307, "/round"));
    server.createContext("/hang", this::hang);
    server.start();
  }

  @AfterEach
  void stopServer() {
    release.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private static int number(HttpExchange exchange) {
    return Integer.parseInt(exchange.getRequestURI().getQuery());
  }

  private void echo(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String key = exchange.getRequestHeaders().getFirst("X-Key");
    answer(exchange, 200, exchange.getRequestMethod() + " " + key + " " + body);
  }

  private void hang(HttpExchange exchange) throws IOException {
    called.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    answer(exchange, 200, "late");
  }

  private static void redirect(HttpExchange exchange, int status, String to) throws IOException {
    exchange.getResponseHeaders().set("Location", to);
    answer(exchange, status, "");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private TestRun run(String path) {
    return TestRun.of(new HttpHandler(AllowedHosts.of(List.of("127.0.0.1"))))
        .param("url", base + path);
  }

  @Test
  @DisplayName("Method, headers and body are sent; status, time and body are logged")
  void callIsMadeAndLogged() {
    TestRun.Result result =
        run("/echo").param("method", "put").param("headers.X-Key", "k1").param("body", "hi").run();

    assertThat(result.result()).isEqualTo("HTTP 200");
    assertThat(result.log()).hasSize(2).contains("PUT k1 hi");
    assertThat(result.log().get(0)).matches("PUT http://127.0.0.1:\\d+/echo → 200 in \\d+ ms");
  }

  @Test
  @DisplayName("A 5xx may be tried again, a 4xx may not, a 429 may")
  void statusDecidesWhetherToTryAgain() {
    TestRun.Result broken = run("/status?503").run();
    TestRun.Result wrong = run("/status?404").run();
    TestRun.Result later = run("/status?429").run();

    assertThat(broken.failure()).hasMessage("HTTP 503, expected 2xx");
    assertThat(broken.isRetryable()).isTrue();
    assertThat(wrong.failure()).hasMessage("HTTP 404, expected 2xx");
    assertThat(wrong.isRetryable()).isFalse();
    assertThat(later.isRetryable()).isTrue();
  }

  @Test
  @DisplayName("An expected status is a success, whatever it is")
  void expectedStatusIsASuccess() {
    TestRun.Result result = run("/status?404").param("expectStatus", "2xx, 404").run();

    assertThat(result.result()).isEqualTo("HTTP 404");
  }

  @Test
  @DisplayName("Only the first 4 KiB of a body are logged")
  void bigBodyIsCut() {
    TestRun.Result result = run("/big").run();

    assertThat(result.log()).contains("x".repeat(4096), "only the first 4096 bytes are shown");
  }

  @Test
  @DisplayName("A redirect inside of the allow-list is followed")
  void redirectInsideIsFollowed() {
    TestRun.Result result = run("/here").param("headers.X-Key", "k1").run();

    assertThat(result.log()).contains("GET k1 ");
  }

  @Test
  @DisplayName("A redirect out of the allow-list is refused")
  void redirectOutsideIsRefused() {
    TestRun.Result result = run("/away").run();

    assertThat(result.failure())
        .isInstanceOf(NonRetryableException.class)
        .hasMessage("localhost:1 is not allowed on this worker; it allows [127.0.0.1]");
  }

  @Test
  @DisplayName("A redirect in a circle ends")
  void redirectInACircleEnds() {
    assertThat(run("/round").run().failure()).hasMessage("more than 5 redirects");
  }

  @Test
  @DisplayName("No answer in time may be tried again")
  void noAnswerInTimeMayBeTriedAgain() {
    TestRun.Result result = run("/hang").param("timeout", "200ms").run();

    assertThat(result.isRetryable()).isTrue();
    assertThat(result.log()).isEmpty();
  }

  @Test
  @DisplayName("A refused connection may be tried again and is named")
  void refusedConnectionMayBeTriedAgain() {
    server.stop(0);

    TestRun.Result result = run("/echo").run();

    assertThat(result.failure()).hasMessageStartingWith("cannot reach " + base);
    assertThat(result.isRetryable()).isTrue();
  }

  @Test
  @DisplayName("A cancelled call is given up at once")
  void cancelledCallIsGivenUp() throws Exception {
    HttpHandler handler = new HttpHandler(AllowedHosts.of(List.of("127.0.0.1")));
    FakeRunContext context = TestRun.of(handler).param("url", base + "/hang").context();
    FutureTask<String> work = new FutureTask<>(() -> handler.handle(context));
    threads.execute(work);
    assertThat(called.await(60, TimeUnit.SECONDS)).isTrue();

    context.cancel("killed by wang", Duration.ofMinutes(1));

    assertThatThrownBy(() -> work.get(60, TimeUnit.SECONDS))
        .hasRootCauseMessage("the call was given up");
  }

  @Test
  @DisplayName("A host or port that is not allowed is refused before any call")
  void otherHostOrPortIsRefused() {
    AllowedHosts hosts = AllowedHosts.of(List.of("api.example.com:8443", "Plain.example.com"));

    for (String url :
        List.of(
            "https://api.example.com/",
            "http://evil.example.com/",
            "http://plain.example.com@evil.example.com/",
            "ftp://plain.example.com/",
            "nonsense")) {
      TestRun.Result result = TestRun.of(new HttpHandler(hosts)).param("url", url).run();
      assertThat(result.failure()).as(url).isInstanceOf(NonRetryableException.class);
    }
    hosts.check(URI.create("https://API.example.com:8443/x"));
    hosts.check(URI.create("https://plain.example.com:9999/x"));
  }

  @Test
  @DisplayName("Params that cannot be used are named")
  void wrongParamsAreNamed() {
    assertThat(run("/echo").param("timeout", "soon").run().failure())
        .hasMessageContaining("params.timeout");
    assertThat(run("/echo").param("expectStatus", "ok").run().failure())
        .hasMessageContaining("params.expectStatus");
    assertThat(run("/echo").param("headers.Host", "other").run().failure())
        .hasMessageContaining("the call cannot be made");
    assertThat(run("/a b").run().failure()).hasMessageContaining("is no address");
  }
}
