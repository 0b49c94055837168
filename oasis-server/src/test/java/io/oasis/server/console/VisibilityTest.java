package io.oasis.server.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.identity.Access;
import io.oasis.server.identity.Role;
import io.oasis.server.identity.TestAccounts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rows of an app never reach somebody who has no role in it. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class VisibilityTest {
  @Inject SampleRuns samples;
  @Inject TestAccounts accounts;

  private long run;

  @BeforeEach
  void sample() {
    run = samples.failedRun();
  }

  private static Response get(String token, String path) {
    return given()
        .redirects()
        .follow(false)
        .header("Authorization", "Bearer " + token)
        .header("Accept-Language", "en")
        .get(path);
  }

  @Test
  @DisplayName(
      "somebody with a role in another app finds nothing of this one, on no page and in no list")
  void elsewhere() {
    String token = accounts.session("see-other", Access.in("other", Role.ADMIN));
    List<String> lists =
        List.of(
            "/api/v1/apps",
            "/api/v1/jobs",
            "/api/v1/runs",
            "/api/v1/nodes",
            "/api/v1/audit",
            "/api/v1/manifests",
            "/",
            "/jobs",
            "/jobs?app=shop",
            "/runs",
            "/runs?app=shop",
            "/runs?job=shop/settle",
            "/apps");
    assertThat(lists)
        .allSatisfy(
            path -> {
              Response answer = get(token, path);
              assertThat(answer.statusCode()).as(path).isEqualTo(200);
              assertThat(answer.asString())
                  .as(path)
                  .doesNotContain(
                      "\"name\":\"settle\"",
                      "/jobs/shop/settle",
                      "Shop",
                      "/runs/" + run,
                      "node-1",
                      "/apps/shop");
            });
    List<String> hidden =
        List.of(
            "/jobs/shop/settle",
            "/jobs/shop/settle/revisions",
            "/jobs/shop/settle/manifest",
            "/jobs/shop/settle/alarms",
            "/apps/shop/edit",
            "/runs/" + run,
            "/runs/" + run + "/log.txt",
            "/runs/" + run + "/log/live",
            "/apps/shop");
    assertThat(hidden)
        .allSatisfy(path -> assertThat(get(token, path).statusCode()).as(path).isEqualTo(404));
    List<String> refused =
        List.of(
            "/api/v1/jobs/shop/settle",
            "/api/v1/jobs/shop/settle/revisions",
            "/api/v1/jobs/shop/settle/manifest",
            "/api/v1/runs?app=shop",
            "/api/v1/runs?job=shop/settle",
            "/api/v1/runs/" + run,
            "/api/v1/runs/" + run + "/log",
            "/api/v1/apps/shop",
            "/api/v1/nodes?app=shop",
            "/api/v1/tokens",
            "/api/v1/accounts",
            "/api/v1/manifests?app=shop");
    assertThat(refused)
        .allSatisfy(path -> assertThat(get(token, path).statusCode()).as(path).isEqualTo(403));
    assertThat(get(token, "/search?q=%23" + run).header("Location")).contains("/jobs?q=");
    assertThat(get(token, "/search?q=shop").header("Location")).contains("/jobs?q=");
    assertThat(get(token, "/search?q=node-1").header("Location")).contains("/jobs?q=");
  }

  @Test
  @DisplayName("the counts of the status leave out what the caller does not see")
  void counts() {
    String token = accounts.session("see-nothing", Access.in("no-such-app", Role.VIEWER));

    Map<String, Object> status = get(token, "/api/v1/status").jsonPath().getMap("");

    assertThat(status)
        .containsEntry("jobs", Map.of("total", 0, "enabled", 0, "disabled", 0))
        .containsEntry("apps", Map.of("total", 0, "online", 0))
        .containsEntry("nodes", Map.of("online", 0, "draining", 0, "offline", 0))
        .containsEntry(
            "runs",
            Map.of(
                "running", 0,
                "queued", 0,
                "last24h", Map.of("total", 0, "succeeded", 0, "failed", 0, "other", 0)));
  }

  @Test
  @DisplayName("an operator of the app may start and release runs, and is offered no force")
  void operatorOfTheApp() {
    String token = accounts.session("run-shop", Access.in("shop", Role.OPERATOR));
    long held = samples.heldRun();
    long stubborn = samples.stubbornRun();

    assertThat(get(token, "/jobs/shop/settle").asString())
        .contains("/jobs/shop/settle/run\"")
        .doesNotContain("name=\"force\"");
    assertThat(get(token, "/runs/" + held).asString()).contains("/runs/" + held + "/release");
    assertThat(get(token, "/runs/" + stubborn).asString()).doesNotContain("/force-end");
  }

  @Test
  @DisplayName("a viewer of the app sees it and is offered nothing that he may not do")
  void viewerOfTheApp() {
    String token = accounts.session("see-shop", Access.in("shop", Role.VIEWER));

    assertThat(get(token, "/jobs").asString()).contains("/jobs/shop/settle");
    assertThat(get(token, "/runs/" + run).asString())
        .contains("#" + run)
        .doesNotContain("/runs/" + run + "/rerun");
    assertThat(get(token, "/jobs/shop/settle").asString())
        .doesNotContain("/jobs/shop/settle/run\"", "/jobs/shop/settle/disable");
    assertThat(get(token, "/apps/shop").asString())
        .contains("node-1")
        .doesNotContain("/apps/shop/edit", "/apps/shop/remove", "/apps/shop/forget");
    assertThat(get(token, "/apps/shop/edit").statusCode()).isEqualTo(403);
  }
}
