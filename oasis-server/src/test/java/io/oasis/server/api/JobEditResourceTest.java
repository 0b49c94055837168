package io.oasis.server.api;

import static io.oasis.server.api.ApplyResourceTest.app;
import static io.oasis.server.api.ApplyResourceTest.job;
import static io.oasis.server.api.Rest.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.oasis.server.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class JobEditResourceTest {
  private static final String PATH = "/api/v1/jobs/";

  private String admin;

  @BeforeEach
  void signIn() {
    admin = Rest.adminToken();
  }

  private void exists(String app) {
    new Manifests(admin).applied(app(app) + job(app, "a", "{fixedRate: 1h}"), null);
  }

  private static Map<String, ?> timeout(String timeout) {
    return Map.of(
        "labels",
        Map.of("team", "payments"),
        "spec",
        Map.of(
            "schedule",
            Map.of("fixedRate", "1h"),
            "handler",
            "settle",
            "params",
            Map.of("region", "cn-east"),
            "timeout",
            timeout));
  }

  @Test
  @DisplayName("GO10: a save with the ETag of the job that was edited is a new revision")
  void save() {
    exists("edit1");
    String tag = as(admin).get(PATH + "edit1/a").header("ETag");
    assertThat(tag).matches("\"\\d+\\.1\"");
    as(admin)
        .header("If-Match", tag)
        .body(timeout("30m"))
        .put(PATH + "edit1/a")
        .then()
        .statusCode(200)
        .body("applied", equalTo(true))
        .body("steps[0].action", equalTo("change"))
        .body("steps[0].revision", equalTo(2))
        .body("steps[0].fields", hasSize(1))
        .body("steps[0].fields[0].path", equalTo("timeout.run"));
    as(admin)
        .get(PATH + "edit1/a/revisions")
        .then()
        .body("items[0].via", equalTo("api"))
        .body("items[0].author", equalTo("admin"));
  }

  @Test
  @DisplayName(
      "GO10: a save of an old revision is refused with all three versions; nothing is lost")
  void stale() {
    exists("edit2");
    String tag = as(admin).get(PATH + "edit2/a").header("ETag");
    as(admin)
        .header("If-Match", tag)
        .body(timeout("30m"))
        .put(PATH + "edit2/a")
        .then()
        .statusCode(200);
    as(admin)
        .header("If-Match", tag)
        .body(timeout("20m"))
        .put(PATH + "edit2/a")
        .then()
        .statusCode(412)
        .contentType(Problem.MEDIA_TYPE)
        .body("code", equalTo("stale_revision"))
        .body("detail", containsString("is at revision 2 by admin, and revision 1 was edited"))
        .body("conflict.base.revision", equalTo(1))
        .body("conflict.base.spec.timeout", nullValue())
        .body("conflict.theirs.revision", equalTo(2))
        .body("conflict.theirs.author", equalTo("admin"))
        .body("conflict.theirs.spec.timeout.run", equalTo("30m"))
        .body("conflict.yours.spec.timeout.run", equalTo("20m"))
        .body("conflict.fields", hasSize(1))
        .body("conflict.fields[0].path", equalTo("timeout.run"))
        .body("conflict.fields[0].base", nullValue())
        .body("conflict.fields[0].theirs", equalTo("30m"))
        .body("conflict.fields[0].yours", equalTo("20m"))
        .body("conflict.fields[0].conflict", equalTo(true));
    as(admin).get(PATH + "edit2/a").then().body("spec.timeout.run", equalTo("30m"));
  }

  @Test
  @DisplayName(
      "GO10: a save that does not say what was edited is refused; * says whatever there is")
  void unconditional() {
    exists("edit3");
    as(admin)
        .body(timeout("30m"))
        .put(PATH + "edit3/a")
        .then()
        .statusCode(400)
        .body("field", equalTo("If-Match"));
    as(admin)
        .header("If-Match", "abc")
        .body(timeout("30m"))
        .put(PATH + "edit3/a")
        .then()
        .statusCode(400);
    as(admin)
        .header("If-Match", "*")
        .body(timeout("30m"))
        .put(PATH + "edit3/a")
        .then()
        .statusCode(200);
  }

  @Test
  @DisplayName("If-None-Match: * makes a new job, and only a new one")
  void create() {
    exists("edit4");
    as(admin)
        .header("If-None-Match", "*")
        .body(timeout("30m"))
        .put(PATH + "edit4/b")
        .then()
        .statusCode(200)
        .body("steps[0].action", equalTo("create"));
    as(admin)
        .header("If-None-Match", "*")
        .body(timeout("30m"))
        .put(PATH + "edit4/b")
        .then()
        .statusCode(409)
        .body("code", equalTo("conflict"));
    as(admin)
        .header("If-Match", "\"1.1\"")
        .body(timeout("30m"))
        .put(PATH + "edit4/none")
        .then()
        .statusCode(404);
  }

  @Test
  @DisplayName("every mistake of a body is told with the field's path")
  void mistakes() {
    exists("edit5");
    as(admin)
        .header("If-Match", "*")
        .body(
            Map.of(
                "spec",
                Map.of("schedule", Map.of("cron", "0 61 2 * * ?"), "handler", "h", "rountng", "x")))
        .put(PATH + "edit5/a")
        .then()
        .statusCode(422)
        .body("code", equalTo("invalid"))
        .body("errors.path", containsInAnyOrder("spec.schedule.cron", "spec.rountng"))
        .body("errors[0].line", equalTo(0));
  }
}
