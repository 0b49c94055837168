package io.oasis.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.identity.Account;
import io.oasis.server.identity.Accounts;
import io.oasis.server.identity.Role;
import io.oasis.server.identity.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class PeoplePagesTest {
  private static final String PASSWORD = "long-enough-secret";

  @Inject Accounts accounts;
  @Inject Tokens tokens;

  private Browser admin(String page) {
    Browser browser = Browser.signedIn("en");
    browser.get(page);
    return browser;
  }

  private static Map<String, String> account(String name, String password, String appRoles) {
    return Map.of(
        "name", name, "password", password, "email", "", "role", "viewer", "appRoles", appRoles);
  }

  @Test
  @DisplayName("an account is made in the browser, changed, and the audit page shows who did what")
  void accountLife() {
    Browser browser = admin("/accounts");
    assertThat(browser.post("/accounts", account("zhao", PASSWORD, "shop=editor")).statusCode())
        .isEqualTo(303);
    assertThat(browser.get("/accounts").asString()).contains("zhao is saved.", "/accounts/zhao");
    browser.get("/accounts/zhao");
    browser.post(
        "/accounts/zhao",
        Map.of(
            "email", "zhao@example.com", "role", "operator", "appRoles", "", "disabled", "true"));
    Account changed = accounts.find("zhao").orElseThrow();
    assertThat(changed.access().everywhere()).contains(Role.OPERATOR);
    assertThat(changed.disabled()).isTrue();
    assertThat(browser.get("/audit?object=account%20zhao").asString())
        .contains("account.create", "account.update", "<del>viewer</del><ins>operator</ins>")
        .contains("roles.shop", "<del>editor</del>");
  }

  @Test
  @DisplayName("what is wrong with a form stands at its field, and what was typed stays")
  void wrongForm() {
    Browser browser = admin("/accounts");
    Response wrong = browser.post("/accounts", account("qian", "tiny-one", "shop=editor"));
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.asString())
        .contains("Too short: at least 10 characters.</span>", "value=\"qian\"")
        .contains(">shop=editor</textarea>")
        // Not said twice: the hint has made way.
        .doesNotContain("tiny-one", "At least 10 characters.");
    assertThat(browser.post("/accounts", account("qian", PASSWORD, "shop is mine")).asString())
        .contains("Not understood: shop is mine");
    assertThat(accounts.find("qian")).isEmpty();
    assertThat(browser.post("/accounts", account("admin", PASSWORD, "")).asString())
        .contains("There is an account of this name.");
  }

  @Test
  @DisplayName("a mail address that cannot be one is refused at its field, in the user's language")
  void wrongEmail() {
    Map<String, String> form =
        Map.of(
            "name", "sun", "password", PASSWORD, "email", "zz", "role", "viewer", "appRoles", "");
    Response wrong = admin("/accounts").post("/accounts", form);
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.asString())
        .contains("value=\"zz\"", "This is not a mail address. Write one such as li@example.com");
    Browser chinese = Browser.signedIn("zh-CN");
    chinese.get("/accounts");
    assertThat(chinese.post("/accounts", form).asString()).contains("这不是邮件地址。");
    assertThat(accounts.find("sun")).isEmpty();
  }

  @Test
  @DisplayName("a token's secret is on the page that made it, and on no other")
  void tokenShownOnce() {
    Browser browser = admin("/tokens");
    Response made =
        browser.post(
            "/tokens",
            Map.of("name", "ci", "kind", "API", "role", "editor", "app", "", "lifetime", "30d"));
    assertThat(made.statusCode()).isEqualTo(200);
    Matcher secret = Pattern.compile("oat_[A-Za-z0-9_-]+").matcher(made.asString());
    assertThat(secret.find()).isTrue();
    assertThat(tokens.verify(secret.group())).isInstanceOf(Tokens.Check.Valid.class);
    assertThat(browser.get("/tokens").asString()).contains(">ci<").doesNotContain(secret.group());

    Response wrong =
        browser.post(
            "/tokens",
            Map.of("name", "", "kind", "API", "role", "editor", "app", "none", "lifetime", "soon"));
    assertThat(wrong.asString())
        .contains("A name is needed", "There is no app none.", "for example 90d", "value=\"soon\"");
  }

  @Test
  @DisplayName("zone, language and theme are kept with the account and come with the next sign-in")
  void profile() {
    Browser browser = admin("/profile");
    assertThat(
            browser
                .post("/profile", Map.of("language", "zh-CN", "theme", "dark", "zone", "Mars"))
                .asString())
        .contains("There is no time zone of this name.", "value=\"Mars\"");
    browser.post("/profile", Map.of("language", "zh-CN", "theme", "dark", "zone", "Asia/Kolkata"));
    String next = Browser.signedIn("zh-CN").get("/profile").asString();
    assertThat(next)
        .contains("data-theme=\"dark\"", "data-zone-chosen", "data-zone=\"Asia/Kolkata\"", "我的账号");
    Browser.signedIn("en").get("/profile");
    browser.get("/profile");
    browser.post("/profile", Map.of("language", "en", "theme", "system", "zone", ""));
    assertThat(Browser.signedIn("en").get("/profile").asString())
        .doesNotContain("data-zone-chosen");
  }

  @Test
  @DisplayName("a wrong present password changes nothing and says so at its field")
  void ownPassword() {
    Browser browser = admin("/profile");
    Response wrong =
        browser.post("/profile/password", Map.of("present", "nope", "password", PASSWORD));
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.asString()).contains("This is not the present password.");
    Browser.signedIn("en");
  }
}
