package io.oasis.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.server.TestDatabase;
import io.oasis.server.app.App;
import io.oasis.server.app.Apps;
import io.oasis.server.database.Database;
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
class AppEditPagesTest {
  private static final String NEW = "/apps/-/new";

  @Inject SampleRuns samples;
  @Inject Apps apps;
  @Inject Database database;

  private Browser browser;

  @BeforeEach
  void signIn() {
    samples.failedRun();
    browser = Browser.signedIn("en");
  }

  private App app(String name) {
    return apps.find(name).orElseThrow();
  }

  private void create(String name) {
    browser.get(NEW);
    Map<String, String> form =
        Map.of("name", name, "title", "Title", "ownerName", "Li", "ownerEmail", "li@example.com");
    assertThat(browser.post(NEW, form).statusCode()).isEqualTo(303);
  }

  /** The form of an app's edit page as it stands there, with some fields changed. */
  private Map<String, String> editOf(String name, String... more) {
    String page = browser.get("/apps/" + name + "/edit").asString();
    Map<String, String> form = new HashMap<>();
    for (String field :
        new String[] {
          "name",
          "id",
          "baseTitle",
          "baseOwnerName",
          "baseOwnerEmail",
          "title",
          "ownerName",
          "ownerEmail"
        }) {
      String mark = "name=\"" + field + "\" value=\"";
      int from = page.indexOf(mark) + mark.length();
      form.put(field, page.substring(from, page.indexOf('"', from)));
    }
    for (int i = 0; i < more.length; i += 2) {
      form.put(more[i], more[i + 1]);
    }
    return form;
  }

  @Test
  @DisplayName("an app is made in the browser, is manual, and its maker is in the audit trail")
  void makes() {
    create("made-here");

    assertThat(app("made-here"))
        .extracting(App::title, App::registration, made -> made.owner().email())
        .containsExactly("Title", App.Registration.MANUAL, "li@example.com");
    assertThat(browser.get("/apps/made-here").asString())
        .contains("made-here is saved.", "registered by hand", "mailto:li@example.com");
    assertThat(browser.get("/audit?object=app%20made-here").asString())
        .contains("App created", "app.create", "li@example.com");
  }

  @Test
  @DisplayName("what is wrong stands at its field, what was typed stays, and nothing is made")
  void wrongFields() {
    browser.get(NEW);
    Response answer =
        browser.post(NEW, Map.of("name", "Not A Slug", "title", "Kept", "ownerEmail", "nobody"));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.asString())
        .containsPattern("name=\"name\"[^>]*>(?s:.{0,500})class=\"problem\"")
        .containsPattern("name=\"ownerEmail\"[^>]*>(?s:.{0,100})class=\"problem\"")
        .contains("value=\"Not A Slug\"", "value=\"Kept\"");

