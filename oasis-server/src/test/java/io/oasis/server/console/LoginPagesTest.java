package io.oasis.server.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class LoginPagesTest {

  @Test
  @DisplayName("a page without a session leads to the sign-in page and back")
  void redirectsToLogin() {
    Response answer = given().redirects().follow(false).get("/runs?state=FAILED");

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.header("Location")).endsWith("/login?next=%2Fruns%3Fstate%3DFAILED");
  }

  @Test
  @DisplayName("the sign-in page follows the browser's language")
  void speaksBothLanguages() {
    assertThat(given().header("Accept-Language", "zh-Hans-CN").get("/login").asString())
        .contains("<html lang=\"zh-CN\"", "用户名", "密码");
    assertThat(given().header("Accept-Language", "fr").get("/login").asString())
        .contains("<html lang=\"en\"", "User name", "Password");
  }
}
