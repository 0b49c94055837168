package io.oasis.server.api;

import static io.oasis.server.api.ApplyResourceTest.app;
import static io.oasis.server.api.ApplyResourceTest.job;
import static io.oasis.server.api.Rest.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.oasis.server.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class RenameTest {
  private String admin;
  private Manifests manifests;

  @BeforeEach
  void signIn() {
    admin = Rest.adminToken();
    manifests = new Manifests(admin);
  }

  private static String renamed(String app, String name, String word) {
    return job(app, name, "{fixedRate: 1h}")
        .replace("name: " + name, "name: " + name + "\n  " + word);
  }

  @Test
  @DisplayName("GO4: a rename without a word is a deletion and a creation, and the plan says so")
  void withoutAWord() {
    manifests.applied(app("words") + job("words", "old", "{fixedRate: 1h}"), "words-infra");
    String files = app("words") + job("words", "young", "{fixedRate: 1h}");
    manifests
        .plan(files, Map.of("source", "words-infra", "prune", true))
        .statusCode(200)
        .body("summary.create", equalTo(1))
        .body("summary.prune", equalTo(1))
        .body("steps[1].action", equalTo("create"))
        .body(
            "steps[1].note",
            equalTo(
                "does what words/old did, which goes with its history; to keep it, add"
                    + " metadata.renamedFrom: old"));
  }

  @Test
  @DisplayName("GO4: renamedFrom keeps the job, its uid and its history, and may stay in the file")
  void renamedFrom() {
    manifests.applied(app("names") + job("names", "old", "{fixedRate: 1h}"), "names-infra");
    int uid = as(admin).get("/api/v1/jobs/names/old").path("uid");
    as(admin).post("/api/v1/jobs/names/old/runs").then().statusCode(201);
    String files = app("names") + renamed("names", "young", "renamedFrom: old");
    Map<String, ?> prune = Map.of("source", "names-infra", "prune", true);
    manifests
        .apply(files, prune)
        .statusCode(200)
        .body("summary.change", equalTo(1))
        .body("summary.prune", equalTo(0))
        .body("steps[1].renamedFrom", equalTo("names/old"))
        .body("steps[1].revision", equalTo(2))
        .body(
            "steps[1].note", equalTo("renamed from names/old, keeps its history (uid " + uid + ")"))
        .body("steps[1].fields[0].path", equalTo("metadata.name"));
    as(admin).get("/api/v1/jobs/names/old").then().statusCode(404);
    as(admin)
        .get("/api/v1/jobs/names/young")
        .then()
        .body("uid", equalTo(uid))
        .body("state", equalTo("on"));
    as(admin).get("/api/v1/runs?job=names/young").then().body("items", hasSize(1));
    manifests.apply(files, prune).statusCode(200).body("summary.unchanged", equalTo(2));
  }

  @Test
  @DisplayName("GO4: uid names the job as well; a wrong one is refused at its place")
  void uid() {
    manifests.applied(app("number") + job("number", "old", "{fixedRate: 1h}"), null);
    int uid = as(admin).get("/api/v1/jobs/number/old").path("uid");
    manifests
        .apply(renamed("number", "young", "uid: " + uid), Map.of())
        .statusCode(200)
        .body("steps[0].renamedFrom", equalTo("number/old"));
    manifests
        .apply(renamed("number", "other", "uid: 999999"), Map.of())
        .statusCode(422)
        .body("errors[0].path", equalTo("metadata.uid"))
        .body("errors[0].message", equalTo("there is no job with the uid 999999"));
    manifests.applied(job("number", "third", "none"), null);
    manifests
        .apply(renamed("number", "third", "uid: " + uid), Map.of())
        .statusCode(422)
        .body("errors[0].message", containsString("job number/third is there already"));
    assertThat(as(admin).get("/api/v1/jobs/number/young").<Integer>path("uid")).isEqualTo(uid);
  }

  @Test
  @DisplayName("GO4: one job cannot become two, nor one that is in the same files")
  void twice() {
    manifests.applied(app("two") + job("two", "old", "{fixedRate: 1h}"), null);
    manifests
        .apply(
            renamed("two", "a", "renamedFrom: old") + renamed("two", "b", "renamedFrom: old"),
            Map.of())
        .statusCode(422)
        .body("errors", hasSize(1))
        .body("errors[0].message", equalTo("job two/a was job two/old as well"));
    manifests
        .apply(
            renamed("two", "a", "renamedFrom: old") + job("two", "old", "{fixedRate: 1h}"),
            Map.of())
        .statusCode(422)
        .body("errors[0].message", equalTo("job two/old is in these files itself"));
  }
}
