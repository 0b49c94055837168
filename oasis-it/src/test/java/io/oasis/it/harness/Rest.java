package io.oasis.it.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** The REST API of one server, as any program would call it. */
public final class Rest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final String address;
  private final String token;

  private Rest(String address, String token) {
    this.address = address;
    this.token = token;
  }

  /** Calls without a token. */
  public static Rest anonymous(String address) {
    return new Rest(address, null);
  }

  /** Calls with a token. */
  public Rest withToken(String token) {
    return new Rest(address, token);
  }

  /** Signs in and returns the API with the session's token. */
  public Rest signIn(String user, String password) {
    var answer = post("/sessions", Map.of("username", user, "password", password));
    if (answer.status() != 201) {
      throw new AssertionError("cannot sign in: " + answer);
    }
    return withToken(answer.body().path("token").asText());
  }

  public Answer get(String path) {
    return send(request(path).GET().build());
  }

  public Answer post(String path, Object body) {
    try {
      var json = HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
      return send(request(path).header("Content-Type", "application/json").POST(json).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    var builder = HttpRequest.newBuilder(URI.create(address + "/api/v1" + path)).timeout(PATIENCE);
    if (token != null) {
      builder.header("Authorization", "Bearer " + token);
    }
    return builder;
  }

  private Answer send(HttpRequest request) {
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      var text = response.body();
      var body = text.isBlank() ? MissingNode.getInstance() : JSON.readTree(text);
      return new Answer(response.statusCode(), body);
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri() + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /**
   * What the server said.
   *
   * @param status HTTP status
   * @param body its JSON; missing when there was none
   */
  public record Answer(int status, JsonNode body) {
    /** The body of an answer of the 200s; an {@link AssertionError} for any other. */
    public JsonNode ok() {
      if (status < 200 || status > 299) {
        throw new AssertionError("status " + status + ": " + body);
      }
      return body;
    }
  }
}
