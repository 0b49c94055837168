package io.oasis.server.api;

import static io.oasis.server.api.Rest.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Counting;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ApplyResourceTest {
  @Inject Counting counting;

  private String admin;

  @BeforeEach
  void signIn() {
    admin = Rest.adminToken();
  }

  static String app(String name) {
    return """
    apiVersion: oasis/v1
    kind: App
    metadata: {name: %s}
    spec: {title: Test, owner: {name: Payments, email: payments@example.com}}
    ---
    """
        .formatted(name);
  }

  static String job(String app, String name, String schedule) {
    return """
    apiVersion: oasis/v1
    kind: Job
    metadata:
      app: %s
      name: %s
      labels: {team: payments}
    spec:
      schedule: %s
      handler: settle
      params: {region: cn-east}
    ---
    """
        .formatted(app, name, schedule);
  }

  private ValidatableResponse apply(String content) {
    return apply(content, Map.of());
  }

  private ValidatableResponse apply(String content, Map<String, ?> more) {
    return post("/api/v1/apply", content, more);
  }

  private ValidatableResponse post(String path, String content, Map<String, ?> more) {
    Map<String, Object> body = new LinkedHashMap<>(more);
    body.put("files", List.of(Map.of("name", "jobs.yaml", "content", content)));
    return as(admin).body(body).post(path).then();
  }

  @Test
  @DisplayName("a new app and its jobs are created with their next fires")
  void create() {
    apply(
            app("shop")
                + job("shop", "nightly", "{cron: \"0 30 2 * * ?\", timeZone: Asia/Shanghai}")
                + job("shop", "sweep", "{fixedDelay: 30s}"))
        .statusCode(200)
        .body("applied", equalTo(true))
        .body("summary.create", equalTo(3))
        .body("steps[0].kind", equalTo("app"))
        .body("steps[0].key", equalTo("shop"))
        .body("steps[1].key", equalTo("shop/nightly"))
        .body("steps[1].action", equalTo("create"))
        .body("steps[1].revision", equalTo(1))
        .body("steps[1].timeZone", equalTo("Asia/Shanghai"))
        .body("steps[1].nextFireAt", notNullValue())
        .body("steps[1].fires.added", equalTo(7))
        .body("steps[1].fires.horizon", equalTo("7d"))
        .body("steps[2].nextFireText", equalTo("every 30s after it ends"));

    as(admin)
        .get("/api/v1/jobs/shop/nightly")
        .then()
        .statusCode(200)
        .body("key", equalTo("shop/nightly"))
        .body("state", equalTo("on"))
        .body("owner.email", equalTo("payments@example.com"))
        .body("spec.schedule.cron", equalTo("0 30 2 * * ?"))
        .body("labels.team", equalTo("payments"))
        .body("nextFires", hasSize(5))
        .body("updatedBy", equalTo("admin"))
        .body("lastRun", nullValue())
        .body("running", equalTo(0));
  }

  @Test
  @DisplayName("GO5 the same files a second time: nothing changes, no revision, no audit entry")
  void idempotent() {
    String files = app("idem") + job("idem", "a", "{fixedRate: 1h}") + job("idem", "b", "none");
    apply(files, Map.of("source", "infra", "commit", "c1")).statusCode(200);
    long written = counting.rows();

    apply(files, Map.of("source", "infra", "commit", "c2"))
        .statusCode(200)
        .body("applied", equalTo(true))
        .body("summary.unchanged", equalTo(3))
        .body("summary.create", equalTo(0))
        .body("summary.change", equalTo(0));

    assertThat(counting.rows()).isEqualTo(written);
    as(admin)
        .get("/api/v1/jobs/idem/a/revisions")
        .then()
        .statusCode(200)
        .body("items", hasSize(1))
        .body("items[0].commit", equalTo("c1"));
  }

  @Test
  @DisplayName("GO6 one bad document in many: nothing is written, and every error has its place")
  void atomic() {
    StringBuilder files = new StringBuilder(app("atomic"));
    for (int i = 0; i < 50; i++) {
      files.append(job("atomic", "job-" + i, "{fixedRate: 1h}"));
    }
    files.append(job("atomic", "bad-one", "{cron: \"0 61 2 * * ?\"}"));
    files.append(job("atomic", "bad-two", "{cron: \"0 0 2 * * ?\", timeZone: Mars/Base}"));
    apply(files.toString())
        .statusCode(422)
        .contentType(Problem.MEDIA_TYPE)
        .body("code", equalTo("invalid"))
        .body("errors", hasSize(2))
        .body("errors[0].file", equalTo("jobs.yaml"))
        .body("errors[0].path", equalTo("spec.schedule.cron"))
        .body("errors[0].code", equalTo("cron_not_a_minute"))
        .body("errors[0].line", notNullValue())
        .body("errors[1].code", equalTo("unknown_zone"));
    as(admin).get("/api/v1/apps/atomic").then().statusCode(404);
    as(admin).get("/api/v1/jobs?app=atomic").then().body("items", empty());
  }

  @Test
  @DisplayName("a job of an unknown app is refused where it stands")
  void unknownApp() {
    apply(job("nowhere", "a", "{fixedRate: 1h}"))
        .statusCode(422)
        .body("errors[0].path", equalTo("metadata.app"))
        .body("errors[0].line", equalTo(4))
        .body("errors[0].code", equalTo("no_such_app"))
        .body("errors[0].message", equalTo("there is no app nowhere"));
  }

  @Test
  @DisplayName(
      "GO1 an edit takes the old next fire away and sets the new one, in one revision more")
  void edit() {
    apply(app("edit") + job("edit", "a", "{cron: \"0 0 2 * * ?\"}")).statusCode(200);
    String old = as(admin).get("/api/v1/jobs/edit/a").path("nextFireAt");

    apply(job("edit", "a", "{cron: \"0 0 3 * * ?\"}"))
        .statusCode(200)
        .body("steps[0].action", equalTo("change"))
        .body("steps[0].revision", equalTo(2))
        .body("steps[0].fields[0].path", equalTo("schedule.cron"))
        .body("steps[0].fields[0].before", equalTo("0 0 2 * * ?"))
        .body("steps[0].fields[0].after", equalTo("0 0 3 * * ?"))
        .body("steps[0].fires.removed", equalTo(7))
        .body("steps[0].fires.added", equalTo(7));

    Instant next = Instant.parse(as(admin).get("/api/v1/jobs/edit/a").path("nextFireAt"));
    assertThat(next).isNotEqualTo(Instant.parse(old));
    assertThat(next.toString()).endsWith("T03:00:00Z");
    as(admin)
        .get("/api/v1/jobs/edit/a/revisions")
        .then()
        .body("items", hasSize(2))
        .body("items[1].spec.schedule.cron", equalTo("0 0 2 * * ?"));
  }

  @Test
  @DisplayName("CU10 a one-time job in the past is refused")
  void oneTimeInThePast() {
    apply(app("once") + job("once", "a", "{at: \"2020-01-01T09:00:00Z\"}"))
        .statusCode(422)
        .body("errors[0].path", equalTo("spec.schedule.at"));
    apply(app("once") + job("once", "a", "{at: \"2020-01-01T09:00:00Z\", ifPast: skip}"))
        .statusCode(200)
        .body("steps[1].nextFireText", equalTo("never again"));
    as(admin).get("/api/v1/jobs/once/a").then().body("state", equalTo("done"));
  }

  @Test
  @DisplayName("CU11 a one-time job that ran may be applied again, and a new time makes it live")
  void oneTimeAgain() {
    String spent = app("again") + job("again", "a", "{at: \"2020-01-01T09:00:00Z\", ifPast: skip}");
    apply(spent).statusCode(200);
    apply(spent).statusCode(200).body("summary.unchanged", equalTo(2));
    apply(job("again", "a", "{at: \"2100-01-01T09:00:00Z\"}"))
        .statusCode(200)
        .body("steps[0].nextFireAt", equalTo("2100-01-01T09:00:00Z"));
    as(admin).get("/api/v1/jobs/again/a").then().body("state", equalTo("on"));
  }

  @Test
  @DisplayName("GO8 what one source owns, another cannot change; the refusal names both")
  void twoSources() {
    String files = app("owned") + job("owned", "a", "{fixedRate: 1h}");
    apply(files, Map.of("source", "infra")).statusCode(200);
    apply(files, Map.of("source", "other"))
        .statusCode(409)
        .contentType(Problem.MEDIA_TYPE)
        .body("code", equalTo("conflict"))
        .body("detail", containsString("job owned/a belongs to source infra, not to other"));
    apply(job("owned", "a", "{fixedRate: 2h}")).statusCode(409);
    apply(files).statusCode(200).body("summary.unchanged", equalTo(2));
  }

  @Test
  @DisplayName("what nobody owns is taken over by the first source, without a new revision")
  void adopt() {
    String files = app("adopt") + job("adopt", "a", "{fixedRate: 1h}");
    apply(files).statusCode(200);
    apply(files, Map.of("source", "infra", "commit", "c1"))
        .statusCode(200)
        .body("summary.change", equalTo(2))
        .body("steps[1].fields[0].path", equalTo("source"))
        .body("steps[1].revision", equalTo(1));
    as(admin)
        .get("/api/v1/jobs/adopt/a")
        .then()
        .body("source", equalTo("infra"))
        .body("commit", equalTo("c1"))
        .body("revision", equalTo(1));
  }

  @Test
  @DisplayName("a plan and a dry run write nothing")
  void planWritesNothing() {
    String files = app("dry") + job("dry", "a", "{fixedRate: 1h}");
    long written = counting.rows();
    post("/api/v1/plan", files, Map.of())
        .statusCode(200)
        .body("applied", equalTo(false))
        .body("summary.create", equalTo(2));
    apply(files, Map.of("dryRun", true)).statusCode(200).body("applied", equalTo(false));
    assertThat(counting.rows()).isEqualTo(written);
    as(admin).get("/api/v1/apps/dry").then().statusCode(404);
  }

  @Test
  @DisplayName("a thousand jobs need as many statements as one, and a second apply finds them all")
  void thousandJobs() {
    StringBuilder files = new StringBuilder(app("many"));
    for (int i = 0; i < 1_000; i++) {
      files.append(job("many", "job-" + i, "{cron: \"0 30 " + i % 24 + " * * ?\"}"));
    }
    apply(files.toString()).statusCode(200).body("summary.create", equalTo(1_001));
    apply(files.toString()).statusCode(200).body("summary.unchanged", equalTo(1_001));
    JsonPath page = as(admin).get("/api/v1/jobs?app=many&limit=500").jsonPath();
    assertThat(page.getList("items")).hasSize(500);
    JsonPath second =
        as(admin)
            .queryParam("cursor", page.getString("nextCursor"))
            .get("/api/v1/jobs?app=many&limit=500")
            .jsonPath();
    assertThat(second.getList("items")).hasSize(500);
    assertThat(second.getString("nextCursor")).isNull();
    assertThat(page.getList("items.key")).doesNotContainAnyElementsOf(second.getList("items.key"));
  }

  @Test
  @DisplayName("a token for one app applies to that app only")
  void scope() {
    apply(app("mine") + app("theirs")).statusCode(200);
    String token = Rest.apiToken("editor", "mine");
    Map<String, Object> theirs =
        Map.of(
            "files",
            List.of(Map.of("name", "x.yaml", "content", job("theirs", "a", "{fixedRate: 1h}"))));
    as(token)
        .body(theirs)
        .post("/api/v1/apply")
        .then()
        .statusCode(403)
        .body("code", equalTo("forbidden"))
        .body("detail", containsString("job theirs/a"));
    as(token).get("/api/v1/apps").then().body("items.name", equalTo(List.of("mine")));
    as(token).get("/api/v1/apps/theirs").then().statusCode(403);
    as(token).get("/api/v1/jobs?app=theirs").then().statusCode(403);
  }

  @Test
  @DisplayName("more than 8 MB is too large")
  void tooLarge() {
    String half = "# " + "x".repeat(3 * 1024 * 1024) + "\n";
    Map<String, String> file = Map.of("name", "a.yaml", "content", half);
    as(admin)
        .body(Map.of("files", List.of(file, file, file)))
        .post("/api/v1/apply")
        .then()
        .statusCode(413)
        .contentType(Problem.MEDIA_TYPE)
        .body("code", equalTo("too_large"));
  }
}
