package io.oasis.cli.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers what a test tells it to, on a free port of the loopback interface, and remembers what it
 * was asked. Several answers to one question are given one after the other; the last one stays.
 */
public final class FakeServer implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Deque<Answer>> answers = new HashMap<>();
  private final List<Request> requests = new ArrayList<>();

  /** What was asked. */
  public record Request(String line, String token, String body) {
    /** The body as JSON. */
    public JsonNode json() {
      try {
        return MAPPER.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private record Answer(int status, String type, String body, boolean cut) {}

  /** A server that has no answers yet. */
  public FakeServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Its address. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * Answers a question with JSON.
   *
   * @param question such as {@code GET /jobs}: without the base path; with a query if it matters
   */
  public FakeServer on(String question, int status, String json) {
    return on(question, new Answer(status, "application/json", json, false));
  }

  /** Answers a question with anything. */
  public FakeServer onText(String question, int status, String type, String body) {
    return on(question, new Answer(status, type, body, false));
  }

  /** Refuses a question as the real server would. */
  public FakeServer refuse(String question, int status, String code, String detail) {
    String problem =
        """
        {"type":"about:blank","title":"no","status":%d,"code":"%s","detail":"%s"}
        """
            .formatted(status, code, detail);
    return onText(question, status, "application/problem+json", problem);
  }

  /** Begins an answer and cuts the connection in the middle of it. */
  public FakeServer cut(String question, String beginning) {
    return on(question, new Answer(200, "application/json", beginning, true));
  }

  private FakeServer on(String question, Answer answer) {
    synchronized (answers) {
      answers.computeIfAbsent(question, q -> new ArrayDeque<>()).add(answer);
    }
    return this;
  }

  /** Everything that was asked, in order. */
  public List<Request> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /** The lines of everything that was asked. */
  public List<String> asked() {
    return requests().stream().map(Request::line).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String full =
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI().toString().replaceFirst("^/api/v1", "");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    synchronized (requests) {
      requests.add(new Request(full, token == null ? "" : token, body));
    }
    Answer answer = next(full);
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    if (!answer.type().isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", answer.type());
    }
    boolean empty = answer.status() == 204;
    exchange.sendResponseHeaders(
        answer.status(), empty ? -1 : answer.cut() ? bytes.length + 100 : bytes.length);
    if (!empty) {
      exchange.getResponseBody().write(bytes);
      exchange.getResponseBody().flush();
    }
    exchange.close();
  }

  private Answer next(String full) {
    synchronized (answers) {
      Deque<Answer> queue = answers.get(full);
      if (queue == null) {
        queue = answers.get(full.replaceFirst("\\?.*", ""));
      }
      if (queue == null) {
        return new Answer(
            404,
            "application/problem+json",
            "{\"status\":404,\"code\":\"not_found\",\"detail\":\"the test has no answer to "
                + full
                + "\"}",
            false);
      }
      return queue.size() > 1 ? queue.remove() : queue.peek();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
