package io.oasis.server.api;

import static io.oasis.server.api.ApplyResourceTest.app;
import static io.oasis.server.api.ApplyResourceTest.job;
import static io.oasis.server.api.Rest.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.oasis.server.TestDatabase;
import io.oasis.server.apply.Counting;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class SavedPlanTest {
  @Inject Counting counting;

  private String admin;
  private Manifests manifests;

  @BeforeEach
  void signIn() {
    admin = Rest.adminToken();
    manifests = new Manifests(admin);
  }

  /** What a client keeps of a plan. */
  private Map<String, ?> saved(String content, String source) {
    JsonPath plan =
        manifests
            .plan(content, Map.of("source", source))
            .statusCode(200)
            .extract()
            .body()
            .jsonPath();
    List<Map<String, Object>> steps = plan.getList("steps");
    List<Map<String, Object>> touched =
        steps.stream()
            .filter(step -> !step.get("action").equals("unchanged"))
            .map(
                step -> {
                  Map<String, Object> kept = new HashMap<>(step);
                  kept.keySet().retainAll(List.of("kind", "key", "action", "base"));
                  return kept;
                })
            .toList();
    return Map.of(
        "source", source, "expect", Map.of("digest", plan.getString("digest"), "steps", touched));
  }

  @Test
  @DisplayName("a saved plan is applied exactly when nothing has moved")
  void exact() {
    String files = app("saved") + job("saved", "a", "{fixedRate: 1h}");
    manifests.applied(files, "saved-infra");
    String changed = files.replace("1h", "2h") + job("saved", "b", "none");
    manifests
        .apply(changed, saved(changed, "saved-infra"))
        .statusCode(200)
        .body("summary.change", equalTo(1))
        .body("summary.create", equalTo(1));
  }

  @Test
  @DisplayName(
      "a saved plan is refused when an object moved since: it names which, and who moved it")
  void stale() {
    String files =
        app("stale") + job("stale", "a", "{fixedRate: 1h}") + job("stale", "b", "{fixedRate: 1h}");
    manifests.applied(files, "stale-infra");
    String changed = files.replace("1h", "2h");
    Map<String, ?> plan = saved(changed, "stale-infra");
    as(admin).post("/api/v1/jobs/stale/b/disable").then().statusCode(200);
    long written = counting.rows();

    manifests
        .apply(changed, plan)
        .statusCode(409)
        .body("code", equalTo("stale_plan"))
        .body(
            "detail", containsString("job stale/b has moved since the plan: job.disable by admin"))
        .body("errors", hasSize(1))
        .body("errors[0].file", equalTo("job stale/b"));
    assertThat(counting.rows()).isEqualTo(written);
  }

  @Test
  @DisplayName("a saved plan is refused when it was applied already, or its objects are new ones")
  void again() {
    String files = app("twice") + job("twice", "a", "{fixedRate: 1h}");
    Map<String, ?> plan = saved(files, "twice-infra");
    manifests.apply(files, plan).statusCode(200);
    manifests
        .apply(files, plan)
        .statusCode(409)
        .body("detail", containsString("needs no change any more"));
  }

  @Test
  @DisplayName("a saved plan is refused when something else needs a change by now")
  void more() {
    String files =
        app("more") + job("more", "a", "{fixedRate: 1h}") + job("more", "b", "{fixedRate: 1h}");
    manifests.applied(files, "more-infra");
    String changed = files.replaceFirst("1h", "2h");
    Map<String, ?> plan = saved(changed, "more-infra");
    as(admin).delete("/api/v1/jobs/more/b?override=true").then().statusCode(204);
    manifests
        .apply(changed, plan)
        .statusCode(409)
        .body("errors[0].file", equalTo("job more/b"))
        .body("errors[0].message", containsString("needs a change that the plan does not have"))
        .body("errors[0].message", containsString("job.delete by admin"));
  }

  @Test
  @DisplayName("a saved plan cannot be applied with other files or options")
  void otherInput() {
    String files = app("input") + job("input", "a", "{fixedRate: 1h}");
    Map<String, ?> plan = saved(files, "input-infra");
    manifests
        .apply(files.replace("1h", "2h"), plan)
        .statusCode(400)
        .body("field", equalTo("expect.digest"));
    Map<String, Object> prune = new HashMap<>(plan);
    prune.put("prune", true);
    manifests.apply(files, prune).statusCode(400).body("field", equalTo("expect.digest"));
    as(admin).get("/api/v1/apps/input").then().statusCode(404);
  }
}
