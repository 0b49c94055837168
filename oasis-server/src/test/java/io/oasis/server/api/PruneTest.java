package io.oasis.server.api;

import static io.oasis.server.api.ApplyResourceTest.app;
import static io.oasis.server.api.ApplyResourceTest.job;
import static io.oasis.server.api.Rest.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

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
class PruneTest {
  @Inject Counting counting;

  private String admin;
  private Manifests manifests;

  @BeforeEach
  void signIn() {
    admin = Rest.adminToken();
    manifests = new Manifests(admin);
  }

  private static String jobs(String app, int count) {
    StringBuilder files = new StringBuilder(app(app));
    for (int i = 0; i < count; i++) {
      files.append(job(app, "job-" + i, "{fixedRate: 1h}"));
    }
    return files.toString();
  }

  @Test
  @DisplayName("GO7: prune takes what its source owns and the files do not have, and nothing else")
  void onlyItsOwn() {
    manifests.applied(jobs("prune", 5), "prune-infra");
    manifests.applied(job("prune", "others", "none"), "prune-other");
    manifests.applied(job("prune", "nobodys", "none"), null);

    manifests
        .apply(jobs("prune", 4), Map.of("source", "prune-infra", "prune", true))
        .statusCode(200)
        .body("summary.prune", equalTo(1))
        .body("summary.unchanged", equalTo(5))
        .body("deletions.count", equalTo(1))
        .body("deletions.owned", equalTo(6))
        .body("steps[5].key", equalTo("prune/job-4"))
        .body("steps[5].action", equalTo("prune"))
        .body("steps[5].cancelled", equalTo(0))
        .body("steps[5].running", hasSize(0));

    as(admin).get("/api/v1/jobs/prune/job-4").then().statusCode(404);
    as(admin)
        .get("/api/v1/jobs?app=prune")
        .then()
        .body("items.name", hasItem("others"))
        .body("items.name", hasItem("nobodys"))
        .body("items", hasSize(6));
  }

  @Test
  @DisplayName("without prune nothing is ever deleted")
  void withoutPrune() {
    manifests.applied(jobs("keep", 2), "keep-infra");
    manifests
        .apply(jobs("keep", 1), Map.of("source", "keep-infra"))
        .statusCode(200)
        .body("summary.prune", equalTo(0));
    as(admin).get("/api/v1/jobs/keep/job-1").then().statusCode(200);
  }

  @Test
  @DisplayName("GO7: prune without a source is refused, and says why")
  void needsSource() {
    manifests
        .apply(jobs("nosource", 1), Map.of("prune", true))
        .statusCode(400)
        .body("code", equalTo("invalid_request"))
        .body("field", equalTo("source"))
        .body("detail", containsString("only what a source owns"));
    as(admin).get("/api/v1/apps/nosource").then().statusCode(404);
  }

  @Test
  @DisplayName("GO7: an empty input with prune is refused unless an empty set is allowed")
  void emptyInput() {
    manifests.applied(jobs("empty", 1), "empty-infra");
    Map<String, ?> prune = Map.of("source", "empty-infra", "prune", true);
    manifests.apply("# nothing here\n", prune).statusCode(422);
    as(admin)
        .body(Map.of("files", List.of(), "source", "empty-infra", "prune", true))
        .post("/api/v1/apply")
        .then()
        .statusCode(400)
        .body("field", equalTo("files"))
        .body("hint", containsString("--allow-empty"));
    as(admin).get("/api/v1/jobs/empty/job-0").then().statusCode(200);

    manifests
        .apply(
            "# nothing here\n",
            Map.of("source", "empty-infra", "prune", true, "allowEmpty", true, "yes", 2))
        .statusCode(200)
        .body("summary.prune", equalTo(2));
    as(admin).get("/api/v1/apps/empty").then().statusCode(404);
  }

