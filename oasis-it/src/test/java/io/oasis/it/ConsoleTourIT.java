package io.oasis.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.it.harness.Await;
import io.oasis.it.harness.Browser;
import io.oasis.it.harness.Platform;
import io.oasis.it.harness.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Every page of the console in a real browser: as it looks, as it is used, and for whom it is
 * closed.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleTourIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String PASSWORD = "long-enough-secret";

  private static Platform platform;
  private static Browser browser;
  private static long failed;

  @BeforeAll
  static void start() {
    platform = Platform.start(ConsoleTourIT.class);
    platform.writeScript(
        "settle.sh", "echo \"settling $OASIS_PARAM_REGION\"; sleep 1; echo done\n");
    platform.writeScript("broken.sh", "echo 'no such <table>' >&2; exit 2\n");
    platform.writeScript(
        "slow.sh", "i=1; while [ $i -le 600 ]; do echo \"turn $i\"; sleep 1; i=$((i + 1)); done\n");
    platform.writeScript(
        "odd.sh",
        """
        printf '\\033[31mred\\033[0m and \\033]0;title\\007plain\\n'
        printf 'to the left \\342\\200\\256 and back\\n'
        printf '<img src=x onerror=alert(1)> \\360\\237\\220\\253 camel\\n'
        head -c 1000000 /dev/zero | tr '\\0' 'x'
        echo
        """);
    var jobs =
        platform.write(
            "jobs.yaml",
            """
            apiVersion: oasis/v1
            kind: App
            metadata: {name: billing}
            spec: {title: 结算中心, owner: {name: Payments team, email: payments@example.com}}
            ---
            apiVersion: oasis/v1
            kind: Job
            metadata: {app: billing, name: nightly-settlement, labels: {team: payments}}
            spec:
              title: 每日清算
              schedule: {cron: "0 30 2 * * ?", timeZone: Asia/Shanghai}
              handler: script
              params: {script: settle.sh, region: cn-east}
              retry: {max: 3, backoff: 10s}
              timeout: 10m
            ---
            apiVersion: oasis/v1
            kind: Job
            metadata: {app: billing, name: export}
            spec: {title: Export, schedule: {fixedRate: 1h}, handler: script, params: {script: broken.sh}}
            ---
            apiVersion: oasis/v1
            kind: Job
            metadata: {app: billing, name: slow}
            spec: {title: Slow, schedule: none, handler: script, params: {script: slow.sh}}
            ---
            apiVersion: oasis/v1
            kind: Job
            metadata: {app: billing, name: odd}
            spec:
              title: "Odd <b>title</b> \\u202e 🐫"
              schedule: none
              handler: script
              params: {script: odd.sh}
              alarm: {on: [failure, lost], mail: [owner]}
            """);
    platform.cli().call("apply", "-f", jobs.toString(), "--source", "infra").ok();
    platform.startWorker("billing", platform.scripts());
    platform.awaitFinal(platform.trigger("billing/nightly-settlement"));
    failed = platform.trigger("billing/export");
    platform.awaitFinal(failed);
    platform
        .rest()
        .post(
            "/accounts",
            Map.of("name", "viewer", "password", PASSWORD, "appRoles", Map.of("billing", "viewer")))
        .ok();
    browser = Browser.start(platform.folder(), platform.server().address());
    browser.signIn(Server.ADMIN, Server.PASSWORD);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    platform.close();
  }

  private static Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("dashboard", "/");
    pages.put("jobs", "/jobs");
    pages.put("job", "/jobs/billing/nightly-settlement");
    pages.put("job-revisions", "/jobs/billing/nightly-settlement/revisions");
    pages.put("job-changes", "/jobs/billing/nightly-settlement/revisions?since=1");
    pages.put("job-alarms", "/jobs/billing/odd/alarms");
    pages.put("job-manifest", "/jobs/billing/nightly-settlement/manifest");
    pages.put("job-edit", "/jobs/billing/nightly-settlement/edit");
    pages.put("job-new", "/jobs/new");
    pages.put("runs", "/runs");
    pages.put("runs-filtered", "/runs?app=billing&state=FAILED");
    pages.put("run", "/runs/" + failed);
    pages.put("apps", "/apps");
    pages.put("app", "/apps/billing");
    pages.put("app-new", "/apps/-/new");
    pages.put("app-edit", "/apps/billing/edit");
    pages.put("alarms", "/alarms");
    pages.put("audit", "/audit");
    pages.put("accounts", "/accounts");
    pages.put("account", "/accounts/viewer");
    pages.put("tokens", "/tokens");
    pages.put("profile", "/profile");
    pages.put("settings", "/settings");
    pages.put("not-found", "/jobs/billing/no-such-job");
    return pages;
  }

  @Test
  @Order(1)
  @DisplayName(
      "every page looks right in both languages and themes: nothing keeps people out, nothing is refused")
  void everyPage() {
    List<String> wrong = new ArrayList<>();
    for (String language : List.of("en", "zh-CN")) {
      for (String theme : List.of("light", "dark")) {
        browser.likes(language, theme);
        pages()
            .forEach(
                (name, path) -> {
                  browser.open(path);
                  browser.screenshot(name + "." + language + "." + theme);
                  browser.errors().stream()
                      .filter(error -> !(name.equals("not-found") && error.contains("404")))
                      .forEach(error -> wrong.add(path + " " + theme + ": " + error));
                  // Words do not change what axe sees, colours do: once for each theme.
                  if (theme.equals("light") == language.equals("en")) {
                    browser
                        .barriers()
                        .forEach(
                            barrier ->
                                wrong.add(path + " " + language + " " + theme + ": " + barrier));
                  }
                });
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  @Order(2)
  @DisplayName("on a telephone neither a page nor a table in it is wider than the screen")
  void telephone() {
    browser.likes("en", "light");
    browser.width(390);
    List<String> wide = new ArrayList<>();
    pages()
        .forEach(
            (name, path) -> {
              browser.open(path);
              browser.screenshot(name + ".phone");
              if (browser.overflow() > 0) {
                wide.add(path + " by " + browser.overflow() + " pixels");
              }
              browser.sideways().forEach(part -> wide.add(path + ": " + part));
            });
    browser.width(1440);
    assertThat(wide).isEmpty();
  }

  @Test
  @Order(3)
  @DisplayName(
      "an operator finds what failed, repeats it, kills what runs, and finds that in the audit trail")
  void operatorsNight() {
    browser.likes("en", "light");
    browser.errors();
    browser.open("/runs?state=FAILED");
    assertThat(browser.text()).contains("billing/export");
    browser.open("/runs/" + failed);
    assertThat(browser.text()).contains("no such <table>");
    browser.click("form[action$='/rerun'] button");
    Await.until(
        "the run that repeats it", PATIENCE, () -> !browser.path().equals("/runs/" + failed));

    long slow = platform.trigger("billing/slow");
    Await.until("its first lines", PATIENCE, () -> !platform.logLines(slow).isEmpty());
    browser.open("/runs/" + slow);
    assertThat(browser.has("[data-follow][aria-pressed='true']")).isTrue();
    browser.click("[data-follow]");
    assertThat(browser.has("[data-follow][aria-pressed='false']")).isTrue();
    browser.click("[data-follow]");
    assertThat(browser.has("[data-follow][aria-pressed='true']")).isTrue();
    // A slow finger: what is above the log is sent anew while it presses.
    browser.press("form[action$='/kill'] button");
    int lines = platform.logLines(slow).size();
    Await.until(
        "the page to move on", PATIENCE, () -> browser.text().contains("turn " + (lines + 8)));
    browser.release();
    platform.awaitFinal(slow);
    Await.until("the page to say so", PATIENCE, () -> browser.text().contains("Killed"));
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  @Order(4)
  @DisplayName(
      "LG5: colours, titles, directions, markup and a line of a megabyte are text, searched like any")
  void oddLog() {
    long odd = platform.trigger("billing/odd");
    platform.awaitFinal(odd);
    Await.until("its whole log", PATIENCE, () -> platform.isLogComplete(odd));
    browser.likes("en", "light");
    browser.errors();
    browser.open("/runs/" + odd);

    assertThat(browser.text())
        .contains("red and plain", "to the left  and back", "<img src=x onerror=alert(1)> 🐫 camel")
        .contains("more characters in the download", "Odd <b>title</b>")
        .doesNotContain("\u001b");
    assertThat(browser.overflow()).isLessThanOrEqualTo(0);
    browser.type("[data-find]", "CAMEL");
    Await.until("the hit", PATIENCE, () -> browser.has(".log .line.hit.here"));
    assertThat(browser.text()).contains("1/1");
    assertThat(browser.errors()).isEmpty();
    browser.screenshot("run.odd");
  }

  @Test
  @Order(5)
  @DisplayName("an app is made, changed and removed in the browser")
  void makesApp() {
    browser.open("/apps/-/new");
    browser.type("input[name='name']", "from-the-browser");
    browser.type("input[name='title']", "Made by hand");
    Await.until(
        "the preview of the manifest", PATIENCE, () -> browser.text().contains("kind: App"));
    browser.click("button.primary[type='submit']");
    Await.until("its page", PATIENCE, () -> browser.path().equals("/apps/from-the-browser"));
    browser.click("a[href='/apps/from-the-browser/edit']");
    browser.type("input[name='title']", "Made and changed");
    browser.click("button.primary[type='submit']");
    Await.until("its title", PATIENCE, () -> browser.text().contains("Made and changed"));
    browser.click("summary[aria-label='More']");
    browser.click("form[action$='/remove'] button");
    Await.until("the list", PATIENCE, () -> browser.text().contains("is removed"));
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  @Order(6)
  @DisplayName("a job is made in the browser, seen in the preview, and fires")
  void makesJob() {
    browser.likes("en", "light");
    browser.open("/jobs/new");
    browser.type("input[name='name']", "from-the-browser");
    browser.type("input[name='title']", "Made by hand");
    browser.type("input[name='handler']", "script");
    browser.type("textarea[name='params']", "script=settle.sh\nregion=north");
    browser.choose("select[name='kind']", "fixedRate");
    browser.type("input[name='when']", "every now and then");
    Await.until(
        "the preview to say what is wrong", PATIENCE, () -> browser.has("#preview .problem"));
    browser.type("input[name='when']", "2s");
    Await.until(
        "the preview of the manifest", PATIENCE, () -> browser.text().contains("fixedRate: 2s"));
    browser.screenshot("job-new.filled");
    browser.click("button.primary[type='submit']");
    Await.until(
        "the page of the job",
        PATIENCE,
        () -> browser.path().equals("/jobs/billing/from-the-browser"));
    Await.until(
        "its first success",
        PATIENCE,
        () -> {
          browser.open("/runs?job=billing/from-the-browser&state=SUCCEEDED");
          return browser.has("table a[href^='/runs/']");
        });
    assertThat(browser.errors()).isEmpty();
    platform.cli().call("disable", "billing/from-the-browser").ok();
  }

  @Test
  @Order(7)
  @DisplayName("language and theme are switched in the top bar and stay")
  void switching() {
    browser.open("/jobs");
    browser.click("summary[aria-label='Language']");
    browser.click("button[value='zh-CN']");
    Await.until("Chinese", PATIENCE, () -> browser.text().contains("调度大盘"));
    browser.click("summary[aria-label='主题']");
    browser.click("button[value='dark']");
    Await.until("the dark theme", PATIENCE, () -> browser.has("html[data-theme='dark']"));
    browser.open("/runs");
    assertThat(browser.has("html[lang='zh-CN'][data-theme='dark']")).isTrue();
    browser.click("summary[aria-label='语言']");
    browser.click("button[value='en']");
    Await.until("English again", PATIENCE, () -> browser.has("html[lang='en']"));
  }

  @Test
  @Order(8)
  @DisplayName(
      "a viewer of one app sees it, is offered nothing that he may not do, and is refused at the rest")
  void viewer() {
    try (var viewer = Browser.start(platform.folder(), platform.server().address())) {
      viewer.signIn("viewer", PASSWORD);
      viewer.open("/jobs/billing/export");
      assertThat(viewer.text()).contains("Export").doesNotContain("Run once", "Disable");
      viewer.open("/runs/" + failed);
      assertThat(viewer.has("form[action$='/rerun']")).isFalse();
      for (String path : List.of("/audit", "/accounts", "/tokens")) {
        viewer.open(path);
        assertThat(viewer.text()).as(path).contains("403");
      }
      viewer.screenshot("refused");
    }
  }

  @Test
  @Order(9)
  @DisplayName(
      "a server that is away shows on live pages and on filters; both go on when it is back")
  void lostConnection() {
    browser.likes("en", "light");
    browser.open("/");
    Await.until("the live dashboard", PATIENCE, () -> browser.text().contains("Live"));
    try (var other = Browser.start(platform.folder(), platform.server().address())) {
      other.signIn(Server.ADMIN, Server.PASSWORD);
      other.open("/jobs");

      platform.server().kill9();
      other.choose("select[name='state']", "on");

      Await.until(
          "the dashboard to say so",
          PATIENCE,
          () -> browser.text().contains("Connection lost, reconnecting"));
      Await.until(
          "the list to say so",
          PATIENCE,
          () -> other.text().contains("The server cannot be reached."));
      other.screenshot("connection-lost");

      platform.restartServer();

      Await.until(
          "the dashboard to be live again",
          PATIENCE,
          () -> browser.has("[data-live-status][data-state='live']"));
      Await.until(
          "the filter to be done after all", PATIENCE, () -> other.path().equals("/jobs?state=on"));
      assertThat(other.text()).doesNotContain("The server cannot be reached.");
    }
  }
}
