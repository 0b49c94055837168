package io.oasis.server.api;

import static io.oasis.server.api.Rest.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.oasis.server.TestDatabase;
import io.oasis.server.identity.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class SessionResourceTest {
  @Inject Tokens tokens;

  @Test
  @DisplayName("a session token says whose it is, and nothing after signing out")
  void sessionLife() {
    String token = Rest.adminToken();
    assertThat(token).startsWith("ost_").hasSize(4 + 43);

    as(token)
        .get("/api/v1/me")
        .then()
        .statusCode(200)
        .body("name", equalTo("admin"))
        .body("role", equalTo("admin"))
        .body("kind", equalTo("SESSION"))
        .body("expiresAt", notNullValue());

    as(token).delete("/api/v1/sessions/current").then().statusCode(204);
    as(token)
        .get("/api/v1/me")
        .then()
        .statusCode(401)
        .contentType(Problem.MEDIA_TYPE)
        .body("code", equalTo("unauthenticated"));
  }

  @Test
  @DisplayName("a wrong password and an unknown name are answered alike")
  void wrongCredentials() {
    for (String name : new String[] {"admin", "nobody"}) {
      given()
          .contentType("application/json")
          .body(Map.of("username", name, "password", "wrong"))
          .post("/api/v1/sessions")
          .then()
          .statusCode(401)
          .contentType(Problem.MEDIA_TYPE)
          .body("code", equalTo("bad_credentials"))
          .body("detail", equalTo("the name or the password is wrong"));
    }
  }

  @Test
  @DisplayName("the sixth wrong password in a row is not even looked at")
  void throttled() {
    for (int i = 0; i < 5; i++) {
      given()
          .contentType("application/json")
          .body(Map.of("username", "guessed", "password", "wrong" + i))
          .post("/api/v1/sessions")
          .then()
          .statusCode(401);
    }
    given()
        .contentType("application/json")
        .body(Map.of("username", "guessed", "password", "wrong"))
        .post("/api/v1/sessions")
        .then()
        .statusCode(429)
        .body("code", equalTo("throttled"))
        .body("hint", startsWith("try again in"));
  }

  @Test
  @DisplayName("version and schema need no token, everything else does")
  void noToken() {
    given()
        .get("/api/v1/schema")
        .then()
        .statusCode(200)
        .contentType(SchemaResource.MEDIA_TYPE)
        .header("Cache-Control", equalTo("public, max-age=3600"))
        .body("title", equalTo("Oasis manifest"));
    given()
        .get("/api/v1/version")
        .then()
        .statusCode(200)
        .body("version", notNullValue())
        .body("tzdb", startsWith("20"));
    given()
        .get("/api/v1/me")
        .then()
        .statusCode(401)
        .contentType(Problem.MEDIA_TYPE)
        .header("WWW-Authenticate", equalTo("Bearer"))
        .body("type", equalTo("about:blank"))
        .body("status", equalTo(401))
        .body("code", equalTo("unauthenticated"));
  }

  @Test
  @DisplayName("an expired token is told from an unknown one")
  void expiredToken() {
    String secret =
        as(Rest.adminToken())
            .body(
                """
                {"name": "short", "kind": "API", "role": "viewer", "expiresIn": "1s"}""")
            .post("/api/v1/tokens")
            .then()
            .statusCode(201)
            .extract()
            .path("token");
    while (!(tokens.verify(secret) instanceof Tokens.Check.Expired)) {
      Thread.onSpinWait();
    }
    as(secret)
        .get("/api/v1/me")
        .then()
        .statusCode(401)
        .body("code", equalTo("token_expired"))
        .body("hint", containsString("oasis login"));
  }

  @Test
  @DisplayName("the console's cookie reads under /api and changes nothing there")
  void cookieReadsOnly() {
    String token = Rest.adminToken();
    given().cookie("oasis_session", token).get("/api/v1/me").then().statusCode(200);
    given()
        .cookie("oasis_session", token)
        .delete("/api/v1/sessions/current")
        .then()
        .statusCode(401);
  }

  @Test
  @DisplayName("a token's secret is shown once, and revoking it ends it at once")
  void tokenLife() {
    String admin = Rest.adminToken();
    JsonPath made =
        as(admin)
            .body(
                """
                {"name": "ci", "kind": "API", "role": "editor", "app": "billing", "expiresIn": "30d"}""")
            .post("/api/v1/tokens")
            .then()
            .statusCode(201)
            .body("kind", equalTo("API"))
            .body("role", equalTo("editor"))
            .body("app", equalTo("billing"))
            .extract()
            .jsonPath();
    String secret = made.getString("token");
    assertThat(secret).startsWith("oat_");
    as(secret).get("/api/v1/me").then().statusCode(200).body("name", equalTo("ci"));

    as(admin)
        .get("/api/v1/tokens")
        .then()
        .statusCode(200)
        .body("items.name", hasItem("ci"))
        .body("items.token", everyItem(nullValue()))
        .body("items.find { it.name == 'ci' }.createdBy", equalTo("admin"))
        .body("items.find { it.name == 'ci' }.lastUsedAt", notNullValue())
        .body("items.kind", not(hasItem("SESSION")));

    as(admin).delete("/api/v1/tokens/" + made.getLong("id")).then().statusCode(204);
    as(secret).get("/api/v1/me").then().statusCode(401);
    as(admin)
        .delete("/api/v1/tokens/" + made.getLong("id"))
        .then()
        .statusCode(404)
        .body("code", equalTo("not_found"));
  }

  @Test
  @DisplayName("a refusal names the permission that is missing")
  void forbiddenNamesPermission() {
    as(Rest.apiToken("viewer", null))
        .get("/api/v1/tokens")
        .then()
        .statusCode(403)
        .contentType(Problem.MEDIA_TYPE)
        .body("code", equalTo("forbidden"))
        .body("detail", equalTo("the role viewer does not have the permission token:read"));
  }

  @Test
  @DisplayName("an executor token opens the channel and not the REST API")
  void executorToken() {
    String secret =
        as(Rest.adminToken())
            .body(
                """
                {"name": "worker", "kind": "EXECUTOR", "app": "billing"}""")
            .post("/api/v1/tokens")
            .then()
            .statusCode(201)
            .body("role", nullValue())
            .extract()
            .path("token");
    assertThat(secret).startsWith("oet_");
    assertThat(tokens.verifyExecutor(secret))
        .isInstanceOfSatisfying(
            Tokens.ExecutorCheck.Valid.class,
            valid -> {
              assertThat(valid.tokenName()).isEqualTo("worker");
              assertThat(valid.app()).contains("billing");
            });
    assertThat(tokens.verifyExecutor("oet_unknown")).isEqualTo(new Tokens.ExecutorCheck.Unknown());
    assertThat(tokens.verifyExecutor(Rest.adminToken()))
        .isEqualTo(new Tokens.ExecutorCheck.Unknown());
    as(secret)
        .get("/api/v1/me")
        .then()
        .statusCode(403)
        .body("detail", equalTo("executor tokens open the executor channel only"));
  }

  @Test
  @DisplayName("a token for one app cannot make itself a wider one")
  void scopedAdmin() {
    String scoped = Rest.apiToken("admin", "billing");
    as(scoped)
        .body(
            """
            {"name": "wider", "kind": "API", "role": "admin"}""")
        .post("/api/v1/tokens")
        .then()
        .statusCode(403)
        .header("Cache-Control", equalTo("no-store"))
        .body(
            "detail",
            equalTo(
                "this needs the permission token:write in all apps; token:"
                    + "test admin has it only in billing"));
    as(scoped).get("/api/v1/tokens").then().statusCode(403);
    as(scoped).delete("/api/v1/tokens/1").then().statusCode(403);
  }

  @Test
  @DisplayName("a character that cannot be stored is the caller's mistake")
  void nul() {
    given()
        .contentType("application/json")
        .body("{\"username\": \"a\\u0000b\", \"password\": \"x\"}")
        .post("/api/v1/sessions")
        .then()
        .statusCode(400)
        .body("detail", equalTo("a text holds the character NUL"));
  }

  @Test
  @DisplayName("what cannot be understood is a problem of one line")
  void badRequests() {
    String admin = Rest.adminToken();
    as(admin)
        .body("{\"name\": ")
        .post("/api/v1/tokens")
        .then()
        .statusCode(400)
        .contentType(Problem.MEDIA_TYPE)
        .body("code", equalTo("invalid_request"))
        .body("detail", startsWith("the body is not valid JSON at line 1"));
    as(admin)
        .body("{\"nam\": \"x\"}")
        .post("/api/v1/tokens")
        .then()
        .statusCode(400)
        .contentType(Problem.MEDIA_TYPE)
        .body("detail", startsWith("unknown field 'nam'"));
    as(admin)
        .body("{\"name\": {}}")
        .post("/api/v1/tokens")
        .then()
        .statusCode(400)
        .body("detail", startsWith("the field 'name' has a wrong type"));
    as(admin)
        .get("/api/v1/nothing/here")
        .then()
        .statusCode(404)
        .contentType(Problem.MEDIA_TYPE)
        .body("code", equalTo("not_found"));
    as(admin).get("/api/v2").then().statusCode(404).contentType(Problem.MEDIA_TYPE);
    as(admin)
        .put("/api/v1/tokens")
        .then()
        .statusCode(405)
        .contentType(Problem.MEDIA_TYPE)
        .body("code", equalTo("invalid_request"));
    as(admin)
        .contentType("text/plain")
        .body("x")
        .post("/api/v1/tokens")
        .then()
        .statusCode(415)
        .contentType(Problem.MEDIA_TYPE);
    as(admin).delete("/api/v1/tokens/abc").then().statusCode(404).contentType(Problem.MEDIA_TYPE);
  }

  @Test
  @DisplayName("the OpenAPI document describes the routes")
  void openApi() {
    given()
        .accept("application/json")
        .get("/api/v1/openapi")
        .then()
        .statusCode(200)
        .body("info.title", equalTo("Oasis-Scheduler"))
        .body("paths.'/api/v1/tokens'.post.tags", contains("Sessions and tokens"));
  }
}