    assertThat(browser.post(NEW, Map.of("name", "shop", "title", "Mine")).asString())
        .contains("There is an app of this name.", "value=\"Mine\"");
    assertThat(app("shop").title()).isNotEqualTo("Mine");
  }

  @Test
  @DisplayName(
      "GO10: a stale save of an app changes nothing and shows all three versions; saving again is a choice")
  void staleSave() {
    create("contested-app");
    Map<String, String> mine = editOf("contested-app", "title", "Mine");
    Map<String, String> theirs = editOf("contested-app", "title", "Theirs", "ownerName", "Wang");
    assertThat(browser.post("/apps/contested-app/edit", theirs).statusCode()).isEqualTo(303);

    Response stale = browser.post("/apps/contested-app/edit", mine);

    assertThat(stale.statusCode()).isEqualTo(422);
    assertThat(stale.asString())
        .contains("Somebody else saved this app first", ">Theirs<", ">Wang<", "value=\"Mine\"")
        .contains("both", "name=\"baseTitle\" value=\"Theirs\"");
    assertThat(app("contested-app").title()).isEqualTo("Theirs");
    mine.put("baseTitle", "Theirs");
    mine.put("baseOwnerName", "Wang");
    assertThat(browser.post("/apps/contested-app/edit", mine).statusCode()).isEqualTo(303);
    assertThat(app("contested-app").title()).isEqualTo("Mine");
  }

  @Test
  @DisplayName("GO8: an app that a source owns is changed and removed by hand only knowingly")
  void owned() {
    create("owned-app");
    database.run(
        tx ->
            tx.update(
                "UPDATE app SET source = 'infra', applied_spec = '{\"title\": \"Title\"}'"
                    + " WHERE name = 'owned-app'"));
    Map<String, String> form = editOf("owned-app", "title", "By hand");

    Response refused = browser.post("/apps/owned-app/edit", form);

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.asString()).contains("Source infra owns this app.", "value=\"By hand\"");
    browser.post("/apps/owned-app/remove", Map.of());
    assertThat(browser.get("/apps/owned-app").asString())
        .contains("Nothing was done: Git owns this app or jobs of it (source infra).");
    form.put("override", "true");
    assertThat(browser.post("/apps/owned-app/edit", form).statusCode()).isEqualTo(303);
    assertThat(app("owned-app").title()).isEqualTo("By hand");
  }

  @Test
  @DisplayName("an app goes once nothing depends on it; the page says what keeps it")
  void removes() {
    create("gone-app");
    browser.get("/apps/gone-app");
    assertThat(browser.post("/apps/gone-app/remove", Map.of()).statusCode()).isEqualTo(303);
    assertThat(apps.find("gone-app")).isEmpty();
    assertThat(browser.get("/apps").asString()).contains("App gone-app is removed.");

    browser.post("/apps/shop/remove", Map.of());
    assertThat(browser.get("/apps/shop").asString())
        .contains("App shop was not removed: it has nodes online.");
    assertThat(apps.find("shop")).isPresent();
  }

  @Test
  @DisplayName("an app in use tells what goes with it; it goes once its name is typed")
  void removesByForce() {
    jobs("forced-app");
    String page = browser.get("/apps/forced-app").asString();
    assertThat(page)
        .contains("Removing it by force takes with it:", "<li>1 job</li>", "Type forced-app")
        .contains("action=\"/apps/forced-app/remove-all\"")
        .doesNotContain("action=\"/apps/forced-app/remove\"", "run under way", "name=\"kill\"");

    browser.post("/apps/forced-app/remove-all", Map.of("typed", "forced"));
    assertThat(browser.get("/apps/forced-app").asString())
        .contains("App forced-app was not removed: type its name to confirm.");
    assertThat(apps.find("forced-app")).isPresent();

    browser.post("/apps/forced-app/remove-all", Map.of("typed", "forced-app"));
    assertThat(browser.get("/apps").asString()).contains("App forced-app is removed.");
    assertThat(apps.find("forced-app")).isEmpty();
    assertThat(browser.get("/audit?object=app%20forced-app").asString()).contains("app.remove");
  }

  @Test
  @DisplayName("runs under way and sources are asked about by the page, and kept without an answer")
  void forceAsks() {
    jobs("asked-app");
    database.run(
        tx -> {
          tx.update(
              "UPDATE job SET source = 'infra' WHERE app_id ="
                  + " (SELECT id FROM app WHERE name = 'asked-app')");
          tx.update(
              "INSERT INTO run (id, nominal_at, job_uid, app_id, revision, trigger, state, node_id)"
                  + " SELECT nextval('run_id'), now(), uid, app_id, 1, 'SCHEDULE', 'RUNNING', 'gone'"
                  + " FROM job WHERE app_id = (SELECT id FROM app WHERE name = 'asked-app')");
        });

    assertThat(Browser.signedIn("zh-CN").get("/apps/asked-app").asString())
        .contains("强制删除将一并移除", "1 个任务", "1 条运行中的调度记录", "来源 infra 管理该应用");
    browser.get("/apps/asked-app");
    Map<String, String> typed = new HashMap<>(Map.of("typed", "asked-app"));
    browser.post("/apps/asked-app/remove-all", typed);
    assertThat(browser.get("/apps/asked-app").asString())
        .contains("Nothing was done: Git owns this app or jobs of it (source infra).");
    typed.put("override", "true");
    browser.post("/apps/asked-app/remove-all", typed);
    assertThat(browser.get("/apps/asked-app").asString())
        .contains("App asked-app was not removed: it has runs under way.");
    typed.put("kill", "true");
    browser.post("/apps/asked-app/remove-all", typed);
    assertThat(apps.find("asked-app")).isEmpty();
  }

  /** An app with one job. */
  private void jobs(String app) {
    create(app);
    database.run(
        tx ->
            tx.update(
                """
                WITH made AS (
                  INSERT INTO job (app_id, name, title, labels, handler, schedule_kind,
                    schedule_text, time_zone, owner_name, owner_email, spec, revision, enabled,
                    anchor_at, updated_by)
                  SELECT a.id, 'only', '', '{}', 'work', 'none', '', '', '', '',
                    '{"handler": "work", "schedule": "none"}', 1, true, now(), 'test'
                  FROM app a WHERE a.name = ? RETURNING uid, spec)
                INSERT INTO job_revision (job_uid, revision, spec, labels, author, via)
                SELECT uid, 1, spec, '{}', 'test', 'console' FROM made""",
                app));
  }

  @Test
  @DisplayName(
      "a node that is gone is forgotten, one that is online is not, nor that of another app")
  void forgets() {
    database.run(
        tx ->
            tx.update(
                "INSERT INTO node (id, app_id, address, sdk_version, app_version, handlers, slots,"
                    + " state, lease_until) SELECT 'gone-1', id, 'a:1', '1', '1', ARRAY['x'], 4,"
                    + " 'OFFLINE', now() FROM app WHERE name = 'shop' ON CONFLICT DO NOTHING"));
    create("other-app");

    assertThat(browser.post("/apps/other-app/forget", Map.of("node", "gone-1")).statusCode())
        .isEqualTo(404);
    browser.post("/apps/shop/forget", Map.of("node", "gone-1"));
    assertThat(browser.get("/apps/shop").asString())
        .contains("Node gone-1 is forgotten.")
        .doesNotContain("id=\"gone-1\"");
    browser.post("/apps/shop/forget", Map.of("node", "node-1"));
    assertThat(browser.get("/apps/shop").asString()).contains("Node node-1 was not forgotten");
  }

  @Test
  @DisplayName("a node without a free slot is called full, in the list of apps and on its page")
  void full() {
    create("busy-app");
    database.run(
        tx ->
            tx.update(
                "INSERT INTO node (id, app_id, address, sdk_version, app_version, handlers, slots,"
                    + " busy_slots, state, lease_until) SELECT 'busy-1', id, 'a:1', '1', '1',"
                    + " ARRAY['x'], 4, 4, 'ONLINE', now() + interval '1 h' FROM app"
                    + " WHERE name = 'busy-app' ON CONFLICT DO NOTHING"));

    try {
      assertThat(browser.get("/apps").asString()).contains("1 full", "4 of 4 busy");
      assertThat(browser.get("/apps/busy-app").asString()).contains("Full", "4 of 4 busy");
    } finally {
      // Other tests count the nodes that are online.
      database.run(tx -> tx.update("DELETE FROM node WHERE id = 'busy-1'"));
    }
  }

  @Test
  @DisplayName("the preview shows the manifest of the app, or what is wrong with it")
  void preview() {
    browser.get(NEW);
    assertThat(browser.post("/apps/-/preview", Map.of("name", "seen")).asString())
        .contains("kind: App", "name: seen");
    assertThat(browser.post("/apps/-/preview", Map.of("name", "Not A Slug")).asString())
        .contains("problem")
        .doesNotContain("kind: App");
  }
}
