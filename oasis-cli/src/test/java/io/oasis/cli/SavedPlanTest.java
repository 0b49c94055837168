package io.oasis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oasis.cli.harness.FakeServer;
import io.oasis.cli.harness.TestShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedPlanTest {
  private static final String APP =
      """
      apiVersion: oasis/v1
      kind: App
      metadata: {name: billing}
      """;

  @TempDir Path folder;

  private FakeServer server;
  private TestShell shell;
  private String files;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
    shell = new TestShell(folder, server);
    files = Files.writeString(folder.resolve("app.yaml"), APP).toString();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String answer(String name) throws IOException {
    return Files.readString(Path.of("src", "test", "resources", "answers", name));
  }

  private TestShell.Result save(String... more) throws IOException {
    server.on("POST /plan", 200, answer("plan.json"));
    String[] words = {"plan", "-f", files, "--source", "infra", "--commit", "c1", "--prune"};
    String[] all = new String[words.length + more.length];
    System.arraycopy(words, 0, all, 0, words.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return shell.call(all);
  }

  @Test
  @DisplayName("a saved plan is readable, and applying it sends what it was made from")
  void saveAndApply() throws IOException {
    Path plan = folder.resolve("plan.json");
    TestShell.Result saved = save("--out", plan.toString());
    server.on("POST /apply", 200, answer("applied.json"));
    TestShell.Result applied = shell.call("apply", plan.toString(), "--yes", "1");

    assertThat(saved.exit()).isZero();
    assertThat(saved.err()).contains("oasis apply " + plan);
    JsonNode kept = new ObjectMapper().readTree(plan.toFile());
    assertThat(kept.path("oasisPlan").asInt()).isEqualTo(1);
    assertThat(kept.path("source").asText()).isEqualTo("infra");
    assertThat(kept.path("digest").asText()).isEqualTo("sha256:0d");
    assertThat(kept.path("steps")).hasSize(3);
    assertThat(kept.path("steps").get(0).path("base").asText()).isEqualTo("41.7.on.infra");
    assertThat(applied.exit()).isZero();
    JsonNode sent = server.requests().get(1).json();
    assertThat(sent.path("files").get(0).path("content").asText()).isEqualTo(APP);
    assertThat(sent.path("prune").asBoolean()).isTrue();
    assertThat(sent.path("yes").asInt()).isEqualTo(1);
    assertThat(sent.path("commit").asText()).isEqualTo("c1");
    assertThat(sent.path("expect").path("digest").asText()).isEqualTo("sha256:0d");
    assertThat(sent.path("expect").path("steps").get(0).toString())
        .isEqualTo(
            "{\"kind\":\"job\",\"key\":\"billing/nightly-settlement\",\"action\":\"change\","
                + "\"base\":\"41.7.on.infra\"}");
  }

  @Test
  @DisplayName("-o takes a format or a file: a word with a dot or a slash is a file")
  void outputOption() throws IOException {
    Path plan = folder.resolve("p.json");
    TestShell.Result file = save("-o", plan.toString());
    TestShell.Result json = save("-o", "json");
    TestShell.Result both = save("-o", "json", "--out", folder.resolve("q").toString());
    TestShell.Result neither = save("-o", "jsn");

    assertThat(file.out()).contains("Plan: 1 to add");
    assertThat(plan).exists();
    assertThat(json.out()).startsWith("{");
    assertThat(both.out()).startsWith("{");
    assertThat(folder.resolve("q")).exists();
    assertThat(neither.exit()).isEqualTo(2);
    assertThat(neither.err()).contains("-o jsn is no format", "--out jsn").hasLineCount(1);
  }

  @Test
  @DisplayName("a file that is no plan is neither overwritten nor applied")
  void otherFiles() throws IOException {
    TestShell.Result over = save("--out", files);
    TestShell.Result apply = shell.call("apply", files);
    TestShell.Result missing = shell.call("apply", folder.resolve("nowhere.json").toString());

    assertThat(over.exit()).isEqualTo(2);
    assertThat(over.err()).contains("is no saved plan");
    assertThat(Files.readString(folder.resolve("app.yaml"))).isEqualTo(APP);
    assertThat(apply.exit()).isEqualTo(2);
    assertThat(apply.err()).contains("not a saved plan", "-f " + files).hasLineCount(1);
    assertThat(missing.exit()).isEqualTo(2);
  }

  @Test
  @DisplayName("GO12: a stale plan is exit code 3 and names what moved and who moved it")
  void stale() throws IOException {
    Path plan = folder.resolve("plan.json");
    save("--out", plan.toString());
    server.onText(
        "POST /apply",
        409,
        "application/problem+json",
        """
        {"status":409,"code":"stale_plan","title":"The plan is stale","detail":"x",
         "hint":"make a new plan and look at it",
         "errors":[{"file":"job billing/a","line":0,"column":0,"path":"",
           "message":"has moved since the plan: job.change by wang at 2026-11-22T10:00:00Z"}]}
        """);

    TestShell.Result result = shell.call("apply", plan.toString());

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err())
        .isEqualTo(
            """
            job billing/a  has moved since the plan: job.change by wang at 2026-11-22T10:00:00Z
            oasis: the plan is stale, nothing was changed; make a new plan and look at it
            """);
  }

  @Test
  @DisplayName("a saved plan says by itself what to do: flags that say it again are refused")
  void contradictions() throws IOException {
    Path plan = folder.resolve("plan.json");
    save("--out", plan.toString());
    int asked = server.requests().size();

    assertThat(shell.call("apply", plan.toString(), "-f", files).exit()).isEqualTo(2);
    assertThat(shell.call("apply", plan.toString(), "--prune").exit()).isEqualTo(2);
    assertThat(shell.call("apply", plan.toString(), "--dry-run").exit()).isEqualTo(2);
    assertThat(shell.call("apply", "-f", files, "--prune").err()).contains("needs --source");
    assertThat(shell.call("apply", "-f", files, "--take-over").err()).contains("needs --source");
    assertThat(shell.call("apply", "-f", files, "--source", "x", "--override").exit()).isEqualTo(2);
    assertThat(server.requests()).hasSize(asked);
  }

  @Test
  @DisplayName("GO11: a plan whose files hold a plain secret is not saved")
  void secrets() throws IOException {
    Files.writeString(
        folder.resolve("app.yaml"),
        """
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: billing, name: a}
        spec: {handler: h, schedule: none, params: {password: hunter2}}
        """);
    Path plan = folder.resolve("plan.json");
    TestShell.Result result = save("--out", plan.toString());

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains("params.password", "{secretRef: NAME}")
        .doesNotContain("hunter2");
    assertThat(plan).doesNotExist();
  }

  @Test
  @DisplayName("GO7: --allow-empty lets a folder without a file stand for an empty set")
  void allowEmpty() throws IOException {
    Path none = Files.createDirectory(folder.resolve("none"));
    server.on("POST /apply", 200, answer("unchanged.json"));

    TestShell.Result refused =
        shell.call("apply", "-f", none.toString(), "--source", "infra", "--prune");
    TestShell.Result allowed =
        shell.call("apply", "-f", none.toString(), "--source", "infra", "--prune", "--allow-empty");

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(allowed.exit()).isZero();
    assertThat(server.requests().get(0).json().path("files")).isEmpty();
    assertThat(server.requests().get(0).json().path("allowEmpty").asBoolean()).isTrue();
  }

  @Test
  @DisplayName("commit, author and build come from GitHub Actions, GitLab CI or Jenkins")
  void surroundings() throws IOException {
    server.on("POST /apply", 200, answer("unchanged.json"));
    shell
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_SHA", "c-github")
        .env("GITHUB_ACTOR", "li")
        .env("GITHUB_REPOSITORY", "acme/jobs")
        .env("GITHUB_RUN_ID", "7");
    shell.call("apply", "-f", files);
    shell
        .env("GITHUB_ACTIONS", null)
        .env("GITLAB_CI", "true")
        .env("CI_COMMIT_SHA", "c-gitlab")
        .env("CI_COMMIT_AUTHOR", "Li <li@example.com>")
        .env("CI_JOB_URL", "https://gitlab/jobs/8");
    shell.call("apply", "-f", files, "--commit", "mine");
    shell
        .env("GITLAB_CI", null)
        .env("JENKINS_URL", "https://jenkins/")
        .env("GIT_COMMIT", "c-jenkins")
        .env("BUILD_URL", "https://jenkins/9");
    shell.call("apply", "-f", files);

    assertThat(server.requests())
        .extracting(
            r ->
                r.json().path("commit").asText()
                    + " "
                    + r.json().path("author").asText()
                    + " "
                    + r.json().path("ciRun").asText())
        .containsExactly(
            "c-github li https://github.com/acme/jobs/actions/runs/7",
            "mine Li <li@example.com> https://gitlab/jobs/8",
            "c-jenkins  https://jenkins/9");
  }

  @Test
  @DisplayName("--wait waits for what the apply set off, and exits with 5 when it did not succeed")
  void waits() throws IOException {
    server.on(
        "POST /apply",
        200,
        """
        {"applied":true,"at":"2026-11-22T03:48:00Z","summary":{"create":1},
         "steps":[{"kind":"job","key":"billing/once","action":"create","revision":1,
           "nextFireAt":"2026-11-22T03:48:00Z","fields":[]},
          {"kind":"job","key":"billing/later","action":"create","revision":1,
           "nextFireAt":"2026-11-22T04:48:00Z","fields":[]}]}
        """);
    String run =
        """
        {"items":[{"id":9,"job":"billing/once","trigger":"SCHEDULE","state":"%s","final":%s}]}
        """;
    server.on("GET /runs", 200, "{\"items\":[]}");
    server.on("GET /runs", 200, run.formatted("RUNNING", "false"));
    server.on("GET /runs", 200, run.formatted("FAILED", "true"));

    TestShell.Result result = shell.call("apply", "-f", files, "--wait");

    assertThat(result.exit()).isEqualTo(5);
    assertThat(result.err()).contains("billing/once").contains("FAILED");
    assertThat(server.asked()).filteredOn(line -> line.startsWith("GET /runs")).hasSize(3);
  }

  @Test
  @DisplayName("GO12: --timeout ends the wait with 124, and says that it was applied")
  void waitTimesOut() throws IOException {
    server.on("POST /apply", 200, answer("applied.json"));
    server.on("GET /runs/47990", 200, "{\"id\":47990,\"state\":\"RUNNING\",\"final\":false}");

    TestShell.Result result = shell.call("apply", "-f", files, "--timeout", "10s");

    assertThat(result.exit()).isEqualTo(124);
    assertThat(result.err()).contains("applied, but run 47990 is not over after 10 s");
  }
}
