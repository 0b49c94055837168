package io.oasis.server.api;

import static io.oasis.server.api.ApplyResourceTest.app;
import static io.oasis.server.api.ApplyResourceTest.job;
import static io.oasis.server.api.Rest.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.oasis.server.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class VerifyResourceTest {
  private String admin;

  @BeforeEach
  void jobs() {
    admin = Rest.adminToken();
    String content = app("proof") + job("proof", "a", "{cron: \"0 0 1 1 *\"}");
    as(admin)
        .body(Map.of("files", List.of(Map.of("name", "a.yaml", "content", content))))
        .post("/api/v1/apply")
        .then()
        .statusCode(200);
  }

  @Test
  @DisplayName("a clean ledger says so, for an app and for one job")
  void clean() {
    as(admin)
        .get("/api/v1/verify?app=proof")
        .then()
        .statusCode(200)
        .body("clean", equalTo(true))
        .body("jobs", equalTo(1))
        .body("findings", empty());
    as(admin).get("/api/v1/verify?job=proof/a").then().statusCode(200).body("jobs", equalTo(1));
  }

  @Test
  @DisplayName("a wrong time, a wrong job and a job that is not there are told apart")
  void refused() {
    as(admin)
        .get("/api/v1/verify?from=yesterday")
        .then()
        .statusCode(400)
        .body("detail", containsString("from must be an instant"));
    as(admin)
        .get("/api/v1/verify?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z")
        .then()
        .statusCode(400)
        .body("detail", containsString("before to"));
    as(admin).get("/api/v1/verify?job=proof").then().statusCode(400);
    as(admin)
        .get("/api/v1/verify?job=proof/nobody")
        .then()
        .statusCode(404)
        .body("detail", containsString("proof/nobody"));
  }

  @Test
  @DisplayName("a time is explained, and a question without a time is refused")
  void explain() {
    as(admin)
        .get("/api/v1/jobs/proof/a/explain?at=2020-01-01T00:00:00Z")
        .then()
        .statusCode(200)
        .body("verdict", equalTo("no_job"))
        .body("summary", containsString("proof/a"));
    as(admin).get("/api/v1/jobs/proof/a/explain").then().statusCode(400);
    as(admin)
        .get("/api/v1/jobs/proof/nobody/explain?at=2020-01-01T00:00:00Z")
        .then()
        .statusCode(404);
  }
}
