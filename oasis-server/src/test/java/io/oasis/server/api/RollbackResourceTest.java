package io.oasis.server.api;

import static io.oasis.server.api.ApplyResourceTest.app;
import static io.oasis.server.api.ApplyResourceTest.job;
import static io.oasis.server.api.Rest.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class RollbackResourceTest {
  @Inject Database database;
  private String admin;

  @BeforeEach
  void signIn() {
    admin = Rest.adminToken();
  }

  private ValidatableResponse apply(String content, String source) {
    Map<String, Object> body = new HashMap<>();
    body.put("files", List.of(Map.of("name", "a.yaml", "content", content)));
    body.put("source", source);
    return as(admin).body(body).post("/api/v1/apply").then().statusCode(200);
  }

  private ValidatableResponse rollback(String job, Map<String, Object> body) {
    return as(admin).body(body).post("/api/v1/jobs/" + job + "/rollback").then();
  }

  @Test
  @DisplayName("GO1: rolling back is a new revision; the plan says which fires come and go")
  void newRevision() {
    apply(app("back") + job("back", "a", "{cron: \"0 2 * * *\"}"), null);
    apply(job("back", "a", "{cron: \"0 3 * * *\"}"), null);

    rollback("back/a", Map.of("to", 1, "reason", "wrong hour"))
        .statusCode(200)
        .body("applied", equalTo(true))
        .body("steps[0].action", equalTo("change"))
        .body("steps[0].revision", equalTo(3))
        .body("steps[0].fields[0].before", equalTo("0 3 * * *"))
        .body("steps[0].fields[0].after", equalTo("0 2 * * *"))
        .body("steps[0].fires.removed", greaterThan(5))
        .body("steps[0].nextFireAt", containsString("T02:00:00Z"));

    as(admin)
        .get("/api/v1/jobs/back/a/revisions")
        .then()
        .body("items.revision", equalTo(List.of(3, 2, 1)))
        .body("items[0].spec", equalTo(specOf("back/a", 1)));
    assertThat(audit("job back/a"))
        .last()
        .isEqualTo(
            "admin {\"revision\": 2} {\"like\": 1, \"reason\": \"wrong hour\", \"revision\": 3}");
  }

  @Test
  @DisplayName("GO5: rolling back to what the job is changes nothing, also a second time")
  void nothingToDo() {
    apply(app("backsame") + job("backsame", "a", "none"), null);

    rollback("backsame/a", Map.of("to", 1))
        .statusCode(200)
        .body("steps[0].action", equalTo("unchanged"));
    assertThat(audit("job backsame/a")).isEmpty();
  }

  @Test
  @DisplayName("GO8: an owned job is rolled back only by an override, and stays its source's")
  void owned() {
    apply(app("backowned") + job("backowned", "a", "{fixedRate: 1h}"), "infra");
    apply(job("backowned", "a", "{fixedRate: 2h}"), "infra");

    rollback("backowned/a", Map.of("to", 1))
        .statusCode(409)
        .body("code", equalTo("conflict"))
        .body("detail", containsString("belongs to source infra"));
    rollback("backowned/a", Map.of("to", 1, "dryRun", true))
        .statusCode(200)
        .body("source", equalTo("infra"));
    rollback("backowned/a", Map.of("to", 1, "override", true)).statusCode(200);

    as(admin)
        .get("/api/v1/jobs/backowned/a")
        .then()
        .body("source", equalTo("infra"))
        .body("revision", equalTo(3));
    as(admin)
        .get("/api/v1/jobs/backowned/a/revisions")
        .then()
        .body("items[0].source", nullValue())
        .body("items[1].source", equalTo("infra"));
    assertThat(audit("job backowned/a")).last().asString().contains("\"overrides\": \"infra\"");
  }

  @Test
  @DisplayName("a dry run says what would happen and writes nothing")
  void dryRun() {
    apply(app("backdry") + job("backdry", "a", "{fixedRate: 1h}"), null);
    apply(job("backdry", "a", "{fixedRate: 2h}"), null);

    rollback("backdry/a", Map.of("to", 1, "dryRun", true))
        .statusCode(200)
        .body("applied", equalTo(false))
        .body("steps[0].action", equalTo("change"));

    as(admin).get("/api/v1/jobs/backdry/a").then().body("revision", equalTo(2));
  }

  @Test
  @DisplayName("GO12: an unknown revision, an unknown job and a viewer are told apart")
  void refusals() {
    apply(app("backbad") + job("backbad", "a", "none"), null);

    rollback("backbad/a", Map.of("to", 9))
        .statusCode(404)
        .body("hint", equalTo("it has revisions 1 to 1"));
    rollback("backbad/b", Map.of("to", 1)).statusCode(404);
    rollback("backbad/a", Map.of()).statusCode(400);
    as(Rest.apiToken("operator", null))
        .body(Map.of("to", 1))
        .post("/api/v1/jobs/backbad/a/rollback")
        .then()
        .statusCode(403);
  }

  @Test
  @DisplayName("GO5: exported manifests apply back with nothing to change")
  void export() {
    apply(app("exp") + job("exp", "a", "{cron: \"0 2 * * *\"}") + job("exp", "b", "none"), "infra");

    List<String> documents =
        as(admin)
            .get("/api/v1/manifests?app=exp&limit=1")
            .then()
            .statusCode(200)
            .body("items.key", equalTo(List.of("exp", "exp/a")))
            .body("nextCursor", equalTo("exp/a"))
            .extract()
            .path("items.yaml");
    String second =
        as(admin)
            .get("/api/v1/manifests?app=exp&limit=1&cursor=exp/a")
            .then()
            .body("items.key", equalTo(List.of("exp/b")))
            .body("nextCursor", nullValue())
            .extract()
            .path("items[0].yaml");

    apply(String.join("---\n", documents) + "---\n" + second, "infra")
        .body("summary.unchanged", equalTo(3));
  }

  @Test
  @DisplayName("a selector chooses jobs by their labels, in lists and in exports")
  void selectors() {
    apply(app("sel") + labelled("a", "{team: x, env: dev}") + labelled("b", "{team: y}"), null);

    assertThat(chosen("team=x")).containsExactly("sel/a");
    assertThat(chosen("env!=dev")).containsExactly("sel/b");
    assertThat(chosen("team in (x,y)")).containsExactly("sel/a", "sel/b");
    assertThat(chosen("team notin (x)")).containsExactly("sel/b");
    assertThat(chosen("env,team=y")).isEmpty();
    assertThat(chosen("!env")).containsExactly("sel/b");
    as(admin)
        .queryParam("selector", "team=y")
        .queryParam("app", "sel")
        .get("/api/v1/manifests")
        .then()
        .body("items.key", equalTo(List.of("sel", "sel/b")));
    as(admin).queryParam("selector", "team=(").get("/api/v1/jobs").then().statusCode(400);
  }

  @Test
  @DisplayName("a node that is offline can be looked at and forgotten, one that is online cannot")
  void nodes() {
    apply(app("nodes4"), null);
    node("n-off", "OFFLINE");
    node("n-on", "ONLINE");

    as(admin).get("/api/v1/nodes/n-off").then().statusCode(200).body("app", equalTo("nodes4"));
    as(admin).delete("/api/v1/nodes/n-off").then().statusCode(204);
    as(admin).get("/api/v1/nodes/n-off").then().statusCode(404);
    as(admin).delete("/api/v1/nodes/n-on").then().statusCode(409);
    as(admin).get("/api/v1/nodes?app=nodes4").then().body("items.id", hasItem("n-on"));
    as(admin).get("/api/v1/runs?app=nodes4").then().body("items", empty());
  }

  private void node(String id, String state) {
    database.run(
        tx ->
            tx.update(
                """
                INSERT INTO node (id, app_id, address, sdk_version, app_version, slots, state, lease_until)
                SELECT ?, id, 'here', '1', '1', 1, ?, now() + interval '1 hour' FROM app WHERE name = 'nodes4'
                """,
                id,
                state));
  }

  private List<String> chosen(String selector) {
    return as(admin)
        .queryParam("app", "sel")
        .queryParam("selector", selector)
        .get("/api/v1/jobs")
        .then()
        .statusCode(200)
        .extract()
        .path("items.key");
  }

  private static String labelled(String name, String labels) {
    return """
    ---
    apiVersion: oasis/v1
    kind: Job
    metadata: {app: sel, name: %s, labels: %s}
    spec: {handler: h, schedule: none}
    """
        .formatted(name, labels);
  }

  private Map<String, Object> specOf(String job, int revision) {
    return as(admin)
        .get("/api/v1/jobs/" + job + "/revisions")
        .then()
        .extract()
        .path("items.find { it.revision == " + revision + " }.spec");
  }

  private List<String> audit(String object) {
    return database.call(
        tx ->
            tx.query(
                "SELECT who, before::text AS before, after::text AS after FROM audit"
                    + " WHERE object = ? AND action = 'job.rollback' ORDER BY id",
                row -> row.text("who") + " " + row.text("before") + " " + row.text("after"),
                object));
  }
}
