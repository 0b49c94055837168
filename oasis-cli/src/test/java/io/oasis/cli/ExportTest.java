package io.oasis.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

class ExportTest {
  @TempDir Path folder;
  private FakeServer server;
  private TestShell shell;

  @BeforeEach
  void start() {
    server = new FakeServer();
    server.on(
        "GET /manifests",
        200,
        """
        {"items": [{"kind": "app", "app": "a", "key": "a", "yaml": "kind: App\\n"},
                   {"kind": "job", "app": "a", "key": "a/x", "state": "off", "yaml": "kind: Job\\n"}],
         "nextCursor": "a/x"}
        """);
    server.on(
        "GET /manifests",
        200,
        """
        {"items": [{"kind": "job", "app": "a", "key": "a/y", "state": "done", "yaml": "name: y\\n"}],
         "nextCursor": null}
        """);
    shell = new TestShell(folder, server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @DisplayName("export prints documents page by page, and says what a manifest cannot carry")
  void standardOutput() {
    TestShell.Result result = shell.call("export", "-a", "a", "-l", "team=x");

    assertThat(result.out()).isEqualTo("kind: App\n---\nkind: Job\n---\nname: y\n");
    assertThat(result.err())
        .contains("exported 1 app, 2 jobs")
        .contains("1 job is switched off by hand")
        .contains("1 job has no time left");
    assertThat(server.asked().get(0)).contains("app=a").contains("selector=team%3Dx");
    assertThat(server.asked().get(1)).contains("cursor=a%2Fx");
  }

  @Test
  @DisplayName("export into a folder writes one file for each app, and replaces none unasked")
  void intoFolder() throws IOException {
    String target = folder.resolve("jobs").toString();

    TestShell.Result first = shell.call("export", "-o", target);
    TestShell.Result second = shell.call("export", "-o", target);

    assertThat(first.out()).isEqualTo(target + "/a.yaml\n");
    assertThat(Files.readString(Path.of(target, "a.yaml"))).startsWith("kind: App\n---\n");
    assertThat(second.exit()).isEqualTo(2);
    assertThat(second.err()).contains("--force").hasLineCount(1);
    assertThat(shell.call("export", "-o", target, "--force").exit()).isZero();
  }

  @Test
  @DisplayName("an app whose name is a path writes nothing outside of the folder")
  void hostileName() {
    try (FakeServer hostile = new FakeServer()) {
      hostile.on(
          "GET /manifests",
          200,
          "{\"items\": [{\"kind\": \"app\", \"app\": \"../x\", \"key\": \"x\", \"yaml\": \"\"}]}");

      TestShell.Result result =
          new TestShell(folder, hostile).call("export", "-o", folder.resolve("in").toString());

      assertThat(result.exit()).isEqualTo(1);
      assertThat(folder.resolve("x.yaml")).doesNotExist();
    }
  }
}
