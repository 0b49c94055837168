package io.oasis.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Asks the server. Every answer that is not success ends as a {@link CliFailure}: {@link
 * ServerUnreachable} when no whole answer came, {@link ApiRefusal} when the server said no.
 */
public final class OasisClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
  private static final String BASE = "/api/v1";

  private final Endpoint endpoint;
  private final Progress progress;
  private HttpClient http;

  /** A client of the given server. Nothing is opened until the first question. */
  public OasisClient(Endpoint endpoint) {
    this(endpoint, Progress.SILENT);
  }

  /** A client that tells when an answer is long in coming. */
  public OasisClient(Endpoint endpoint, Progress progress) {
    this.endpoint = endpoint;
    this.progress = progress;
  }

  /** Whom it asks. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** Reads. */
  public Facts get(String path) {
    return get(path, Duration.ZERO);
  }

  /** Reads, where the server may hold its answer back for the given time. */
  public Facts get(String path, Duration held) {
    return ask(
        request(path).timeout(ANSWER_TIMEOUT.plus(held)).GET(),
        held.isZero() ? progress : Progress.SILENT);
  }

  /** Does something. */
  public Facts post(String path, JsonNode body) {
    return ask(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JsonText.compact(body))),
        progress);
  }

  /** Changes something. */
  public Facts patch(String path, JsonNode body) {
    return ask(
        request(path)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(JsonText.compact(body))),
        progress);
  }

  /** Removes something; what the server tells of it, mostly nothing. */
  public Facts delete(String path) {
    return ask(request(path).DELETE(), progress);
  }

  /**
   * Reads a list, page by page.
   *
   * @param path with its query
   * @param limit how many items at most; 0 for all
   */
  public Listing list(String path, int limit) {
    List<Facts> items = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      int page = limit == 0 ? 200 : Math.min(200, limit - items.size());
      Query query = Query.on(path).add("limit", Integer.toString(page));
      cursor.ifPresent(c -> query.add("cursor", c));
      Facts answer = get(query.toString());
      items.addAll(answer.list("items"));
      cursor = answer.optional("nextCursor");
    } while (cursor.isPresent() && (limit == 0 || items.size() < limit));
    return new Listing(List.copyOf(items), cursor.isPresent());
  }

  /**
   * Items of a list.
   *
   * @param items in the server's order
   * @param more whether the server has more of them
   */
  public record Listing(List<Facts> items, boolean more) {}

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint.server() + BASE + path))
            .timeout(ANSWER_TIMEOUT)
            .header("Accept", "application/json")
            .header("User-Agent", "oasis-cli");
    endpoint.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return request;
  }

  private Facts ask(HttpRequest.Builder request, Progress told) {
    HttpRequest ready = request.build();
    try {
      return read(ready, answer(ready, told));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliFailure(ExitCode.ERROR, "interrupted");
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private HttpResponse<byte[]> answer(HttpRequest request, Progress told)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> coming =
        http().sendAsync(request, BodyHandlers.ofByteArray());
    try {
      for (int seconds = 1; ; seconds++) {
        try {
          return coming.get(1, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
          told.waiting(seconds);
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      told.done();
      coming.cancel(true);
    }
  }

  private HttpClient http() {
    if (http == null) {
      http =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(CONNECT_TIMEOUT)
              .followRedirects(HttpClient.Redirect.NEVER)
              .build();
    }
    return http;
  }

  private Facts read(HttpRequest request, HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status == 204) {
      return Facts.NONE;
    }
    Optional<Facts> body =
        isJson(response) ? JsonText.parse(response.body()).map(Facts::new) : Optional.empty();
    if (status >= 200 && status < 300) {
      return body.orElseThrow(() -> notOasis(response));
    }
    if (body.isPresent() && body.get().optional("code").isPresent()) {
      ApiRefusal refusal =
          status == 404
              ? notFound(request, body.get())
              : ApiRefusal.of(endpoint, status, body.get());
      throw status == 503 ? new ServerUnreachable(refusal.getMessage(), refusal) : refusal;
    }
    if (status >= 502 && status <= 504) {
      throw new ServerUnreachable(
          "%s cannot answer now (HTTP %d); try again in a moment"
              .formatted(endpoint.server(), status),
          null);
    }
    throw notOasis(response);
  }

  private ApiRefusal notFound(HttpRequest request, Facts problem) {
    String path =
        request
            .uri()
            .getRawPath()
            .substring(URI.create(endpoint.server() + BASE).getRawPath().length());
    // The search itself asks for lists, which are always found: it cannot come here again.
    Optional<String> near = new NearNames(this::get).to(path);
    return ApiRefusal.notFound(endpoint, problem, near);
  }

  private static boolean isJson(HttpResponse<byte[]> response) {
    return response.headers().firstValue("Content-Type").orElse("").contains("json");
  }

  private CliFailure notOasis(HttpResponse<byte[]> response) {
    String type = response.headers().firstValue("Content-Type").orElse("no content type");
    return new CliFailure(
        ExitCode.ERROR,
        "%s answers, but not like an Oasis server (HTTP %d, %s); check --server or OASIS_SERVER"
            .formatted(endpoint.server(), response.statusCode(), type));
  }

  private ServerUnreachable unreachable(IOException e) {
    return new ServerUnreachable(
        "cannot reach %s (%s); is the server running? set --server or OASIS_SERVER"
            .formatted(endpoint.server(), cause(e)),
        e);
  }

  private static String cause(IOException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof UnresolvedAddressException || t instanceof UnknownHostException) {
        return "unknown host";
      }
    }
    return switch (e) {
      case HttpConnectTimeoutException timeout -> "no connection within 10 s";
      case HttpTimeoutException timeout -> "no answer within 60 s";
      case ConnectException refused -> "connection refused";
      case SSLException tls -> "TLS: " + tls.getMessage();
      default -> "connection lost";
    };
  }
}
