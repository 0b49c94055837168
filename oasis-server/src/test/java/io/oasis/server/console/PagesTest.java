package io.oasis.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class PagesTest {
  private static final String JOB = "/jobs/shop/settle";

  @Inject SampleRuns samples;

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh-CN"})
  @DisplayName("LG5: every page renders in both languages, and text that means harm stays text")
  void everyPage(String language) {
    long run = samples.failedRun();
    Browser browser = Browser.signedIn(language);
    List<String> pages =
        List.of(
            "/",
            "/jobs",
            "/jobs?sort=next",
            "/jobs?sort=changed&q=settle",
            "/jobs?q=nothing-like-it&state=on&kind=cron",
            JOB,
            JOB + "/revisions",
            JOB + "/revisions?since=1",
            JOB + "/alarms",
            JOB + "/manifest",
            JOB + "/edit",
            "/jobs/new",
            "/jobs/new?copy=shop/settle",
            "/runs",
            "/runs?state=FAILED&state=LOST&from=2026-01-01T00:00&job=shop/settle",
            "/runs?node=none-like-it",
            "/runs/" + run,
            "/apps",
            "/apps/shop",
            "/apps/shop/edit",
            "/apps/-/new",
            "/audit",
            "/audit?app=shop&who=nobody&from=2026-01-01T00:00",
            "/accounts",
            "/accounts/admin",
            "/tokens",
            "/profile",
            "/alarms",
            "/alarms?state=OPEN&state=RESOLVED&app=shop&job=settle",
            "/alarms/" + samples.incident(run),
            "/settings");

    assertThat(pages)
        .allSatisfy(
            path -> {
              Response page = browser.get(path);
              assertThat(page.statusCode()).as(path).isEqualTo(200);
              assertThat(page.header("Cache-Control")).isEqualTo("no-store");
              assertThat(page.header("Content-Security-Policy"))
                  .contains("default-src 'none'", "script-src 'self'")
                  .doesNotContain("unsafe");
              assertThat(page.asString())
                  .as(path)
                  .contains("<html lang=\"" + language + "\"", "<main", "<nav", "<h1")
                  .doesNotContain(
                      "<script>alert", "{msg:", "{job:", "{word:", "{apps:", "NOT_FOUND")
                  .doesNotContainPattern("\\b(msg|say|word|job|apps)_[a-zA-Z]+")
                  .doesNotContain("\u001b");
            });
  }

  @Test
  @DisplayName("the pages of a run and a job show what they are about, escaped")
  void content() {
    long run = samples.failedRun();
    Browser browser = Browser.signedIn("zh-CN");

    assertThat(browser.get("/runs/" + run).asString())
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "id=\"L1.0.7\"", "id=\"L2.0.7\"")
        .contains("第 2 次执行", "重新触发", "失败", "/jobs/shop/settle/revisions?since=1");
    assertThat(browser.get(JOB).asString()).contains("git:infra@3f2a91c", "Asia/Shanghai", "触发一次");
    assertThat(browser.get(JOB + "/manifest").asString()).contains("kind: Job");
  }

  @Test
  @DisplayName(
      "a run that waits for its next attempt says so, and names no node and no time of the last")
  void waitsForNextAttempt() {
    String page = Browser.signedIn("en").get("/runs/" + samples.retriedRun()).asString();

    assertThat(page)
        .contains("Why: waits for its next attempt · &lt;script&gt;", "<td>2</td>")
        .doesNotContain("/runs?node=node-1");
  }

  @Test
  @DisplayName("LG5: the downloaded log has every line once, without terminal sequences")
  void download() {
    long run = samples.failedRun();

    Response log = Browser.signedIn("en").get("/runs/" + run + "/log.txt");

    assertThat(log.contentType()).startsWith("text/plain");
    assertThat(log.header("Content-Disposition")).contains("oasis-run-" + run + ".log");
    assertThat(log.asString().lines().filter(line -> !line.startsWith("#")))
        .hasSize(2 * SampleRuns.LINES)
        .noneMatch(line -> line.contains("\u001b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing-here",
        "/runs/999999999",
        "/runs/abc",
        "/alarms/999999999",
        "/alarms/abc",
        "/jobs/no/such",
        "/apps/none",
        "/jobs/no/such/revisions",
        "/jobs/shop/settle/revisions?since=77",
        "/apps/none/edit"
      })
  @DisplayName("what is not there is said in words, as a page")
  void notFound(String path) {
    Response page = Browser.signedIn("zh-CN").get(path);

    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.contentType()).startsWith("text/html");
    assertThat(page.asString()).contains("该地址没有内容");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/runs?state=BLUE",
        "/runs?from=yesterday",
        "/runs?cursor=x",
        "/alarms?state=BLUE",
        "/alarms?cursor=x",
        "/jobs?state=maybe",
        "/jobs?label=x",
        "/jobs?kind=sometimes"
      })
  @DisplayName("a filter that cannot be is refused, not ignored")
  void badFilter(String path) {
    Response page = Browser.signedIn("en").get(path);

    assertThat(page.statusCode()).isEqualTo(400);
    assertThat(page.asString()).contains("cannot be understood");
  }

  @Test
  @DisplayName("a filter that is set is a chip, and its link takes it away")
  void chips() {
    samples.failedRun();

    assertThat(Browser.signedIn("en").get("/runs?app=shop&state=FAILED").asString())
        .contains("href=\"/runs?app=shop\"", "href=\"/runs?state=FAILED\"");
  }

  @Test
  @DisplayName("a row says itself what its columns say: a telephone shows no head of a table")
  void labels() {
    samples.failedRun();
    Browser browser = Browser.signedIn("zh-CN");

    assertThat(browser.get("/runs").asString())
        .contains("data-label=\"计划时间\"", "data-label=\"触发类型\"", "data-label=\"节点（执行器）\"");
    assertThat(browser.get("/jobs").asString())
        .contains("data-label=\"下次触发\"", "data-label=\"责任人\"", "更多筛选");
    assertThat(browser.get("/apps/shop").asString()).contains("data-label=\"心跳\"");
    assertThat(browser.get("/").asString())
        .containsPattern("<div class=\"sub clamp\" title=\"[^\"]+\">[^<]*&lt;script&gt;");
  }

  @Test
  @DisplayName("assets are found at the address that holds their hash")
  void assets() {
    Browser browser = new Browser("en");
    String page = browser.get("/login").asString();
    String style = page.replaceAll("(?s).*\"(/assets/v-[0-9a-f]{8}/tokens.css)\".*", "$1");

    Response asset = browser.get(style);

    assertThat(asset.statusCode()).isEqualTo(200);
    assertThat(asset.contentType()).startsWith("text/css");
    assertThat(asset.header("Cache-Control")).contains("immutable");
  }

  @Test
  @DisplayName("the libraries come from this server")
  void libraries() {
    Browser browser = Browser.signedIn("en");
    List<String> scripts =
        browser
            .get("/")
            .asString()
            .lines()
            .filter(line -> line.contains("<script"))
            .map(line -> line.replaceAll(".*src=\"([^\"]+)\".*", "$1"))
            .toList();

    assertThat(scripts).hasSize(3);
    assertThat(scripts)
        .allSatisfy(
            script -> assertThat(browser.get(script).statusCode()).as(script).isEqualTo(200));
  }
}
