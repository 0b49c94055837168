package io.oasis.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.manifest.JobKey;
import io.oasis.server.TestDatabase;
import io.oasis.server.job.JobDetail;
import io.oasis.server.job.Jobs;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestDatabase.class)
class JobEditPagesTest {
  @Inject SampleRuns samples;
  @Inject Jobs jobs;

  private Browser browser;

  @BeforeEach
  void signIn() {
    samples.failedRun();
    browser = Browser.signedIn("en");
  }

  private static Map<String, String> form(String name, String... more) {
    Map<String, String> form = new HashMap<>();
    form.put("app", "shop");
    form.put("name", name);
    form.put("title", "Nightly");
    form.put("handler", "settle");
    form.put("kind", "cron");
    form.put("when", "0 30 2 * * ?");
    form.put("timeZone", "Asia/Shanghai");
    form.put("enabled", "true");
    for (int i = 0; i < more.length; i += 2) {
      form.put(more[i], more[i + 1]);
    }
    return form;
  }

  private JobDetail job(String name) {
    return jobs.find(new JobKey("shop", name)).orElseThrow();
  }

  /** The form of a job's edit page as it stands there, with some fields changed. */
  private Map<String, String> editOf(String name, String... more) {
    String page = browser.get("/jobs/shop/" + name + "/edit").asString();
    Map<String, String> form = form(name, more);
    for (String hidden : new String[] {"uid", "revision", "base"}) {
      String mark = "name=\"" + hidden + "\" value=\"";
      int from = page.indexOf(mark) + mark.length();
      form.put(hidden, page.substring(from, page.indexOf('"', from)).replace("&quot;", "\""));
    }
    return form;
  }

  private void create(String name, String... more) {
    browser.get("/jobs/new");
    assertThat(browser.post("/jobs/new", form(name, more)).statusCode()).isEqualTo(303);
  }

  @Test
  @DisplayName("a job is made in the browser with everything that the form has")
  void makes() {
    create(
        "made",
        "params",
        "region=north\nday=7",
        "retries",
        "3",
        "backoff",
        "20s",
        "timeout",
        "5m",
        "blocking",
        "parallel",
        "max",
        "4",
        "routing",
        "failover",
        "ownerEmail",
        "li@example.com",
        "alarm",
        "failure",
        "mail",
        "owner, ops@example.com",
        "labels",
        "team=payments");

    JobDetail made = job("made");

    assertThat(browser.get("/jobs/shop/made/manifest").asString())
        .contains(
            "cron: &quot;0 30 2 * * ?&quot;", "region: north", "max: 3", "backoff: 20s", "run: 5m")
        .contains("strategy: parallel", "max: 4", "strategy: failover", "- ops@example.com")
        .contains("team: payments");
    assertThat(made.job().nextFireAt()).isPresent();
    assertThat(made.job().history().updatedBy()).isEqualTo("admin");
  }

  @Test
  @DisplayName("a job with long params is made and edited")
  void longParams() {
    String value = "x".repeat(9_000);
    create("long-params", "params", "text=" + value);

    Map<String, String> edit = editOf("long-params", "params", "text=" + value + "\nday=7");
    Response saved = browser.post("/jobs/shop/long-params/edit", edit);

    assertThat(saved.statusCode()).isEqualTo(303);
    assertThat(job("long-params").spec().params()).hasSize(2);
  }

