package io.oasis.server.api;

import static io.oasis.server.api.ApplyResourceTest.app;
import static io.oasis.server.api.ApplyResourceTest.job;
import static io.oasis.server.api.Rest.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.oasis.server.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class JobResourceTest {
  private String admin;

  @BeforeEach
  void signIn() {
    admin = Rest.adminToken();
  }

  private void apply(String content) {
    as(admin)
        .body(Map.of("files", List.of(Map.of("name", "a.yaml", "content", content))))
        .post("/api/v1/apply")
        .then()
        .statusCode(200);
  }

  @Test
  @DisplayName("a disabled job has no next fire, and says who, why and when it fires again")
  void disableAndEnable() {
    apply(app("switch") + job("switch", "a", "{cron: \"0 * * * *\"}"));
    as(admin)
        .body(Map.of("reason", "month end"))
        .post("/api/v1/jobs/switch/a/disable")
        .then()
        .statusCode(200)
        .body("enabled", equalTo(false))
        .body("state", equalTo("off"))
        .body("disabledReason", equalTo("month end"))
        .body("nextFireAt", nullValue())
        .body("revision", equalTo(1));
    as(admin).post("/api/v1/jobs/switch/a/disable").then().statusCode(200);
    as(admin)
        .get("/api/v1/jobs/switch/a")
        .then()
        .body("disabledReason", equalTo("month end"))
        .body("nextFires", empty());
    as(admin)
        .get("/api/v1/jobs?app=switch&enabled=false")
        .then()
        .body("items.key", equalTo(List.of("switch/a")));
    as(admin).get("/api/v1/jobs?app=switch&enabled=true").then().body("items", empty());
  }

  @Test
  @DisplayName("CU7 enabling is not a trigger: the next fire is after this moment")
  void enableIsNoTrigger() {
    apply(app("enable") + job("enable", "a", "{cron: \"0 * * * *\"}"));
    as(admin).post("/api/v1/jobs/enable/a/disable").then().statusCode(200);
    String next =
        as(admin)
            .post("/api/v1/jobs/enable/a/enable")
            .then()
            .statusCode(200)
            .body("state", equalTo("on"))
            .body("disabledReason", nullValue())
            .extract()
            .path("nextFireAt");
    assertThat(next).endsWith(":00:00Z");
    as(admin)
        .get("/api/v1/jobs/enable/a")
        .then()
        .body("recentRuns", empty())
        .body("nextFires[0]", equalTo(next));
  }

  @Test
  @DisplayName("GO3 a deleted job is gone; a new one of its name starts with an empty history")
  void delete() {
    apply(app("del") + job("del", "a", "none"));
    as(admin).body(Map.of()).post("/api/v1/jobs/del/a/runs").then().statusCode(201);
    as(admin)
        .delete("/api/v1/apps/del")
        .then()
        .statusCode(409)
        .body("code", equalTo("conflict"))
        .body("detail", containsString("1 job "));
    as(admin).delete("/api/v1/jobs/del/a").then().statusCode(204);
    as(admin)
        .get("/api/v1/jobs/del/a")
        .then()
        .statusCode(404)
        .body("detail", equalTo("there is no job del/a"));
    as(admin).delete("/api/v1/jobs/del/a").then().statusCode(404);
    as(admin).get("/api/v1/runs?app=del").then().body("items", hasSize(1));

    apply(job("del", "a", "none"));
    as(admin)
        .get("/api/v1/jobs/del/a")
        .then()
        .body("revision", equalTo(1))
        .body("recentRuns", empty());
    as(admin).delete("/api/v1/jobs/del/a").then().statusCode(204);
    as(admin).delete("/api/v1/apps/del").then().statusCode(204);
    as(admin).get("/api/v1/apps/del").then().statusCode(404);
    apply(app("del"));
    as(admin).get("/api/v1/apps/del").then().statusCode(200).body("jobs", equalTo(0));
  }

  @Test
  @DisplayName("filters narrow the list, and text means itself")
  void filters() {
    apply(
        app("find")
            + job("find", "alpha-one", "none")
            + job("find", "beta-two", "{fixedRate: 1h}").replace("settle", "other"));
    for (String query :
        List.of("q=ALPHA", "scheduleKind=none", "handler=settle", "q=alpha-&owner=PAYMENTS")) {
      as(admin)
          .get("/api/v1/jobs?app=find&" + query)
          .then()
          .statusCode(200)
          .body("items.name", equalTo(List.of("alpha-one")));
    }
    as(admin)
        .queryParam("label", "team=payments")
        .get("/api/v1/jobs?app=find")
        .then()
        .body("items", hasSize(2));
    as(admin)
        .queryParam("label", "team=others")
        .get("/api/v1/jobs?app=find")
        .then()
        .body("items", empty());
    as(admin).queryParam("q", "alpha_one").get("/api/v1/jobs").then().body("items", empty());
    as(admin).queryParam("q", "%").get("/api/v1/jobs?app=find").then().body("items", empty());
    as(admin)
        .get("/api/v1/jobs?limit=0")
        .then()
        .statusCode(400)
        .body("detail", equalTo("limit must be from 1 to 500"));
    as(admin).get("/api/v1/jobs?cursor=x").then().statusCode(400);
    as(admin).get("/api/v1/jobs?label=x").then().statusCode(400);
  }

  @Test
  @DisplayName("the exported manifest applies as unchanged")
  void export() {
    apply(app("export") + job("export", "a", "{cron: \"0 30 2 * * ?\", timeZone: Asia/Shanghai}"));
    String yaml =
        as(admin)
            .get("/api/v1/jobs/export/a/manifest")
            .then()
            .statusCode(200)
            .contentType("application/yaml")
            .extract()
            .asString();
    as(admin)
        .body(Map.of("files", List.of(Map.of("name", "a.yaml", "content", yaml))))
        .post("/api/v1/apply")
        .then()
        .statusCode(200)
        .body("summary.unchanged", equalTo(1));
  }

  @Test
  @DisplayName("LG10 two triggers with one key are one run, and both answers carry its id")
  void triggerOnce() {
    apply(app("trig") + job("trig", "a", "none"));
    Map<String, Object> request =
        Map.of("params", Map.of("region", "eu"), "idempotencyKey", "order-1");
    long id =
        as(admin)
            .body(request)
            .post("/api/v1/jobs/trig/a/runs")
            .then()
            .statusCode(201)
            .body("job", equalTo("trig/a"))
            .body("trigger", equalTo("API"))
            .body("triggeredBy", equalTo("admin"))
            .body("params.region", equalTo("eu"))
            .body("final", equalTo(false))
            .extract()
            .jsonPath()
            .getLong("id");
    as(admin)
        .body(request)
        .post("/api/v1/jobs/trig/a/runs")
        .then()
        .statusCode(200)
        .body("id", equalTo((int) id));
    as(admin).post("/api/v1/jobs/trig/b/runs").then().statusCode(404);

    as(admin)
        .get("/api/v1/runs/" + id)
        .then()
        .statusCode(200)
        .body("state", equalTo("QUEUED"))
        .body("events[0].kind", equalTo("CREATED"))
        .body("nominalAt", notNullValue());
    as(admin)
        .get("/api/v1/runs?job=trig/a&state=queued,RUNNING")
        .then()
        .body("items.id", equalTo(List.of((int) id)));
  }

  @Test
  @DisplayName("LG10: a rerun that is asked for twice with one idempotency key is one run")
  void rerunTwiceWithOneKey() {
    apply(app("again") + job("again", "a", "none"));
    int id =
        as(admin).post("/api/v1/jobs/again/a/runs").then().statusCode(201).extract().path("id");
    int made =
        as(admin)
            .body(Map.of("idempotencyKey", "k"))
            .post("/api/v1/runs/" + id + "/rerun")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    as(admin)
        .header("Idempotency-Key", "k")
        .post("/api/v1/runs/" + id + "/rerun")
        .then()
        .statusCode(200)
        .body("id", equalTo(made));
    as(admin)
        .body(Map.of("idempotencyKey", "k".repeat(2000)))
        .post("/api/v1/runs/" + id + "/rerun")
        .then()
        .statusCode(400)
        .body("detail", containsString("is longer than"));
  }

  @Test
  @DisplayName("KL8 a run that waits is cancelled without reaching a node, and can be repeated")
  void cancelAndRerun() {
    apply(app("kill") + job("kill", "a", "none"));
    int id = as(admin).post("/api/v1/jobs/kill/a/runs").then().statusCode(201).extract().path("id");
    as(admin)
        .body(Map.of("reason", "not today"))
        .post("/api/v1/runs/" + id + "/cancel")
        .then()
        .statusCode(202)
        .body("state", equalTo("CANCELLED"))
        .body("final", equalTo(true));
    as(admin)
        .post("/api/v1/runs/" + id + "/cancel")
        .then()
        .statusCode(409)
        .body("detail", equalTo("run " + id + " is over: CANCELLED"));
    as(admin)
        .post("/api/v1/runs/" + id + "/rerun")
        .then()
        .statusCode(201)
        .body("rerunOf", equalTo(id))
        .body("trigger", equalTo("RERUN"))
        .body("id", not(equalTo(id)));
    as(admin).get("/api/v1/runs/999999999").then().statusCode(404);
    as(admin)
        .get("/api/v1/runs?state=SLEEPING")
        .then()
        .statusCode(400)
        .body("detail", containsString("is not one of QUEUED"));
    as(admin).get("/api/v1/runs?cursor=abc").then().statusCode(400);
    as(admin).get("/api/v1/runs?from=yesterday").then().statusCode(400);
  }

  @Test
  @DisplayName("the log of a run that was cancelled is empty and at its end")
  void emptyLog() {
    apply(app("log") + job("log", "a", "none"));
    int id = as(admin).post("/api/v1/jobs/log/a/runs").then().statusCode(201).extract().path("id");
    as(admin)
        .get("/api/v1/runs/" + id + "/log")
        .then()
        .statusCode(200)
        .body("lines", empty())
        .body("final", equalTo(false))
        .body("nextCursor", equalTo("0.0.0"));
    as(admin).post("/api/v1/runs/" + id + "/cancel").then().statusCode(202);
    as(admin)
        .get("/api/v1/runs/" + id + "/log?wait=5")
        .then()
        .statusCode(200)
        .body("lines", empty())
        .body("final", equalTo(true))
        .body("complete", equalTo(true));
    as(admin).get("/api/v1/runs/" + id + "/log?cursor=x").then().statusCode(400);
    as(admin).get("/api/v1/runs/" + id + "/log?wait=60").then().statusCode(400);
    as(admin).get("/api/v1/runs/999999999/log").then().statusCode(404);
  }

  @Test
  @DisplayName("an operator runs and switches jobs, and cannot change or delete them")
  void operator() {
    apply(app("roles") + job("roles", "a", "none"));
    String operator = Rest.apiToken("operator", null);
    as(operator)
        .post("/api/v1/jobs/roles/a/runs")
        .then()
        .statusCode(201)
        .body("triggeredBy", equalTo("token:test operator"));
    as(operator).post("/api/v1/jobs/roles/a/disable").then().statusCode(200);
    as(operator)
        .delete("/api/v1/jobs/roles/a")
        .then()
        .statusCode(403)
        .body("detail", containsString("job:write"));
    as(operator).body(Map.of("files", List.of())).post("/api/v1/apply").then().statusCode(403);
  }

  @Test
  @DisplayName("status counts what there is")
  void status() {
    apply(app("status") + job("status", "a", "none"));
    as(admin)
        .get("/api/v1/status")
        .then()
        .statusCode(200)
        .body("serverId", notNullValue())
        .body("servers.find { it.self }.alive", equalTo(true))
        .body("jobs.total", not(equalTo(0)))
        .body("apps.total", not(equalTo(0)))
        .body("runs.last24h.total", notNullValue())
        .body("nodes.online", equalTo(0));
    Instant started =
        Instant.parse(as(admin).get("/api/v1/status").path("servers.find { it.self }.startedAt"));
    assertThat(started).isNotNull();
  }

  @Test
  @DisplayName("in every order the pages hold each job once, with the first page's order kept")
  void orders() {
    String manifest = "apiVersion: oasis/v1\nkind: App\nmetadata: {name: ordered}\n";
    for (int i = 0; i < 7; i++) {
      String schedule = i % 3 == 0 ? "none" : "{cron: \"0 0 " + (20 - i) + " * * ?\"}";
      manifest +=
          "---\napiVersion: oasis/v1\nkind: Job\nmetadata: {app: ordered, name: j%d}\nspec: {handler: h, schedule: %s}\n"
              .formatted(i, schedule);
    }
    as(admin)
        .body(Map.of("files", List.of(Map.of("name", "a.yaml", "content", manifest))))
        .post("/api/v1/apply")
        .then()
        .statusCode(200);
    for (String order : List.of("name", "next", "changed", "result")) {
      List<String> whole = names("/api/v1/jobs?app=ordered&sort=" + order + "&limit=50");
      assertThat(whole).as(order).hasSize(7).doesNotHaveDuplicates();
      List<String> paged = new ArrayList<>();
      String cursor = "";
      while (cursor != null) {
        JsonPath page =
            as(admin)
                .queryParam("app", "ordered")
                .queryParam("sort", order)
                .queryParam("limit", 2)
                .queryParams(cursor.isEmpty() ? Map.of() : Map.of("cursor", cursor))
                .get("/api/v1/jobs")
                .jsonPath();
        paged.addAll(page.getList("items.name"));
        cursor = page.getString("nextCursor");
      }
      assertThat(paged).as(order).isEqualTo(whole);
    }
    assertThat(names("/api/v1/jobs?app=ordered&sort=next").subList(4, 7))
        .containsExactlyInAnyOrder("j0", "j3", "j6");
    as(admin).get("/api/v1/jobs?sort=size").then().statusCode(400);
    as(admin).get("/api/v1/jobs?sort=result&cursor=a/1").then().statusCode(400);
    as(admin).get("/api/v1/jobs?sort=next&cursor=a/b").then().statusCode(400);
  }

  private List<String> names(String path) {
    return as(admin).get(path).jsonPath().getList("items.name");
  }
}
