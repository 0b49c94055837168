package io.oasis.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.it.harness.Checkout;
import io.oasis.it.harness.Cli;
import io.oasis.it.harness.Platform;
import io.oasis.it.harness.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What docs/story.md tells and what the CI files of docs/gitops.md do, done. */
class GitOpsIT {
  private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w+)\n(.*?)\n```\n");
  private static final Pattern EXIT_CODE = Pattern.compile("# exit code (\\d+)$");
  private static final Pattern GITHUB_STEP =
      Pattern.compile("- name: (.+)\n +run: (?:\\|\n((?: {10}.*\n)+)|(.+))");
  private static final Pattern GITLAB_JOB =
      Pattern.compile("(?m)^(\\w+):\n(?:  .*\n)*?  script:\n((?:    - .*\n?)+)");
  private static final String JOBS =
      """
      apiVersion: oasis/v1
      kind: App
      metadata: {name: %1$s}
      ---
      apiVersion: oasis/v1
      kind: Job
      metadata: {app: %1$s, name: a}
      spec: {handler: h, timeout: 10m, schedule: {cron: "0 2 * * *"}}
      """;

  private static Platform platform;

  @BeforeAll
  static void start() {
    platform = Platform.start(GitOpsIT.class);
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  private static List<String> blocks(String page, String language) throws IOException {
    return BLOCK
        .matcher(Files.readString(Checkout.path("docs/" + page)))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2) + "\n")
        .toList();
  }

  private static Path folder(String name) throws IOException {
    return Files.createDirectories(platform.folder().resolve(name));
  }

  private static String token(String role) {
    return platform.cli().call("token", "create", role, "--role", role).ok().out().strip();
  }

  private static Script script(Path folder, Map<String, String> more) {
    var environment = new LinkedHashMap<>(more);
    environment.put("OASIS_SERVER", platform.server().address());
    return new Script(folder, environment);
  }

  @Test
  @DisplayName(
      "GO7, GO8, GO9: a crontab is imported, linted, applied, edited, found to drift and pruned")
  void story() throws IOException {
    var shell = script(folder("story"), Map.of("OASIS_TOKEN", token("editor")));
    var said = new LinkedHashMap<String, Cli.Result>();

    for (var block : blocks("story.md", "sh")) {
      for (var command : commands(block)) {
        var result = shell.run(command);
        assertThat(result.exit()).as(result.toString()).isEqualTo(expectedExit(command));
        said.put(command.replaceFirst(" +#.*", ""), result);
      }
    }

    assertThat(said.get("oasis apply -R -f jobs/ --source ops --commit 3f2a91c").out())
        .contains("unchanged")
        .doesNotContain("created");
    assertThat(said.get("oasis plan -R -f jobs/ --source ops --exit-code").out())
        .contains("30 2 * * *", "0 1 * * *", "−7 at 02:30  +7 at 01:00");
    assertThat(said.get("oasis drift --source ops").all()).doesNotContain("nightly/report");
    assertThat(said.get("oasis diff nightly/report@1").out()).contains("0 3 * * *", "0 5 * * *");
    assertThat(said.get("oasis plan -R -f jobs/ --source ops --prune").out())
        .contains("- nightly/poll", "1 to prune");
  }

  /** The lines of a block; one that makes a file of what follows is a single command. */
  private static List<String> commands(String block) {
    return block.contains("<<") ? List.of(block) : block.lines().toList();
  }

  private static int expectedExit(String command) {
    var expected = EXIT_CODE.matcher(command);
    return expected.find() ? Integer.parseInt(expected.group(1)) : 0;
  }

  @Test
  @DisplayName("GO5, GO12: the steps of the GitHub workflow lint, plan, apply and find drift")
  void github() throws IOException {
    var steps = new LinkedHashMap<String, String>();
    GITHUB_STEP
        .matcher(blocks("gitops.md", "yaml").get(0))
        .results()
        .forEach(s -> steps.put(s.group(1), s.group(2) == null ? s.group(3) : s.group(2)));
    assertThat(steps.keySet())
        .containsExactly("Install oasis", "Lint", "Plan", "Show the plan", "Apply", "Drift");

    var folder = folder("github");
    Files.writeString(
        Files.createDirectories(folder.resolve("jobs")).resolve("a.yaml"), jobs("gh"));
    var runner =
        Map.of(
            "GITHUB_STEP_SUMMARY", folder.resolve("summary.md").toString(),
            "GITHUB_SHA", "3f2a91c0000000000000000000000000000000aa",
            "GITHUB_ACTOR", "li");
    var check = script(folder, with(runner, "viewer"));
    var main = script(folder, with(runner, "editor"));

    ok(check, steps.get("Lint"));
    assertThat(ok(check, steps.get("Plan")).out()).contains("+ gh/a");
    ok(check, steps.get("Show the plan"));
    assertThat(folder.resolve("summary.md")).content().contains("+ gh/a");
    assertThat(check.run(steps.get("Apply")).exit()).isEqualTo(4);
    assertThat(ok(main, steps.get("Apply")).out()).contains("created");
    assertThat(ok(main, steps.get("Apply")).out()).contains("Nothing to do");
    assertThat(platform.cli().call("history", "gh/a", "-o", "wide").ok().out())
        .contains("li", "infra@3f2a91c");
    platform.cli().call("disable", "gh/a", "--reason", "by hand").ok();
    assertThat(check.run(steps.get("Drift")).exit()).isEqualTo(6);

    Files.writeString(folder.resolve("jobs/a.yaml"), jobs("gh").replace("handler", "handlr"));
    var wrong = check.run(steps.get("Lint"));
    assertThat(wrong.exit()).isEqualTo(2);
    assertThat(wrong.all()).contains("::error file=jobs/a.yaml,line=8");
  }

  @Test
  @DisplayName("GO5, GO12: the jobs of the GitLab file lint, plan, apply and find drift")
  void gitlab() throws IOException {
    var jobs = new LinkedHashMap<String, String>();
    GITLAB_JOB
        .matcher(blocks("gitops.md", "yaml").get(1))
        .results()
        .forEach(j -> jobs.put(j.group(1), j.group(2).replaceAll("(?m)^    - ", "")));
    assertThat(jobs.keySet()).containsExactly("check", "apply", "drift");

    var folder = folder("gitlab");
    Files.writeString(
        Files.createDirectories(folder.resolve("jobs")).resolve("a.yaml"), jobs("gl"));
    var runner =
        script(
            folder,
            Map.of(
                "OASIS_PLAN_TOKEN",
                token("viewer"),
                "OASIS_APPLY_TOKEN",
                token("editor"),
                "CI_COMMIT_SHA",
                "3f2a91c0000000000000000000000000000000aa",
                "CI_COMMIT_AUTHOR",
                "Li <li@example.com>"));
    // A source of its own, so that the other test's objects are not pruned.
    jobs.replaceAll((name, steps) -> steps.replace("--source infra", "--source gitlab"));

    assertThat(ok(runner, jobs.get("check")).out()).contains("+ gl/a");
    assertThat(ok(runner, jobs.get("apply")).out()).contains("created");
    assertThat(ok(runner, jobs.get("apply")).out()).contains("Nothing to do");
    ok(runner, jobs.get("drift"));
  }

  private static String jobs(String app) {
    return JOBS.formatted(app);
  }

  private static Map<String, String> with(Map<String, String> environment, String role) {
    var more = new LinkedHashMap<>(environment);
    more.put("OASIS_TOKEN", token(role));
    return more;
  }

  private static Cli.Result ok(Script script, String command) {
    return script.run(command).ok();
  }
}