  @Test
  @DisplayName("a secret that is not written as one is said at its field, and what was typed stays")
  void brokenSecret() {
    browser.get("/jobs/new");

    Response answer =
        browser.post("/jobs/new", form("broken-secret", "params", "key={\"secretRef\": db"));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.asString())
        .containsPattern("class=\"problem\"(?s:.{0,200})key=\\{&quot;secretRef&quot;: db");
  }

  @Test
  @DisplayName("a reason that is too long for the audit trail is said at its field")
  void longReason() {
    browser.get("/jobs/new");

    Response answer = browser.post("/jobs/new", form("long-reason", "reason", "r".repeat(501)));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.asString()).contains("The reason is longer than 500 characters.");
  }

  @Test
  @DisplayName("a form that is too large is told so, in words")
  void tooLarge() {
    browser.get("/jobs/new");

    Response answer =
        browser.post("/jobs/new", form("too-large", "params", "key=" + "x".repeat(1_100_000)));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.asString()).contains("What was sent is too large", "Go back and shorten it");
  }

  @Test
  @DisplayName("what is wrong stands at its field, what was typed stays, and nothing is made")
  void wrongFields() {
    browser.get("/jobs/new");
    Response answer =
        browser.post(
            "/jobs/new",
            form("wrong", "when", "0 61 2 * * ?", "params", "no equals", "timeout", "soon"));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.asString()).contains("Not understood: no equals", "value=\"0 61 2 * * ?\"");

    answer = browser.post("/jobs/new", form("wrong", "when", "0 61 2 * * ?", "timeout", "soon"));
    assertThat(answer.asString())
        .containsPattern("name=\"when\"[^>]*>(?s:.{0,400})class=\"problem\"")
        .contains("value=\"soon\"");
    assertThat(jobs.find(new JobKey("shop", "wrong"))).isEmpty();

    create("twice");
    assertThat(browser.post("/jobs/new", form("twice")).asString())
        .contains("There is a job of this name in the app.");
  }

  @Test
  @DisplayName("in Chinese what is wrong stands at its field in Chinese, also in the preview")
  void wrongFieldsInChinese() {
    browser = Browser.signedIn("zh-CN");
    browser.get("/jobs/new");
    Map<String, String> form =
        form(
            "Wrong Name",
            "when",
            "0 61 2 * * ?",
            "timeout",
            "soon",
            "retries",
            "many",
            "alarm",
            "failure",
            "mail",
            "x");

    String page = browser.post("/jobs/new", form).asString();

    assertThat(page)
        .containsPattern(atField("when", "“61”不能作为分钟：值 61 不在 \\[0, 59] 范围内；字段依次为"))
        .containsPattern(atField("timeout", "“soon”不是时长；请填写例如"))
        .containsPattern(atField("retries", "“many”不是整数；请填写 0 到 100 之间的数字"))
        .containsPattern(atField("name", "“Wrong Name”不能作为名称；"))
        .containsPattern(atField("mail", "“x”不是邮箱地址；"));
    assertThat(browser.post("/jobs/preview", form).asString())
        .contains("“soon”不是时长；", "“x”不是邮箱地址；")
        .doesNotContain("is not");
    assertThat(browser.post("/jobs/new", form("elsewhere", "app", "nowhere")).asString())
        .containsPattern(atField("app", "没有名为 nowhere 的应用；"));
  }

  private static String atField(String name, String sentence) {
    return "name=\""
        + name
        + "\"(?:(?!name=\")(?s:.))*class=\"problem\"(?:(?!name=\")(?s:.))*"
        + sentence;
  }

  @Test
  @DisplayName("an alarm address that was typed stays when nothing is ticked to tell it of")
  void addressWithoutEvent() {
    create("silent", "mail", "ops@example.com");

    assertThat(browser.get("/jobs/shop/silent/manifest").asString())
        .contains("on: []", "- ops@example.com");
    assertThat(browser.get("/jobs/shop/silent/edit").asString())
        .contains("value=\"ops@example.com\"");
  }

  @Test
  @DisplayName("an edit keeps what the form has no field for")
  void keepsTheRest() {
    create("kept");
    Map<String, String> form = editOf("kept", "title", "Changed");
    form.put(
        "base",
        "{\"handler\":\"settle\",\"misfire\":{\"policy\":\"all\"},\"routing\":{\"selector\":{\"zone\":\"a\"}}}");

    assertThat(browser.post("/jobs/shop/kept/edit", form).statusCode()).isEqualTo(303);

    assertThat(browser.get("/jobs/shop/kept/manifest").asString())
        .contains("title: Changed", "policy: all", "zone: a");
    assertThat(job("kept").job().revision()).isEqualTo(2);
  }

  @Test
  @DisplayName(
      "GO10: a stale save changes nothing and shows all three versions; saving again is a choice")
  void staleSave() {
    create("contested", "timeout", "5m");
    Map<String, String> mine = editOf("contested", "timeout", "9m");
    Map<String, String> theirs = editOf("contested", "timeout", "7m", "title", "Theirs");
    assertThat(browser.post("/jobs/shop/contested/edit", theirs).statusCode()).isEqualTo(303);

    Response stale = browser.post("/jobs/shop/contested/edit", mine);

    assertThat(stale.statusCode()).isEqualTo(422);
    assertThat(stale.asString())
        .contains("Somebody else saved this job first", "5m", "7m", "value=\"9m\"", "both");
    assertThat(job("contested").job().title()).isEqualTo("Theirs");
    mine.put("revision", "2");
    assertThat(browser.post("/jobs/shop/contested/edit", mine).statusCode()).isEqualTo(303);
    assertThat(browser.get("/jobs/shop/contested/manifest").asString()).contains("run: 9m");
  }

  @Test
  @DisplayName("GO8: a job that a source owns is changed by hand only knowingly")
  void owned() {
    Map<String, String> form = editOf("settle", "title", "By hand");
    Response refused = browser.post("/jobs/shop/settle/edit", form);
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.asString()).contains("Source infra owns this job.");

    browser.post("/jobs/shop/settle/delete", Map.of());
    assertThat(browser.get("/jobs/shop/settle").asString())
        .contains("Nothing was done: source infra owns this job.");
    form.put("override", "true");
    assertThat(browser.post("/jobs/shop/settle/edit", form).statusCode()).isEqualTo(303);
    assertThat(job("settle").job().title()).isEqualTo("By hand");
  }

  @Test
  @DisplayName("a job goes back to an earlier revision, as a new one; an owned job only knowingly")
  void rollsBack() {
    create("back", "timeout", "5m");
    browser.post("/jobs/shop/back/edit", editOf("back", "timeout", "9m"));
    assertThat(browser.get("/jobs/shop/back/revisions").asString())
        .contains("/jobs/shop/back/rollback", "revision 1 was");
    browser.post("/jobs/shop/back/rollback", Map.of("to", "1"));
    assertThat(browser.get("/jobs/shop/back/manifest").asString()).contains("run: 5m");
    assertThat(job("back").job().revision()).isEqualTo(3);
    assertThat(browser.post("/jobs/shop/back/rollback", Map.of("to", "77")).statusCode())
        .isEqualTo(404);
  }

  @Test
  @DisplayName("the preview shows the next fires and the manifest, or what is wrong")
  void preview() {
    browser.get("/jobs/new");
    String right = browser.post("/jobs/preview", form("seen")).asString();
    assertThat(right).contains("kind: Job", "name: seen", "02:30:00");
    String wrong = browser.post("/jobs/preview", form("seen", "when", "0 61 2 * * ?")).asString();
    assertThat(wrong).contains("problem").doesNotContain("kind: Job");
    assertThat(browser.post("/jobs/preview", Map.of("timeZone", "Mars")).statusCode())
        .isEqualTo(200);
  }

  @Test
  @DisplayName("a job is copied under another name, and deleted; its history stays")
  void copyAndDelete() {
    create("source-of-copy", "timeout", "5m");
    assertThat(browser.get("/jobs/new?copy=shop/source-of-copy").asString())
        .contains("value=\"5m\"", "Copy of shop/source-of-copy");
    browser.get("/jobs/shop/source-of-copy");
    assertThat(browser.post("/jobs/shop/source-of-copy/delete", Map.of()).statusCode())
        .isEqualTo(303);
    assertThat(jobs.find(new JobKey("shop", "source-of-copy"))).isEmpty();
    assertThat(browser.get("/jobs").asString()).contains("is deleted. Its history stays.");
  }
}
