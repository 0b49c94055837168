package io.oasis.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Applier;
import io.oasis.server.database.Database;
import io.oasis.server.dispatch.TestJobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class IncidentResourceTest {
  private static final String PATH = "/api/v1/incidents";

  @Inject Applier applier;
  @Inject Database database;

  private TestJobs jobs;
  private String admin;

  @BeforeEach
  void signIn() {
    jobs = new TestJobs(applier, database);
    admin = Rest.adminToken();
  }

  @Test
  @DisplayName("incidents are listed newest first, by state, app and job, a page at a time")
  void list() {
    long old = incident("old", true);
    long first = incident("first", false);
    long second = incident("second", false);

    String cursor =
        Rest.as(admin)
            .get(PATH + "?app=" + jobs.app() + "&limit=2")
            .then()
            .statusCode(200)
            .body("items.id", contains((int) second, (int) first))
            .body("items[0].job", equalTo(jobs.key("second").toString()))
            .body("items[0].state", equalTo("OPEN"))
            .body("items[0].kind", equalTo("FAILURE"))
            .extract()
            .path("nextCursor");
    Rest.as(admin)
        .get(PATH + "?app=" + jobs.app() + "&limit=2&cursor=" + cursor)
        .then()
        .body("items.id", contains((int) old))
        .body("nextCursor", nullValue());
    Rest.as(admin)
        .get(PATH + "?state=resolved&app=" + jobs.app())
        .then()
        .body("items.id", contains((int) old));
    Rest.as(admin)
        .get(PATH + "?job=" + jobs.key("first"))
        .then()
        .body("items.id", contains((int) first));
  }

  @Test
  @DisplayName(
      "an incident is acknowledged once, with a name, an entry in the audit, and no way back")
  void acknowledge() {
    long open = incident("open", false);
    long over = incident("over", true);
    String path = PATH + "/" + open + "/acknowledge";

    for (int i = 0; i < 2; i++) {
      Rest.as(admin)
          .post(path)
          .then()
          .statusCode(200)
          .body("state", equalTo("ACKNOWLEDGED"))
          .body("acknowledgedBy", equalTo("admin"));
    }

    Rest.as(admin).post(PATH + "/" + over + "/acknowledge").then().statusCode(409);
    Rest.as(admin).post(PATH + "/999999999/acknowledge").then().statusCode(404);
    assertThat(audited("incident " + open)).isEqualTo(1);
  }

  @Test
  @DisplayName("one incident shows what was said of it to whom, and why it was not")
  void deliveries() {
    long id = incident("told", false);
    database.run(
        tx ->
            tx.update(
                """
                INSERT INTO alarm (incident_id, event, run_id, failures, address, language, state,
                                   due_at, error)
                VALUES (?, 'OPENED', 7, 1, 'li@example.com', 'en', 'FAILED', now(), 'no such user')
                """,
                id));

    Rest.as(admin)
        .get(PATH + "/" + id)
        .then()
        .statusCode(200)
        .body("deliveries", hasSize(1))
        .body("deliveries[0].state", equalTo("FAILED"))
        .body("deliveries[0].error", equalTo("no such user"))
        .body("deliveries[0].nextTryAt", nullValue());
  }

  @Test
  @DisplayName("who may look may not acknowledge, and sees nothing of other apps")
  void permissions() {
    long id = incident("mine", false);
    String viewer = Rest.apiToken("viewer", jobs.app());
    String stranger = Rest.apiToken("operator", "other-app");

    Rest.as(viewer).get(PATH + "/" + id).then().statusCode(200);
    Rest.as(viewer).post(PATH + "/" + id + "/acknowledge").then().statusCode(403);
    Rest.as(stranger).get(PATH + "/" + id).then().statusCode(403);
    Rest.as(stranger).post(PATH + "/" + id + "/acknowledge").then().statusCode(403);
    Rest.as(stranger).get(PATH).then().statusCode(200).body("items", hasSize(0));
    Rest.as(stranger)
        .body(Map.of("to", "li@example.com"))
        .post("/api/v1/alarms/test")
        .then()
        .statusCode(403);
  }

  @Test
  @DisplayName("wrong input is one clear line: states, cursors, addresses, languages")
  void wrongInput() {
    Rest.as(admin)
        .get(PATH + "?state=BLUE")
        .then()
        .statusCode(400)
        .body("detail", containsString("OPEN"));
    Rest.as(admin).get(PATH + "?cursor=x").then().statusCode(400);
    Rest.as(admin).get(PATH + "?job=nothing").then().statusCode(400);
    for (String to : new String[] {"", "li", "li@example.com\r\nBcc: x@y.z", "a@b, c@d"}) {
      Rest.as(admin).body(Map.of("to", to)).post("/api/v1/alarms/test").then().statusCode(400);
    }
    Rest.as(admin)
        .body(Map.of("to", "li@example.com", "language", "fr"))
        .post("/api/v1/alarms/test")
        .then()
        .statusCode(400);
  }

  @Test
  @DisplayName("a test mail without a mail server says which setting is missing")
  void noMailServer() {
    Rest.as(admin)
        .body(Map.of("to", "li@example.com"))
        .post("/api/v1/alarms/test")
        .then()
        .statusCode(502)
        .body("code", equalTo("mail_failed"))
        .body("hint", containsString("OASIS_MAIL_HOST"));
  }

  private long incident(String job, boolean resolved) {
    long uid = jobs.job(job, "schedule: none", "alarm: {mail: [li@example.com]}");
    return database.call(
        tx ->
            tx.one(
                """
                INSERT INTO incident (job_uid, app_id, kind, opened_at, first_run_id, failures,
                       last_run_id, last_failed_at, told_run_id, told_at, resolved_at)
                SELECT uid, app_id, 'FAILURE', now(), 7, 1, 7, now(), 7, now(),
                       CASE WHEN ? THEN now() END
                  FROM job WHERE uid = ?
                RETURNING id
                """,
                row -> row.longNumber("id"),
                resolved,
                uid));
  }

  private int audited(String object) {
    return database.call(
        tx ->
            tx.one(
                "SELECT count(*) AS entries FROM audit WHERE object = ?",
                row -> row.number("entries"),
                object));
  }
}
