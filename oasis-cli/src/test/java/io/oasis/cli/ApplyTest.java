package io.oasis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.cli.harness.FakeServer;
import io.oasis.cli.harness.Golden;
import io.oasis.cli.harness.TestShell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ApplyTest extends ShellWithServer {
  private static final String APP =
      """
      apiVersion: oasis/v1
      kind: App
      metadata: {name: billing}
      spec: {title: Billing}
      """;

  private String write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }

  private static String answer(String name) throws IOException {
    return Files.readString(Path.of("src", "test", "resources", "answers", name));
  }

  @Test
  @DisplayName("plan shows adds, changes field by field and prunes, in words")
  void plan() throws IOException {
    server.on("POST /plan", 200, answer("plan.json"));

    TestShell.Result result =
        shell.call(
            "plan", "-f", write("app.yaml", APP), "--source", "infra", "--commit", "3f2a91c");

    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
    Golden.assertMatches("golden/plan.txt", result.out());
    FakeServer.Request asked = server.requests().get(0);
    assertThat(asked.json().path("source").asText()).isEqualTo("infra");
    assertThat(asked.json().path("commit").asText()).isEqualTo("3f2a91c");
    assertThat(asked.json().path("files").get(0).path("content").asText()).isEqualTo(APP);
  }

  @Test
  @DisplayName("GO12: plan --exit-code is 6 when there are changes and 0 when there are none")
  void planExitCode() throws IOException {
    String file = write("app.yaml", APP);
    server.on("POST /plan", 200, answer("plan.json"));
    server.on("POST /plan", 200, answer("unchanged.json"));

    TestShell.Result changes = shell.call("plan", "-f", file, "--exit-code");
    TestShell.Result nothing = shell.call("plan", "-f", file, "--exit-code");

    assertThat(changes.exit()).isEqualTo(6);
    assertThat(nothing.exit()).isZero();
    assertThat(nothing.out()).isEqualTo("Plan: nothing to do, 2 unchanged.\n");
  }

  @Test
  @DisplayName("apply shows what became of each object")
  void apply() throws IOException {
    server.on("POST /apply", 200, answer("applied.json"));

    TestShell.Result result = shell.call("apply", "-f", write("app.yaml", APP));

    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
    Golden.assertMatches("golden/apply.txt", result.out());
  }

  @Test
  @DisplayName("GO5: apply of the same files again says unchanged and exits with 0")
  void applyAgain() throws IOException {
    server.on("POST /apply", 200, answer("unchanged.json"));

    TestShell.Result result = shell.call("apply", "-f", write("app.yaml", APP));

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            app billing                     unchanged
            job billing/nightly-settlement  unchanged
            Nothing to do (12 ms): 2 unchanged.
            """);
  }

  @Test
  @DisplayName("apply --dry-run asks for a dry run and says that nothing was written")
  void dryRun() throws IOException {
    server.on("POST /apply", 200, answer("applied.json"));

    TestShell.Result result = shell.call("apply", "-f", write("app.yaml", APP), "--dry-run");

    assertThat(server.requests().get(0).json().path("dryRun").asBoolean()).isTrue();
    assertThat(result.out())
        .contains("job billing/legacy-export       would be pruned")
        .contains("Dry run: 3 changes would be applied")
        .contains("Nothing was written");
  }

  @Test
  @DisplayName("GO12: a conflict with another owner is exit code 3")
  void conflict() throws IOException {
    server.refuse("POST /apply", 409, "conflict", "job a/b belongs to source infra");

    TestShell.Result result = shell.call("apply", "-f", write("app.yaml", APP));

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err()).isEqualTo("oasis: job a/b belongs to source infra\n");
  }

  @Test
  @DisplayName("GO6: every mistake of every file is one line, the exit code is 2, nothing is sent")
  void mistakes() throws IOException {
    write("jobs/good.yaml", APP);
    write(
        "jobs/bad.yaml",
        """
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: billing, name: a}
        spec:
          schedule: {cron: "0 61 2 * * ?"}
          handler: settle
          rountng: random
        """);
    write("jobs/empty.yml", "");
    String jobs = folder.resolve("jobs").toString();

    TestShell.Result result = shell.call("apply", "-f", jobs);

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .containsPattern("bad\\.yaml:5:\\d+ {2}spec\\.schedule\\.cron {2}.*61")
        .containsPattern("bad\\.yaml:7:\\d+ {2}spec\\.rountng {2}.*routing")
        .containsPattern("empty\\.yml.*empty")
        .endsWith("3 errors in 2 of 3 files\n");
    assertThat(server.requests()).isEmpty();
    assertThat(shell.call("lint", "-f", jobs).err()).isEqualTo(result.err());
    assertThat(shell.call("plan", "-f", jobs).exit()).isEqualTo(2);
  }

  @Test
  @DisplayName("lint of right files counts them, asks no server and exits with 0")
  void lint() throws IOException {
    TestShell.Result result = shell.call("lint", "-f", write("app.yaml", APP));

    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualTo("1 file, 1 manifest, no errors\n");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  @DisplayName("a binary file is one clear line and exit code 2")
  void binary() throws IOException {
    Path file = folder.resolve("binary.yaml");
    Files.write(file, new byte[] {0, 1, 2, (byte) 0xff, 10, 0});

    TestShell.Result result = shell.call("apply", "-f", file.toString());

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("binary.yaml").contains("binary").hasLineCount(2);
  }

  @Test
  @DisplayName("an endless input is refused after a few megabytes, with one clear line")
  void hugeInput() {
    CountingStream endless = new CountingStream();

    TestShell.Result result = shell.input(endless).call("apply", "-f", "-");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).containsPattern("too large|larger").hasLineCount(2);
    assertThat(endless.given).isLessThan(10L * 1024 * 1024);
  }

  @Test
  @DisplayName("more than 8 MB in all is refused before anything is sent")
  void tooMuchInAll() throws IOException {
    String filler = "# " + "x".repeat(1020) + "\n";
    for (String name : new String[] {"a", "b", "c"}) {
      write("many/" + name + ".yaml", APP + filler.repeat(3 * 1024));
    }

    TestShell.Result result = shell.call("apply", "-f", folder.resolve("many").toString());

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("c.yaml").contains("8 MB").hasLineCount(1);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  @DisplayName("a missing file and a folder without YAML are one line and exit code 2")
  void nothingToRead() throws IOException {
    Files.createDirectories(folder.resolve("none"));
    write("outer/inner/app.yaml", APP);

    TestShell.Result missing = shell.call("apply", "-f", folder.resolve("nowhere.yaml").toString());
    TestShell.Result none = shell.call("apply", "-f", folder.resolve("none").toString());
    TestShell.Result outer = shell.call("lint", "-f", folder.resolve("outer").toString());

    assertThat(missing.exit()).isEqualTo(2);
    assertThat(missing.err()).contains("nowhere.yaml: no such file").hasLineCount(1);
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).contains("no .yaml or .yml file").hasLineCount(1);
    assertThat(outer.err()).contains("add -R");
    assertThat(shell.call("lint", "-R", "-f", folder.resolve("outer").toString()).exit()).isZero();
  }

  @Test
  @DisplayName("standard input and files are applied together, each once")
  void standardInput() throws IOException {
    server.on("POST /apply", 200, answer("unchanged.json"));
    String file = write("app.yaml", APP.replace("billing", "other"));

    shell.input(APP).call("apply", "-f", "-", "-f", file, "-f", file);

    assertThat(server.requests().get(0).json().path("files")).hasSize(2);
    assertThat(server.requests().get(0).json().path("files").get(0).path("name").asText())
        .isEqualTo("-");
  }

  @Test
  @DisplayName("-o json and -o name give the plan to programs")
  void forPrograms() throws IOException {
    server.on("POST /apply", 200, answer("applied.json"));
    String file = write("app.yaml", APP);

    TestShell.Result json = shell.call("apply", "-f", file, "-o", "json");
    TestShell.Result name = shell.call("apply", "-f", file, "-o", "name");

    assertThat(json.out()).startsWith("{").contains("\"applied\" : true");
    assertThat(name.out())
        .isEqualTo(
            """
            job/billing/nightly-settlement
            job/billing/refund-sweep
            job/billing/legacy-export
            """);
  }

  /** Lines of comment without end. */
  private static final class CountingStream extends InputStream {
    private static final byte[] LINE = "# comment\n".getBytes(StandardCharsets.UTF_8);
    private long given;

    @Override
    public int read() {
      return LINE[(int) (given++ % LINE.length)];
    }
  }
}
