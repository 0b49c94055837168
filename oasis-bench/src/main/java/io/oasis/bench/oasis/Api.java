package io.oasis.bench.oasis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oasis.bench.machine.BenchException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** The REST API of the server. Every answer outside of the 200s ends the benchmark. */
public final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final HttpClient http;
  private final String address;
  private final String token;

  private Api(HttpClient http, String address, String token) {
    this.http = http;
    this.address = address;
    this.token = token;
  }

  /** Whether a server at this address says that it is ready. */
  public static boolean isReady(String address) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest ask =
          HttpRequest.newBuilder(URI.create(address + "/q/health/ready"))
              .timeout(Duration.ofSeconds(5))
              .build();
      return http.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  /** The API with the token of a new session. */
  public static Api signIn(String address, String user, String password) {
    Api anonymous = new Api(HttpClient.newHttpClient(), address, "");
    JsonNode session = anonymous.post("/sessions", Map.of("username", user, "password", password));
    return new Api(anonymous.http, address, session.path("token").asText());
  }

  /** Reads. */
  public JsonNode get(String path) {
    return send(request(path).GET().build());
  }

  /** Sends an object as JSON. */
  public JsonNode post(String path, Object body) {
    try {
      String json = JSON.writeValueAsString(body);
      return send(
          request(path)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(json))
              .build());
    } catch (IOException e) {
      throw new BenchException("cannot write JSON: " + e.getMessage(), e);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(address + "/api/v1" + path)).timeout(PATIENCE);
    return token.isEmpty() ? builder : builder.header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest request) {
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new BenchException(
            request.method()
                + " "
                + request.uri()
                + ": "
                + answer.statusCode()
                + " "
                + answer.body().substring(0, Math.min(500, answer.body().length())));
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new BenchException(request.method() + " " + request.uri() + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }
}
