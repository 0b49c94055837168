package io.oasis.server.api;

import static io.oasis.server.api.ApplyResourceTest.app;
import static io.oasis.server.api.ApplyResourceTest.job;
import static io.oasis.server.api.Rest.as;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyOrNullString;
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
class AppRemovalResourceTest {
  private String admin;
  private Manifests manifests;

  @BeforeEach
  void signIn() {
    admin = Rest.adminToken();
    manifests = new Manifests(admin);
  }

  private void applied(String name, String source) {
    manifests.applied(
        app(name) + job(name, "one", "{fixedRate: 1h}") + job(name, "two", "none"), source);
  }

  @Test
  @DisplayName("without force, an app with jobs stays; the answer counts them and names the flag")
  void refused() {
    applied("rest-used", null);

    as(admin)
        .delete("/api/v1/apps/rest-used")
        .then()
        .statusCode(409)
        .body("code", equalTo("conflict"))
        .body("field", equalTo("force"))
        .body("detail", equalTo("app rest-used has 2 jobs and 0 nodes online"))
        .body("hint", containsString("--force (force=true)"));

    as(admin).get("/api/v1/jobs/rest-used/one").then().statusCode(200);
  }

  @Test
  @DisplayName("force answers what went with the app, as the app's dependents said before")
  void forced() {
    applied("rest-forced", null);
    as(admin).body(Map.of()).post("/api/v1/jobs/rest-forced/two/runs").then().statusCode(201);
    as(admin)
        .get("/api/v1/apps/rest-forced/dependents")
        .then()
        .statusCode(200)
        .body("jobs", equalTo(2))
        .body("waitingRuns", equalTo(1))
        .body("runningRuns", equalTo(0))
        .body("connectedNodes", equalTo(0))
        .body("tokens", equalTo(0));

    as(admin)
        .delete("/api/v1/apps/rest-forced?force=true")
        .then()
        .statusCode(200)
        .body("jobs", equalTo(2));

    as(admin)
        .get("/api/v1/runs?app=rest-forced")
        .then()
        .body("items", hasSize(1))
        .body("items[0].job", equalTo("rest-forced/two"))
        .body("items[0].state", equalTo("CANCELLED"))
        .body("items[0].reason", equalTo("JOB_DELETED"))
        .body("items[0].handler", equalTo("settle"));
    as(admin).get("/api/v1/apps/rest-forced").then().statusCode(404);
    as(admin).get("/api/v1/apps/rest-forced/dependents").then().statusCode(404);
    as(admin).get("/api/v1/jobs/rest-forced/one").then().statusCode(404);
    as(admin).delete("/api/v1/apps/rest-forced?force=true").then().statusCode(404);
  }

  @Test
  @DisplayName("force needs app:force in that app; an editor's refusal names it")
  void permission() {
    applied("rest-allowed", null);
    for (String role : new String[] {"viewer", "operator", "editor"}) {
      as(Rest.apiToken(role, null))
          .delete("/api/v1/apps/rest-allowed?force=true")
          .then()
          .statusCode(403);
    }
    as(Rest.apiToken("editor", null))
        .delete("/api/v1/apps/rest-allowed?force=true")
        .then()
        .body("detail", allOf(containsString("app:force"), containsString("rest-allowed")));
    as(Rest.apiToken("admin", "another-app"))
        .delete("/api/v1/apps/rest-allowed?force=true")
        .then()
        .statusCode(403);

    as(Rest.apiToken("admin", "rest-allowed"))
        .delete("/api/v1/apps/rest-allowed?force=true")
        .then()
        .statusCode(200)
        .body("tokens", equalTo(1));
  }

  @Test
  @DisplayName("GO7: what a source owns goes with override only, and is drift afterwards")
  void owned() {
    applied("rest-owned", "rest-infra");
    as(admin)
        .delete("/api/v1/apps/rest-owned?force=true")
        .then()
        .statusCode(409)
        .body("field", equalTo("override"))
        .body("detail", equalTo("source rest-infra owns app rest-owned or jobs of it (2 jobs)"));

    as(admin)
        .delete("/api/v1/apps/rest-owned?force=true&override=true")
        .then()
        .statusCode(200)
        .body("ownedJobs", equalTo(2))
        .body("sources", contains("rest-infra"));

    as(admin)
        .get("/api/v1/drift?source=rest-infra")
        .then()
        .statusCode(200)
        .body(containsString("rest-owned/one"));
    manifests
        .apply(app("rest-owned") + job("rest-owned", "one", "none"), Map.of("source", "rest-infra"))
        .statusCode(200);
    as(admin).get("/api/v1/jobs/rest-owned/one").then().statusCode(200);
  }

  @Test
  @DisplayName("kill means nothing without force, which the answer says")
  void withoutForce() {
    applied("rest-mild", null);
    as(admin)
        .delete("/api/v1/apps/rest-mild?kill=true")
        .then()
        .statusCode(400)
        .body("field", equalTo("kill"))
        .body("hint", equalTo("add force=true"));
  }

  @Test
  @DisplayName("GO7: an app without jobs that a source owns goes with override only")
  void ownedAndBare() {
    manifests.applied(app("rest-alone"), "rest-lone-infra");
    as(admin)
        .delete("/api/v1/apps/rest-alone")
        .then()
        .statusCode(409)
        .body("field", equalTo("override"))
        .body("detail", equalTo("source rest-lone-infra owns app rest-alone"));

    as(admin).delete("/api/v1/apps/rest-alone?override=true").then().statusCode(204);
  }

  @Test
  @DisplayName("an app without jobs and nodes goes without force, and nothing is answered")
  void unforced() {
    manifests.applied(app("rest-bare"), null);

    as(admin).delete("/api/v1/apps/rest-bare").then().statusCode(204).body(emptyOrNullString());
  }
}
