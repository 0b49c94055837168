package io.oasis.server.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.identity.Permission;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class ApiPageTest {
  private static final Path PAGE = Path.of("../docs/api.md");
  private static final Pattern ROUTE =
      Pattern.compile("\\| `((?:GET|POST|PUT|PATCH|DELETE) /api[^`]*)`");

  @Test
  @DisplayName("docs/api.md lists the routes that exist, and no other")
  void routes() throws IOException {
    Map<String, Map<String, Object>> paths =
        given()
            .accept("application/json")
            .get("/api/v1/openapi")
            .then()
            .statusCode(200)
            .extract()
            .path("paths");
    List<String> existing = new ArrayList<>();
    paths.forEach(
        (path, methods) ->
            methods.keySet().stream()
                .filter(key -> List.of("get", "post", "put", "patch", "delete").contains(key))
                .forEach(method -> existing.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    List<String> told =
        ROUTE.matcher(Files.readString(PAGE)).results().map(match -> match.group(1)).toList();
    assertThat(told).containsExactlyInAnyOrderElementsOf(existing);
  }

  @Test
  @DisplayName("docs/api.md explains every error code and no other permission than there are")
  void codes() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(Arrays.stream(ErrorCode.values()))
        .allSatisfy(
            code -> assertThat(page).contains("| `" + code.word() + "` | " + code.status() + " |"));
    assertThat(Pattern.compile("\\| `([a-z]+:[a-z]+)` \\|").matcher(page).results())
        .isNotEmpty()
        .allSatisfy(match -> assertThat(Permission.parse(match.group(1))).isPresent());
  }
}
