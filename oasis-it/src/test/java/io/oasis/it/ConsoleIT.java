package io.oasis.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.it.harness.Await;
import io.oasis.it.harness.Browser;
import io.oasis.it.harness.Platform;
import io.oasis.it.harness.Server;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The console in a real browser, from the sign-in to the live log of a run. */
class ConsoleIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static Platform platform;
  private static Browser browser;

  @BeforeAll
  static void start() {
    platform = Platform.start(ConsoleIT.class);
    // The second half waits until the page has been looked at.
    platform.writeScript(
        "count.sh",
        """
        i=1
        while [ $i -le 15 ]; do
          [ $i != 8 ] || until [ -e %s ]; do sleep 0.2; done
          echo "line $i <b>of</b> 15"
          i=$((i + 1))
        done
        until [ -e %s ]; do sleep 0.2; done
        """
            .formatted(platform.folder().resolve("go-on"), platform.folder().resolve("end")));
    var jobs =
        platform.write(
            "jobs.yaml",
            """
            apiVersion: oasis/v1
            kind: App
            metadata: {name: shop}
            spec: {title: Shop}
            ---
            apiVersion: oasis/v1
            kind: Job
            metadata: {app: shop, name: count}
            spec:
              title: 数到十五
              schedule: {cron: "0 30 2 * * ?", timeZone: Asia/Shanghai}
              handler: script
              params: {script: count.sh}
            """);
    platform.cli().call("apply", "-f", jobs.toString()).ok();
    platform.startWorker("shop", platform.scripts());
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

  @Test
  @DisplayName("whoever is not signed in is sent to the sign-in page")
  void strangerIsSentToSignIn() {
    try (var stranger = Browser.start(platform.folder(), platform.server().address())) {
      stranger.open("/jobs");

      assertThat(stranger.has("input[type=password]")).isTrue();
    }
  }

  @Test
  @DisplayName(
      "the dashboard, the jobs and the runs show what there is, without an error in the browser's log")
  void pagesShowWhatThereIs() {
    browser.open("/");
    browser.screenshot("dashboard");
    assertThat(browser.errors()).isEmpty();

    browser.open("/jobs");
    assertThat(browser.text()).contains("数到十五", "0 30 2 * * ?");
    browser.screenshot("jobs");
    assertThat(browser.errors()).isEmpty();

    browser.open("/runs");
    browser.screenshot("runs");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  @DisplayName("LG5: the page of a run shows its log while it runs, and markup in it as text")
  void runShowsItsLogWhileItRuns() {
    long id = platform.trigger("shop/count");
    Await.until("the first lines", PATIENCE, () -> platform.logLines(id).size() > 1);

    browser.open("/runs/" + id);
    Await.until(
        "what was logged before", PATIENCE, () -> browser.text().contains("line 7 <b>of</b> 15"));
    assertThat(browser.text()).doesNotContain("line 12 <b>of</b> 15");

    platform.write("go-on", "");
    Await.until(
        "a later line without a reload",
        PATIENCE,
        () -> browser.text().contains("line 12 <b>of</b> 15"));
    Await.until(
        "the last line without a reload",
        PATIENCE,
        () -> browser.text().contains("line 15 <b>of</b> 15"));
    assertThat(browser.text()).doesNotContain("Succeeded");

    platform.write("end", "");
    platform.awaitFinal(id);
    Await.until(
        "the state to change without a reload",
        PATIENCE,
        () -> browser.text().contains("Succeeded"));
    browser.screenshot("run");
    assertThat(browser.errors()).isEmpty();
  }
}