  @Test
  @DisplayName("GO7: files that cannot be read with prune delete nothing")
  void unreadableInput() {
    manifests.applied(jobs("unreadable", 2), "unreadable-infra");
    manifests
        .apply(
            jobs("unreadable", 1) + "kind: [",
            Map.of("source", "unreadable-infra", "prune", true, "yes", 1))
        .statusCode(422);
    as(admin).get("/api/v1/jobs/unreadable/job-1").then().statusCode(200);
  }

  @Test
  @DisplayName("GO7: more than 30 % deletions need a yes with the number, the right one")
  void thirtyPercent() {
    manifests.applied(jobs("third", 9), "third-infra");
    Map<String, ?> prune = Map.of("source", "third-infra", "prune", true);
    manifests.plan(jobs("third", 5), prune).body("deletions.needsYes", equalTo(true));
    long written = counting.rows();
    manifests
        .apply(jobs("third", 5), prune)
        .statusCode(400)
        .body("field", equalTo("yes"))
        .body("detail", containsString("4 of the 10 objects"))
        .body("hint", containsString("--yes 4"));
    manifests
        .apply(jobs("third", 5), Map.of("source", "third-infra", "prune", true, "yes", 3))
        .statusCode(400);
    assertThat(counting.rows()).isEqualTo(written);
    manifests
        .apply(jobs("third", 5), Map.of("source", "third-infra", "prune", true, "yes", 4))
        .statusCode(200)
        .body("summary.prune", equalTo(4));
    manifests
        .plan(jobs("third", 4), prune)
        .body("deletions.count", equalTo(1))
        .body("deletions.needsYes", equalTo(false));
  }

  @Test
  @DisplayName("GO5: prune a second time finds nothing to do and writes nothing")
  void again() {
    manifests.applied(jobs("again2", 4), "again2-infra");
    Map<String, ?> prune = Map.of("source", "again2-infra", "prune", true);
    manifests.apply(jobs("again2", 3), prune).statusCode(200).body("summary.prune", equalTo(1));
    long written = counting.rows();
    manifests
        .apply(jobs("again2", 3), prune)
        .statusCode(200)
        .body("summary.prune", equalTo(0))
        .body("summary.unchanged", equalTo(4));
    assertThat(counting.rows()).isEqualTo(written);
  }

  @Test
  @DisplayName("an app that others' jobs depend on stays, and the plan says why")
  void appStays() {
    manifests.applied(jobs("stays", 1), "stays-infra");
    manifests.applied(job("stays", "others", "none"), null);
    manifests
        .apply(app("stays-other"), Map.of("source", "stays-infra", "prune", true, "yes", 1))
        .statusCode(200)
        .body("summary.prune", equalTo(1))
        .body(
            "notes",
            equalTo(
                List.of("app stays is not in these files and stays: it has jobs that do not go")));
    as(admin).get("/api/v1/apps/stays").then().statusCode(200);
  }

  @Test
  @DisplayName(
      "GO3: pruned jobs keep their history, and the same name later is a new job without it")
  void newUid() {
    manifests.applied(jobs("uid", 4), "uid-infra");
    int first = as(admin).get("/api/v1/jobs/uid/job-3").path("uid");
    as(admin).post("/api/v1/jobs/uid/job-3/runs").then().statusCode(201);
    manifests
        .apply(jobs("uid", 3), Map.of("source", "uid-infra", "prune", true))
        .statusCode(200)
        .body("steps[4].cancelled", equalTo(1));
    as(admin)
        .get("/api/v1/runs?job=uid/job-3")
        .then()
        .body("items", hasSize(1))
        .body("items[0].state", equalTo("CANCELLED"))
        .body("items[0].reason", equalTo("JOB_DELETED"));

    manifests.applied(jobs("uid", 4), "uid-infra");
    int second = as(admin).get("/api/v1/jobs/uid/job-3").path("uid");
    assertThat(second).isNotEqualTo(first);
    as(admin).get("/api/v1/runs?job=uid/job-3").then().body("items", hasSize(0));
  }
}
