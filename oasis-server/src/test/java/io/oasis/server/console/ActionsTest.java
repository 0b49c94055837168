package io.oasis.server.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ActionsTest {
  private static final String JOB = "/jobs/shop/settle";

  @Inject SampleRuns samples;

  private long failed;
  private Browser browser;

  @BeforeEach
  void sample() {
    failed = samples.failedRun();
    browser = Browser.signedIn("en");
    browser.get(JOB);
  }

  @Test
  @DisplayName("run once makes a run with the params of the form and leads to it")
  void runOnce() {
    Response answer =
        browser.post(JOB + "/run", Map.of("param.region", "north", "more", "day=2026-11-22\n"));

    assertThat(answer.statusCode()).isEqualTo(303);
    String page = browser.get(path(answer)).asString();
    assertThat(page).contains("was made.", "north", "2026-11-22", "Manual");
    assertThat(browser.get(path(answer)).asString()).doesNotContain("was made.");
  }

  @Test
  @DisplayName("params that are not key=value start nothing; what was typed stays in the form")
  void badParams() {
    Response answer =
        browser.post(JOB + "/run", Map.of("param.region", "north", "more", "day=7\njust words"));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.asString())
        .contains("<details class=\"menu\" open>", "value=\"north\"", "day=7\njust words")
        .containsPattern("class=\"problem\"(?s:.{0,200})Not key=value: just words");
  }

  @Test
  @DisplayName("disable and enable switch the job and say so")
  void switching() {
    assertThat(path(browser.post(JOB + "/disable", Map.of()))).isEqualTo(JOB);
    assertThat(browser.get(JOB).asString()).contains("shop/settle is disabled.");

    browser.post(JOB + "/enable", Map.of());
    assertThat(browser.get(JOB).asString()).contains("shop/settle is enabled.");
    assertThat(Browser.signedIn("zh-CN").get("/audit?object=job%20shop/settle").asString())
        .contains("title=\"job shop/settle\"", "任务 shop/settle", "启用任务");
  }

  @Test
  @DisplayName("KL8: a run that waits is killed from its page")
  void kill() {
    String run = path(browser.post(JOB + "/run", Map.of()));
    browser.get(run);

    assertThat(path(browser.post(run + "/kill", Map.of()))).isEqualTo(run);

    assertThat(browser.get(run).asString()).contains("was asked to stop.", "Cancelled");
  }

  @Test
  @DisplayName(
      "KL6: a run that does not stop is ended by force from its page, which says what it means")
  void forceEnd() {
    String run = "/runs/" + samples.stubbornRun();
    assertThat(browser.get(run).asString())
        .contains(run + "/force-end", "Its code may still be running");

    assertThat(path(browser.post(run + "/force-end", Map.of()))).isEqualTo(run);

    assertThat(browser.get(run).asString())
        .contains("was ended without its node&#39;s word", "Killed")
        .doesNotContain(run + "/force-end");
    browser.post(run + "/force-end", Map.of());
    assertThat(browser.get(run).asString()).contains("was over before.");
  }

  @Test
  @DisplayName("a run that was not asked to stop is not ended by force")
  void forceEndTooEarly() {
    String run = path(browser.post(JOB + "/run", Map.of()));
    assertThat(browser.get(run).asString()).doesNotContain("/force-end");

    browser.post(run + "/force-end", Map.of());

    assertThat(browser.get(run).asString()).contains("kill it first");
  }

  @Test
  @DisplayName("CU12: a held run is released from its page, which says why it was held")
  void release() {
    String run = "/runs/" + samples.heldRun();
    assertThat(browser.get(run).asString()).contains(run + "/release", "A restored backup");

    assertThat(path(browser.post(run + "/release", Map.of()))).isEqualTo(run);

    assertThat(browser.get(run).asString())
        .contains("goes on.", "released by")
        .doesNotContain(run + "/release");
    browser.post(run + "/release", Map.of());
    assertThat(browser.get(run).asString()).contains("is not held any more.");
  }

  @Test
  @DisplayName("BK6: run once goes past the blocking rule only for those who may force")
  void forcedRun() {
    assertThat(browser.get(JOB).asString()).contains("name=\"force\"");

    String run = path(browser.post(JOB + "/run", Map.of("force", "true")));

    assertThat(samples.isForced(Long.parseLong(run.replace("/runs/", "")))).isTrue();
  }

  @Test
  @DisplayName("a job whose stored spec cannot be read says so on its page, and is not enabled")
  void unreadableSpec() {
    String broken = samples.brokenJob();

    assertThat(browser.get(broken).asString()).contains("(revision 1) cannot be read");
    assertThat(browser.get(broken + "/revisions").statusCode()).isEqualTo(200);
    assertThat(browser.get(broken + "/edit").asString()).doesNotContain("value=\"unknown\"");
    assertThat(browser.get(broken + "/manifest").asString()).contains("# its stored spec");
    assertThat(Browser.signedIn("zh-CN").get(broken).asString()).contains("无法读取");
    browser.get(broken);
    assertThat(path(browser.post(broken + "/enable", Map.of()))).isEqualTo(broken);
    assertThat(browser.get(broken).asString())
        .contains("Not enabled: the stored spec of attic/broken");
  }

  @Test
  @DisplayName("LG9: run again makes a new run that points to the old one")
  void runAgain() {
    Response answer = browser.post("/runs/" + failed + "/rerun", Map.of());

    assertThat(browser.get(path(answer)).asString()).contains("again #" + failed);
  }

  @Test
  @DisplayName("a run that is over cannot be killed, and the page says so")
  void killTooLate() {
    browser.post("/runs/" + failed + "/kill", Map.of());

    assertThat(browser.get("/runs/" + failed).asString()).contains("was over before.");
  }

  @Test
  @DisplayName("a form without its token changes nothing")
  void formToken() {
    Browser other = Browser.signedIn("en");
    other.cookies().remove("oasis_csrf");

    Response answer = other.post(JOB + "/disable", Map.of());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.asString()).contains("The form has expired");
  }

  @Test
  @DisplayName("what is not a form changes nothing, and the API sets no cookie for forms")
  void onlyForms() {
    given().cookies(browser.cookies()).post(JOB + "/disable").then().statusCode(400);

    assertThat(given().get("/api/v1/version").cookies()).isEmpty();
  }

  @Test
  @DisplayName("language and theme are kept, and lead back to the page")
  void preferences() {
    Response answer =
        browser.post("/preferences", Map.of("language", "zh-CN", "theme", "dark", "back", JOB));

    assertThat(path(answer)).isEqualTo(JOB);
    assertThat(browser.get(JOB).asString()).contains("lang=\"zh-CN\"", "data-theme=\"dark\"");
  }

  @Test
  @DisplayName("no form leads to another site")
  void openRedirect() {
    for (String back : new String[] {"//evil.example", "https://evil.example", "/\\evil.example"}) {
      assertThat(path(browser.post("/preferences", Map.of("theme", "dark", "back", back))))
          .isEqualTo("/");
    }
  }

  @Test
  @DisplayName("signing out ends the session")
  void signOut() {
    assertThat(path(browser.post("/logout", Map.of()))).isEqualTo("/login");

    assertThat(browser.get("/jobs").statusCode()).isEqualTo(303);
  }

  @Test
  @DisplayName("the chosen jobs are switched together, and the list says how many")
  void bulk() {
    browser.get("/jobs?q=settle");
    Response answer =
        browser.post(
            "/jobs/bulk",
            Map.of("action", "disable", "job", "shop/settle", "back", "/jobs?q=settle"));

    assertThat(path(answer)).isEqualTo("/jobs?q=settle");
    assertThat(browser.get("/jobs?q=settle").asString()).contains("Disabled: 1.");
    browser.post("/jobs/bulk", Map.of("action", "enable", "job", "shop/settle", "back", "/jobs"));
    assertThat(browser.get("/jobs").asString()).contains("Enabled: 1.");
    browser.post("/jobs/bulk", Map.of("action", "enable", "back", "/jobs"));
    assertThat(browser.get("/jobs").asString()).contains("No job is chosen.");
    assertThat(
            browser
                .post("/jobs/bulk", Map.of("action", "explode", "job", "shop/settle"))
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  @DisplayName("the search goes to what is named exactly, else to the jobs that match")
  void search() {
    assertThat(path(browser.get("/search?q=%23" + failed))).isEqualTo("/runs/" + failed);
    assertThat(path(browser.get("/search?q=shop/settle"))).isEqualTo(JOB);
    assertThat(path(browser.get("/search?q=shop"))).isEqualTo("/apps/shop");
    assertThat(path(browser.get("/search?q=node-1"))).isEqualTo("/apps/shop#node-1");
    assertThat(path(browser.get("/search?q=a%20b"))).isEqualTo("/jobs?q=a%20b");
  }

  private static String path(Response answer) {
    assertThat(answer.statusCode()).isEqualTo(303);
    return answer.header("Location").replaceFirst("^https?://[^/]+", "");
  }
}
