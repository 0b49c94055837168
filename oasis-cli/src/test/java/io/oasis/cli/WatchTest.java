package io.oasis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.cli.harness.FakeServer;
import io.oasis.cli.harness.TestShell;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
  @TempDir Path folder;
  private FakeServer server;
  private TestShell shell;

  @BeforeEach
  void start() {
    server = new FakeServer();
    server.on("GET /runs", 200, runs("RUNNING"));
    server.on("GET /runs", 200, runs("RUNNING"));
    server.on("GET /runs", 200, runs("SUCCEEDED"));
    shell = new TestShell(folder, server).interruptedAfter(4);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String runs(String state) {
    return """
    {"items": [{"id": 2, "job": "a/x", "state": "%s"}, {"id": 1, "job": "a/y", "state": "FAILED"}]}
    """
        .formatted(state);
  }

  @Test
  @DisplayName("a piped watch prints all once, then a line for each change, and ends quietly")
  void piped() {
    TestShell.Result result = shell.call("runs", "--watch");

    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out().lines().map(l -> l.split(" ", 2)[0]))
        .containsExactly("RUN", "2", "1", "2");
    assertThat(result.out().lines().skip(3)).first().asString().contains("SUCCEEDED");
  }

  @Test
  @DisplayName("a piped watch as JSON is one object a line")
  void json() {
    TestShell.Result result = shell.call("get", "runs", "-w", "-o", "json");

    assertThat(result.out().lines()).hasSize(3).allSatisfy(l -> assertThat(l).startsWith("{"));
  }

  @Test
  @DisplayName("on a terminal a watch draws the table anew in place")
  void terminal() {
    TestShell.Result result = shell.onTerminal().call("runs", "--watch");

    assertThat(result.out()).startsWith("\u001b[2J\u001b[HRUN");
    assertThat(result.out().split("\u001b\\[H", -1)).hasSize(5);
  }

  @Test
  @DisplayName("a lost connection is waited out")
  void lostConnection() {
    try (FakeServer shaky = new FakeServer()) {
      shaky.on("GET /runs", 200, runs("RUNNING"));
      shaky.cut("GET /runs", "{");
      shaky.on("GET /runs", 200, runs("LOST"));

      TestShell.Result result =
          new TestShell(folder, shaky).interruptedAfter(3).call("runs", "--watch");

      assertThat(result.err()).contains("connection lost, trying again").contains("going on");
      assertThat(result.out()).contains("LOST");
    }
  }

  @Test
  @DisplayName("GO12: an interval that is none is exit code 2")
  void interval() {
    assertThat(shell.call("runs", "-w", "--interval", "0s").exit()).isEqualTo(2);
  }
}
