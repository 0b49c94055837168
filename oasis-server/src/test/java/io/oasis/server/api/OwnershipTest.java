package io.oasis.server.api;

import static io.oasis.server.api.ApplyResourceTest.app;
import static io.oasis.server.api.ApplyResourceTest.job;
import static io.oasis.server.api.Rest.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Counting;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class OwnershipTest {
  @Inject Counting counting;

  private String admin;
  private Manifests manifests;

  @BeforeEach
  void signIn() {
    admin = Rest.adminToken();
    manifests = new Manifests(admin);
  }

  private ValidatableResponse drift(String source) {
    return as(admin).queryParam("source", source).get("/api/v1/drift").then();
  }

  private ValidatableResponse edit(String job, Map<String, ?> body) {
    String tag = as(admin).get("/api/v1/jobs/" + job).header("ETag");
    return as(admin).header("If-Match", tag).body(body).put("/api/v1/jobs/" + job).then();
  }

  @Test
  @DisplayName(
      "GO6: conflicts of ownership stand in errors with their places, beside every mistake")
  void conflictsHavePlaces() {
    String files = app("places") + job("places", "a", "{fixedRate: 1h}");
    manifests.applied(files, "places-infra");
    manifests
        .apply(files, Map.of("source", "places-other"))
        .statusCode(409)
        .body("errors", hasSize(2))
        .body("errors[0].file", equalTo("jobs.yaml"))
        .body("errors[0].line", equalTo(3))
        .body("errors[1].line", equalTo(10))
        .body("errors[1].message", containsString("belongs to source places-infra"));
    manifests
        .apply(
            files
                + job("places", "bad", "{cron: \"0 61 2 * * ?\"}")
                + job("places", "past", "{at: \"2020-01-01T09:00:00Z\"}"),
            Map.of("source", "places-other"))
        .statusCode(422)
        .body("errors", hasSize(4))
        .body(
            "errors.path",
            equalTo(
                List.of(
                    "metadata.name", "metadata.name", "spec.schedule.cron", "spec.schedule.at")));
  }

  @Test
  @DisplayName(
      "GO8: take-over moves objects to the source that asks, without a revision, and is audited")
  void takeOver() {
    String files = app("taken") + job("taken", "a", "{fixedRate: 1h}");
    manifests.applied(files, "taken-old");
    manifests
        .apply(files, Map.of("source", "taken-new", "takeOver", true))
        .statusCode(200)
        .body("summary.change", equalTo(2))
        .body("steps[1].fields[0].path", equalTo("source"))
        .body("steps[1].fields[0].before", equalTo("taken-old"))
        .body("steps[1].fields[0].after", equalTo("taken-new"))
        .body("steps[1].revision", equalTo(1));
    as(admin).get("/api/v1/jobs/taken/a").then().body("source", equalTo("taken-new"));
    assertThat(counting.audit("job taken/a")).last().asString().startsWith("admin job.take-over");
    manifests.apply(files, Map.of("source", "taken-old")).statusCode(409);
    manifests.apply(files, Map.of("takeOver", true)).statusCode(400);
  }

  @Test
  @DisplayName("an owned job is edited by hand only with an override, and then shows as drift")
  void override() {
    String files = app("over") + job("over", "a", "{fixedRate: 1h}");
    manifests.apply(files, Map.of("source", "over-infra", "commit", "c1")).statusCode(200);
    drift("over-infra").statusCode(200).body("total", equalTo(2)).body("items", hasSize(0));
    Map<String, ?> spec = Map.of("schedule", Map.of("fixedRate", "1h"), "handler", "other");

    edit("over/a", Map.of("spec", spec))
        .statusCode(409)
        .body("code", equalTo("conflict"))
        .body("field", equalTo("override"))
        .body("detail", equalTo("job over/a belongs to source over-infra"));
    edit("over/a", Map.of("spec", spec, "override", true, "reason", "month end"))
        .statusCode(200)
        .body("steps[0].revision", equalTo(2));

    as(admin).get("/api/v1/jobs/over/a").then().body("source", equalTo("over-infra"));
    drift("over-infra")
        .body("items", hasSize(1))
        .body("commit", equalTo("c1"))
        .body("items[0].key", equalTo("over/a"))
        .body("items[0].what", equalTo("changed"))
        .body("items[0].by", equalTo("admin"))
        .body("items[0].via", equalTo("api"))
        .body("items[0].reason", equalTo("month end"))
        .body("items[0].fields.path", equalTo(List.of("labels.team", "handler", "params.region")))
        .body("items[0].fields[1].applied", equalTo("settle"))
        .body("items[0].fields[1].now", equalTo("other"))
        .body("items[0].fields[1].by", equalTo("admin"));

    manifests
        .plan(files, Map.of("source", "over-infra"))
        .body("steps[1].action", equalTo("change"))
        .body("steps[1].note", equalTo("takes back what was edited by hand (revision 2)"));
    manifests.applied(files, "over-infra");
    drift("over-infra").body("items", hasSize(0));
  }

  @Test
  @DisplayName("an override that the source has taken up by now is no drift any more")
  void takenUp() {
    String files = app("up") + job("up", "a", "{fixedRate: 1h}");
    manifests.applied(files, "up-infra");
    String edited = files.replace("handler: settle", "handler: other");
    manifests
        .apply(edited, Map.of("override", true, "reason", "tonight"))
        .statusCode(200)
        .body("summary.change", equalTo(1));
    drift("up-infra").body("items", hasSize(1)).body("items[0].via", equalTo("apply"));
    manifests
        .apply(edited, Map.of("source", "up-infra"))
        .statusCode(200)
        .body("steps[1].fields[0].path", equalTo("override"))
        .body("steps[1].revision", equalTo(2));
    drift("up-infra").body("items", hasSize(0));
    manifests.apply(edited, Map.of("source", "up-infra")).body("summary.unchanged", equalTo(2));
  }

  @Test
  @DisplayName("GO9: another spelling, order or default, and what the server adds, is never drift")
  void spelling() {
    manifests.applied(
        app("spell")
            + """
            apiVersion: oasis/v1
            kind: Job
            metadata: {app: spell, name: a, labels: {b: x, a: y}}
            spec: {timeout: 60s, handler: h, schedule: {fixedRate: 3600s}, retry: 0, enabled: true}
            """,
        "spell-infra");
    edit(
            "spell/a",
            Map.of(
                "labels",
                Map.of("a", "y", "b", "x"),
                "spec",
                Map.of(
                    "schedule",
                    Map.of("fixedRate", "1h"),
                    "handler",
                    "h",
                    "blocking",
                    "serial",
                    "timeout",
                    Map.of("run", "1m", "queue", "60m"))))
        .statusCode(200)
        .body("summary.unchanged", equalTo(1));
    drift("spell-infra").body("items", hasSize(0));
  }

  @Test
  @DisplayName("a job that somebody switched off or deleted is drift, with who, when and why")
  void switchedAndDeleted() {
    String files =
        app("gone") + job("gone", "a", "{fixedRate: 1h}") + job("gone", "b", "{fixedRate: 1h}");
    manifests.applied(files, "gone-infra");
    as(admin)
        .body(Map.of("reason", "month end"))
        .post("/api/v1/jobs/gone/a/disable")
        .then()
        .statusCode(200);
    as(admin)
        .delete("/api/v1/jobs/gone/b")
        .then()
        .statusCode(409)
        .body("field", equalTo("override"))
        .body("detail", containsString("gone-infra"));
    as(admin).delete("/api/v1/jobs/gone/b?override=true").then().statusCode(204);

    drift("gone-infra")
        .body("items.key", equalTo(List.of("gone/a", "gone/b")))
        .body("items[0].fields[0].path", equalTo("enabled"))
        .body("items[0].fields[0].applied", equalTo("true"))
        .body("items[0].fields[0].now", equalTo("false"))
        .body("items[0].by", equalTo("admin"))
        .body("items[0].reason", equalTo("month end"))
        .body("items[1].what", equalTo("deleted"))
        .body("items[1].by", equalTo("admin"));

    manifests
        .apply(
            app("gone") + job("gone", "a", "{fixedRate: 1h}"),
            Map.of("source", "gone-infra", "prune", true))
        .statusCode(200)
        .body("summary.unchanged", equalTo(2));
    drift("gone-infra").body("items.key", equalTo(List.of("gone/a")));
  }

  @Test
  @DisplayName("an app that was edited by hand is drift as well")
  void editedApp() {
    manifests.applied(app("drifted"), "drifted-infra");
    manifests
        .apply(app("drifted").replace("title: Test", "title: Other"), Map.of("override", true))
        .statusCode(200);
    drift("drifted-infra")
        .body("items[0].kind", equalTo("app"))
        .body("items[0].fields[0].path", equalTo("title"))
        .body("items[0].fields[0].applied", equalTo("Test"))
        .body("items[0].fields[0].now", equalTo("Other"))
        .body("items[0].by", equalTo("admin"));
  }

  @Test
  @DisplayName("a source that owns nothing is not found, rather than without drift")
  void unknownSource() {
    manifests.applied(app("known"), "known-infra");
    drift("knwon-infra").statusCode(404).body("hint", containsString("known-infra"));
  }

  @Test
  @DisplayName("a change tells who made it, from which commit and in which build")
  void origin() {
    String files = app("origin2") + job("origin2", "a", "{fixedRate: 1h}");
    manifests
        .apply(
            files,
            Map.of(
                "source", "origin-infra", "commit", "c1", "author", "Li", "ciRun", "https://ci/7"))
        .statusCode(200);
    as(admin)
        .get("/api/v1/jobs/origin2/a/revisions")
        .then()
        .body("items[0].source", equalTo("origin-infra"))
        .body("items[0].commit", equalTo("c1"))
        .body("items[0].author", equalTo("Li"))
        .body("items[0].ciRun", equalTo("https://ci/7"))
        .body("items[0].via", equalTo("apply"))
        .body("items[0].reason", nullValue());
  }
}
