package io.oasis.server.api;

import static io.oasis.server.api.Rest.as;

import io.restassured.response.ValidatableResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends manifests as the administrator does. */
final class Manifests {
  private final String token;

  Manifests(String token) {
    this.token = token;
  }

  ValidatableResponse plan(String content, Map<String, ?> more) {
    return post("/api/v1/plan", content, more);
  }

  ValidatableResponse apply(String content, Map<String, ?> more) {
    return post("/api/v1/apply", content, more);
  }

  /** Applies what must be right. */
  void applied(String content, String source) {
    apply(content, source == null ? Map.of() : Map.of("source", source)).statusCode(200);
  }

  private ValidatableResponse post(String path, String content, Map<String, ?> more) {
    Map<String, Object> body = new LinkedHashMap<>(more);
    body.put("files", List.of(Map.of("name", "jobs.yaml", "content", content)));
    return as(token).body(body).post(path).then();
  }
}
