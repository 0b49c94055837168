package io.oasis.server.oidc;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.identity.Access;
import io.oasis.server.identity.Account;
import io.oasis.server.identity.Accounts;
import io.oasis.server.identity.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The whole way of a browser: to the provider, through its sign-in page, and back. */
@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
@QuarkusTestResource(value = OidcProvider.class, restrictToAnnotatedClass = true)
class OidcSignInTest {
  @Inject Accounts accounts;

  private Map<String, String> cookies;

  @BeforeEach
  void newBrowser() {
    cookies = new HashMap<>();
  }

  private Response get(String address) {
    Response answer =
        given()
            .redirects()
            .follow(false)
            .urlEncodingEnabled(false)
            .cookies(cookies)
            .header("Accept-Language", "en")
            .get(address);
    cookies.putAll(answer.cookies());
    return answer;
  }

  /** Signs in at the provider's page; the answer is where it sends the browser to. */
  private String atTheProvider(String subject, String claims) {
    String provider = get("/login/oidc?next=/jobs").header("Location");
    assertThat(provider).contains("code_challenge=", "code_challenge_method=S256", "nonce=");
    return given()
        .redirects()
        .follow(false)
        .urlEncodingEnabled(false)
        .contentType("application/x-www-form-urlencoded; charset=UTF-8")
        .formParam("username", subject)
        .formParam("claims", claims)
        .post(provider)
        .header("Location");
  }

  /** Comes back from the provider, to the port that the test's server listens at. */
  private Response back(String location) {
    URI uri = URI.create(location);
    return get(uri.getRawPath() + "?" + uri.getRawQuery());
  }

  @Test
  @DisplayName(
      "a person whom the provider lets in gets an account and a session, and goes where he wanted")
  void signsIn() {
    assertThat(get("/login").asString())
        .contains("Sign in with Company login", "/login/oidc?next=");
    String claims =
        """
        {"preferred_username": "sun", "email": "sun@example.com", "groups": ["billing devs"]}""";

    Response done = back(atTheProvider("subject-1", claims));

    assertThat(done.statusCode()).isEqualTo(303);
    assertThat(URI.create(done.header("Location")).getPath()).isEqualTo("/jobs");
    assertThat(get("/profile").asString())
        .contains("sun@example.com")
        .doesNotContain("New password");
    Account account = accounts.find("sun").orElseThrow();
    assertThat(account.external()).isTrue();
    assertThat(account.access()).isEqualTo(Access.in("billing", Role.EDITOR));
  }

  @Test
  @DisplayName(
      "roles follow the provider's groups at each sign-in; the account is the same whatever its name")
  void rolesFollowGroups() {
    back(
        atTheProvider(
            "subject-2", "{\"preferred_username\": \"zhou\", \"groups\": [\"platform\"]}"));
    assertThat(accounts.find("zhou").orElseThrow().access())
        .isEqualTo(Access.everywhere(Role.ADMIN));
    newBrowser();
    back(atTheProvider("subject-2", "{\"preferred_username\": \"zhou-wu\", \"groups\": []}"));
    assertThat(accounts.find("zhou").orElseThrow().access()).isEqualTo(Access.NONE);
    assertThat(accounts.find("zhou-wu")).isEmpty();
  }

  @Test
  @DisplayName("nobody takes over an account with a password by having its name at the provider")
  void noTakeOver() {
    Response refused =
        back(
            atTheProvider(
                "subject-3", "{\"preferred_username\": \"admin\", \"groups\": [\"platform\"]}"));

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.asString()).contains("There is another account with the name admin.");
    assertThat(get("/jobs").statusCode()).isEqualTo(303);
  }

  @Test
  @DisplayName("an account that is switched off stays out")
  void switchedOff() {
    String claims = "{\"preferred_username\": \"wu\", \"groups\": []}";
    back(atTheProvider("subject-4", claims));
    accounts.update("wu", Optional.empty(), Access.NONE, true, "test");
    newBrowser();

    Response refused = back(atTheProvider("subject-4", claims));

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.asString()).contains("The account wu is switched off.");
  }

  @Test
  @DisplayName(
      "an answer without its question, with another state, or of another browser opens nothing")
  void forgedAnswers() {
    String claims = "{\"preferred_username\": \"zheng\", \"groups\": [\"platform\"]}";
    String location = atTheProvider("subject-5", claims);
    Map<String, String> asked = cookies;

    newBrowser();
    assertThat(back(location).statusCode()).isEqualTo(400);

    cookies = new HashMap<>(asked);
    assertThat(back(location.replaceFirst("state=[^&]+", "state=forged")).statusCode())
        .isEqualTo(400);

    // The question of another attempt: its nonce and verifier do not fit the code.
    newBrowser();
    get("/login/oidc");
    String other = cookies.get("oasis_oidc");
    String state = other.substring(0, other.indexOf('.'));
    assertThat(back(location.replaceFirst("state=[^&]+", "state=" + state)).statusCode())
        .isEqualTo(502);
    assertThat(accounts.find("zheng")).isEmpty();
  }
}
