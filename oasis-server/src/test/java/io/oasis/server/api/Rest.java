package io.oasis.server.api;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the REST tests share: signing in, and requests with a token. */
final class Rest {
  private Rest() {}

  /** The administrator's password in tests. */
  static String adminPassword() {
    return ConfigProvider.getConfig().getValue("oasis.identity.admin-password", String.class);
  }

  /** A new session of the administrator. */
  static String adminToken() {
    return session("admin", adminPassword());
  }

  /** A new session of a person. */
  static String session(String name, String password) {
    return given()
        .contentType("application/json")
        .body(Map.of("username", name, "password", password))
        .post("/api/v1/sessions")
        .then()
        .statusCode(201)
        .extract()
        .path("token");
  }

  /** A request with a JSON body and a token. */
  static RequestSpecification as(String token) {
    return given().contentType("application/json").header("Authorization", "Bearer " + token);
  }

  /** A new API token of a role, for one app or (null) for all. */
  static String apiToken(String role, String app) {
    String body =
        """
        {"name": "test %s", "kind": "API", "role": "%s", "app": %s}"""
            .formatted(role, role, app == null ? "null" : '"' + app + '"');
    return as(adminToken())
        .body(body)
        .post("/api/v1/tokens")
        .then()
        .statusCode(201)
        .extract()
        .path("token");
  }
}
