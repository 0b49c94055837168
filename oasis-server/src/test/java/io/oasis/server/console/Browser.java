package io.oasis.server.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/** What a browser does: keeps cookies, follows nothing by itself, sends the token of the form. */
final class Browser {
  private final Map<String, String> cookies = new HashMap<>();
  private final String language;
  private String formToken = "";

  Browser(String language) {
    this.language = language;
  }

  /** A browser in which the administrator has signed in. */
  static Browser signedIn(String language) {
    return signedIn(
        language,
        "admin",
        ConfigProvider.getConfig().getValue("oasis.identity.admin-password", String.class));
  }

  /** A browser in which a person has signed in. */
  static Browser signedIn(String language, String name, String password) {
    Browser browser = new Browser(language);
    browser.get("/login");
    Response answer = browser.post("/login", Map.of("username", name, "password", password));
    assertThat(answer.statusCode()).isEqualTo(303);
    // The account may remember the language that another test chose.
    browser.cookies.put("oasis_language", language);
    return browser;
  }

  Response get(String path) {
    return keep(request().get(path));
  }

  /** Submits a form of the page that was loaded last. */
  Response post(String path, Map<String, ?> fields) {
    return keep(
        request()
            .urlEncodingEnabled(true)
            .contentType("application/x-www-form-urlencoded; charset=UTF-8")
            .formParam("csrf-token", formToken)
            .formParams(fields)
            .post(path));
  }

  Map<String, String> cookies() {
    return cookies;
  }

  private RequestSpecification request() {
    return given()
        .redirects()
        .follow(false)
        .urlEncodingEnabled(false)
        .cookies(cookies)
        .header("Accept", "text/html")
        .header("Accept-Language", language);
  }

  private Response keep(Response answer) {
    cookies.putAll(answer.cookies());
    if (answer.cookies().containsKey("oasis_csrf")) {
      formToken = answer.cookie("oasis_csrf");
    }
    return answer;
  }
}
