package io.oasis.server.api;

import static io.oasis.server.api.ApplyResourceTest.app;
import static io.oasis.server.api.ApplyResourceTest.job;
import static io.oasis.server.api.Rest.as;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Revisions that a newer server wrote, or a hand in the database, and that this one cannot read.
 */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class UnreadableRevisionTest {
  @Inject Database database;

  private String admin;
  private Manifests manifests;

  @BeforeEach
  void signIn() {
    admin = Rest.adminToken();
    manifests = new Manifests(admin);
  }

  @Test
  @DisplayName("GO9: drift to a revision that cannot be read is one field, which says so and why")
  void drift() {
    String files = app("newer") + job("newer", "a", "{fixedRate: 1h}");
    manifests.applied(files, "unread-infra");
    manifests
        .apply(
            files.replace("fixedRate: 1h", "fixedRate: 2h"),
            Map.of("override", true, "reason", "tonight"))
        .statusCode(200);
    spoil("newer", 2, "spec || '{\"priority\": 3}'");

    drift("unread-infra")
        .body("items", hasSize(1))
        .body("items[0].key", equalTo("newer/a"))
        .body("items[0].fields", hasSize(1))
        .body("items[0].fields[0].path", equalTo("spec"))
        .body("items[0].fields[0].applied", equalTo("revision 1"))
        .body("items[0].fields[0].now", containsString("revision 2, which cannot be read: "))
        .body("items[0].fields[0].now", containsString("priority"))
        .body("items[0].fields[0].by", equalTo("admin"));

    manifests.applied(files, "unread-infra");
    drift("unread-infra").body("items", hasSize(0));
  }

  @Test
  @DisplayName("a job whose spec cannot be read at all does not keep drift from showing others")
  void driftBesideWreck() {
    String files =
        app("wreck") + job("wreck", "a", "{fixedRate: 1h}") + job("wreck", "b", "{fixedRate: 1h}");
    manifests.applied(files, "wreck-infra");
    spoil("wreck", 1, "'{\"enabled\": \"perhaps\"}'");
    as(admin).body(Map.of()).post("/api/v1/jobs/wreck/b/disable").then().statusCode(200);

    drift("wreck-infra").body("items.key", equalTo(List.of("wreck/b")));
    spoil("wreck", 1, "'7'");
    drift("wreck-infra").body("items.key", equalTo(List.of("wreck/b")));
  }

  @Test
  @DisplayName("rolling back to a revision that cannot be read is refused, says why and what to do")
  void rollbackTo() {
    manifests.applied(app("unread") + job("unread", "a", "{fixedRate: 1h}"), null);
    manifests.applied(job("unread", "a", "{fixedRate: 2h}"), null);
    spoil("unread", 1, "spec || '{\"priority\": 3}'");

    rollback("unread/a", 1)
        .statusCode(422)
        .body("errors[0].message", containsString("its spec cannot be read: "))
        .body("errors[0].message", containsString("priority"))
        .body("errors[0].hint", containsString("choose another revision"));

    spoil("unread", 1, "'7'");
    rollback("unread/a", 1)
        .statusCode(422)
        .body("errors[0].message", containsString("its spec cannot be read: "));
    as(admin).get("/api/v1/jobs/unread/a").then().body("revision", equalTo(2));
  }

  @Test
  @DisplayName(
      "rolling back from a revision that cannot be read mends the job, and the plan says so")
  void rollbackFrom() {
    manifests.applied(app("unmended") + job("unmended", "a", "{fixedRate: 1h}"), null);
    manifests.applied(job("unmended", "a", "{fixedRate: 2h}"), null);
    spoil("unmended", 2, "spec || '{\"priority\": 3}'");

    rollback("unmended/a", 1)
        .statusCode(200)
        .body("steps[0].revision", equalTo(3))
        .body("steps[0].note", containsString("(revision 2) cannot be read"))
        .body("steps[0].note", containsString("this replaces it"));

    as(admin)
        .get("/api/v1/jobs/unmended/a")
        .then()
        .body("spec.schedule.fixedRate", equalTo("1h"))
        .body("revision", equalTo(3));
  }

  private ValidatableResponse drift(String source) {
    return as(admin).queryParam("source", source).get("/api/v1/drift").then().statusCode(200);
  }

  private ValidatableResponse rollback(String job, int to) {
    return as(admin).body(Map.of("to", to)).post("/api/v1/jobs/" + job + "/rollback").then();
  }

  /** Writes what nobody can read into a revision of the job {@code a}, and into the job at it. */
  private void spoil(String app, int revision, String spec) {
    database.run(
        tx -> {
          tx.update(
              """
              UPDATE job_revision v SET spec = %s::jsonb
                FROM job j JOIN app a ON a.id = j.app_id
               WHERE v.job_uid = j.uid AND j.name = 'a' AND a.name = ? AND v.revision = ?
              """
                  .formatted(spec.replace("spec ||", "v.spec ||")),
              app,
              revision);
          tx.update(
              """
              UPDATE job j SET spec = v.spec
                FROM job_revision v
               WHERE v.job_uid = j.uid AND v.revision = j.revision AND j.name = 'a'
                 AND j.app_id = (SELECT id FROM app WHERE name = ?)
              """,
              app);
        });
  }
}
