package io.oasis.server.api;

import static io.oasis.server.api.Rest.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oasis.server.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ExamplesTest {

  @Test
  @DisplayName("the requests that the OpenAPI document shows do what they say")
  void requests() {
    String admin = Rest.adminToken();
    as(admin)
        .body(Examples.APPLY)
        .post("/api/v1/plan")
        .then()
        .statusCode(200)
        .body("summary.create", equalTo(2));
    as(admin).body(Examples.APPLY).post("/api/v1/apply").then().statusCode(200);
    as(admin)
        .header("If-Match", as(admin).get("/api/v1/jobs/billing/nightly").header("ETag"))
        .body(Examples.EDIT)
        .put("/api/v1/jobs/billing/nightly")
        .then()
        .statusCode(200)
        .body("steps[0].revision", equalTo(2));
  }

  @Test
  @DisplayName("the answers that the OpenAPI document shows have the fields of real ones")
  void answers() throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper().findAndRegisterModules();
    assertThat(mapper.readValue(Examples.PLAN, PlanJson.class).steps()).hasSize(1);
    assertThat(mapper.readValue(Examples.DRIFT, DriftResource.DriftJson.class).items()).hasSize(1);
    for (String problem : List.of(Examples.INVALID, Examples.CONFLICT, Examples.STALE)) {
      Problem read = mapper.readValue(problem, Problem.class);
      assertThat(read.status())
          .isEqualTo(ErrorCode.valueOf(read.code().toUpperCase(java.util.Locale.ROOT)).status());
    }
  }

  @Test
  @DisplayName("the OpenAPI document has an example of each body of plan, apply, drift and edit")
  void document() {
    var document = given().accept("application/json").get("/api/v1/openapi");
    Map<String, Map<String, Map<String, Object>>> paths = document.path("paths");
    for (String path : new String[] {"/api/v1/plan", "/api/v1/apply"}) {
      Map<String, Object> call = paths.get(path).get("post");
      assertThat(call.get("requestBody").toString()).contains("/requestBodies/files");
      assertThat(call.get("responses").toString())
          .contains("200", "422", "PlanJson", Problem.MEDIA_TYPE, "examples");
    }
    assertThat(document.path("components.requestBodies.files").toString())
        .contains("examples", "ApplyJson");
    assertThat(paths.get("/api/v1/apply").get("post").get("responses").toString()).contains("409");
    assertThat(paths.get("/api/v1/drift").get("get").toString()).contains("examples");
    assertThat(paths.get("/api/v1/jobs/{app}/{name}").get("put").toString())
        .contains("examples", "412");
  }
}
