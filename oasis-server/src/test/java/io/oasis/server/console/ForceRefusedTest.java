package io.oasis.server.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.oasis.server.TestDatabase;
import io.oasis.server.database.Database;
import io.oasis.server.identity.Access;
import io.oasis.server.identity.Role;
import io.oasis.server.identity.TestAccounts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Force is a permission of its own, and that of another app is none. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ForceRefusedTest {
  private static final String JOB = "/jobs/shop/settle";

  /** May start runs here, and force them only elsewhere. */
  private static final Access OPERATOR_HERE =
      new Access(Optional.empty(), Map.of("shop", Role.OPERATOR, "elsewhere", Role.EDITOR));

  @Inject SampleRuns samples;
  @Inject TestAccounts accounts;
  @Inject Database database;

  private long stubborn;
  private String token;

  @BeforeEach
  void sample() {
    stubborn = samples.stubbornRun();
    token = accounts.session("no-force", OPERATOR_HERE);
  }

  @Test
  @DisplayName("BK6: without run:force in the job's app REST answers a forced run with 403")
  void rest() {
    long before = runs();

    rest("{}")
        .post("/api/v1" + JOB + "/forced-runs")
        .then()
        .statusCode(403)
        .body("code", equalTo("forbidden"))
        .body("detail", containsString("run:force in app shop"))
        .body("detail", containsString("only in elsewhere"));

    assertThat(runs()).as("runs that were started").isEqualTo(before);
    rest("{}").post("/api/v1" + JOB + "/runs").then().statusCode(201);
  }

  @Test
  @DisplayName("KL6: without run:force in the job's app REST does not end a run that does not stop")
  void restForceEnd() {
    rest("{}").post("/api/v1/runs/" + stubborn + "/force-end").then().statusCode(403);

    assertThat(state(stubborn)).isEqualTo("KILLING");
  }

  @Test
  @DisplayName(
      "BK6 KL6: a form that asks for force all the same is refused by the console with 403")
  void console() {
    Browser browser = Browser.signedIn("en", "no-force", TestAccounts.PASSWORD);
    browser.get(JOB);
    long before = runs();

    assertThat(browser.post(JOB + "/run", Map.of("force", "true")).statusCode()).isEqualTo(403);
    assertThat(browser.post("/runs/" + stubborn + "/force-end", Map.of()).statusCode())
        .isEqualTo(403);

    assertThat(runs()).as("runs that were started").isEqualTo(before);
    assertThat(state(stubborn)).isEqualTo("KILLING");
    browser.get(JOB);
    assertThat(browser.post(JOB + "/run", Map.of()).statusCode()).isEqualTo(303);
  }

  private RequestSpecification rest(String body) {
    return given()
        .contentType("application/json")
        .header("Authorization", "Bearer " + token)
        .body(body);
  }

  private long runs() {
    return database.call(
        tx ->
            tx.one(
                """
                SELECT count(*) AS n FROM run r JOIN job j ON j.uid = r.job_uid
                 WHERE j.name = 'settle' AND r.trigger <> 'SCHEDULE'
                """,
                row -> row.longNumber("n")));
  }

  private String state(long run) {
    return database.call(
        tx -> tx.one("SELECT state FROM run WHERE id = ?", row -> row.text("state"), run));
  }
}
