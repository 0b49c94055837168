package io.oasis.server.api;

import static io.oasis.server.api.ApplyResourceTest.app;
import static io.oasis.server.api.Rest.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;

import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Counting;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class SecretsTest {
  private static final String MARK = "secret:[0-9a-f]{8}";

  @Inject Counting counting;

  private String admin;
  private Manifests manifests;

  @BeforeEach
  void signIn() {
    admin = Rest.adminToken();
    manifests = new Manifests(admin);
  }

  private static String job(String app, String params) {
    return app(app)
        + """
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: %s, name: a}
        spec: {handler: h, schedule: none, params: {%s}}
        """
            .formatted(app, params);
  }

  @Test
  @DisplayName(
      "GO11: a plain secret is marked in plan, export, history, run and audit, never shown")
  void marked() {
    manifests.applied(job("marked", "user: app, password: hunter2-old"), "marked-infra");
    String changed = job("marked", "user: app, password: hunter2-young");
    String plan =
        manifests
            .plan(changed, Map.of("source", "marked-infra"))
            .statusCode(200)
            .body("steps[1].fields", hasSize(1))
            .body("steps[1].fields[0].path", equalTo("params.password"))
            .body("steps[1].fields[0].before", matchesPattern(MARK))
            .body("steps[1].fields[0].after", matchesPattern(MARK))
            .extract()
            .asString();
    manifests.applied(changed, "marked-infra");
    String run =
        as(admin)
            .body(Map.of("params", Map.of("password", "hunter2-run")))
            .post("/api/v1/jobs/marked/a/runs")
            .then()
            .statusCode(201)
            .body("params.user", equalTo("app"))
            .body("params.password", matchesPattern(MARK))
            .extract()
            .asString();
    List<String> seen =
        List.of(
            plan,
            run,
            as(admin).get("/api/v1/jobs/marked/a").asString(),
            as(admin).get("/api/v1/jobs/marked/a/revisions").asString(),
            as(admin).get("/api/v1/jobs/marked/a/manifest").asString(),
            as(admin).get("/api/v1/manifests?app=marked").asString(),
            as(admin).get("/api/v1/runs?job=marked/a").asString(),
            String.join("\n", counting.audit("job marked/a")));
    assertThat(seen)
        .allSatisfy(
            text ->
                assertThat(text)
                    .contains("password")
                    .doesNotContain("hunter2")
                    .contains("secret:"));
  }

  @Test
  @DisplayName("GO11: what was exported applies back to an empty plan; a foreign mark is refused")
  void exported() {
    manifests.applied(job("exported", "password: hunter2"), null);
    String yaml = as(admin).get("/api/v1/jobs/exported/a/manifest").asString();
    assertThat(yaml).contains("secret:");
    manifests.apply(yaml, Map.of()).statusCode(200).body("summary.unchanged", equalTo(1));
    manifests
        .apply(job("exported", "password: \"secret:00000000\""), Map.of())
        .statusCode(422)
        .body("errors[0].path", equalTo("spec.params.password"));
    as(admin)
        .header("If-Match", "*")
        .body(
            Map.of(
                "spec",
                Map.of(
                    "handler",
                    "other",
                    "schedule",
                    "none",
                    "params",
                    Map.of(
                        "password",
                        as(admin).get("/api/v1/jobs/exported/a").path("spec.params.password")))))
        .put("/api/v1/jobs/exported/a")
        .then()
        .statusCode(200)
        .body("steps[0].fields.path", equalTo(List.of("handler")));
  }

  @Test
  @DisplayName("GO11: a reference is shown as it is, and a run cannot make one")
  void reference() {
    manifests.applied(job("reference", "password: {secretRef: db-password}"), null);
    as(admin)
        .get("/api/v1/jobs/reference/a")
        .then()
        .body("spec.params.password.secretRef", equalTo("db-password"));
    as(admin)
        .body(Map.of("params", Map.of("x", "secretRef:db-password")))
        .post("/api/v1/jobs/reference/a/runs")
        .then()
        .statusCode(400)
        .body("field", equalTo("params"));
    manifests
        .plan(job("reference", "password: {secretRef: other}"), Map.of())
        .body("steps[1].fields[0].path", equalTo("params.password.secretRef"))
        .body("steps[1].fields[0].before", equalTo("db-password"))
        .body("steps[1].fields[0].after", equalTo("other"));
  }

  @Test
  @DisplayName("GO11: drift tells that a secret was changed, not to what")
  void drift() {
    manifests.applied(job("sdrift", "password: hunter2"), "sdrift-infra");
    manifests.apply(job("sdrift", "password: hunter3"), Map.of("override", true)).statusCode(200);
    as(admin)
        .get("/api/v1/drift?source=sdrift-infra")
        .then()
        .body("items[0].fields[0].path", equalTo("params.password"))
        .body("items[0].fields[0].applied", matchesPattern(MARK))
        .body("items[0].fields[0].now", matchesPattern(MARK));
  }
}
