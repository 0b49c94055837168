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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunTest {
  private static final String LINE =
      """
      {"seq":1,"attempt":1,"member":0,"at":"2026-11-22T03:48:01.412Z","stream":"STDOUT","text":"settling"}
      """;

  @TempDir Path folder;

  private FakeServer server;
  private TestShell shell;

  @BeforeEach
  void start() {
    server = new FakeServer();
    server.on("POST /jobs/a/b/runs", 201, run("QUEUED"));
    shell = new TestShell(folder, server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String run(String state) {
    boolean open = state.equals("QUEUED") || state.equals("RUNNING");
    return """
    {"id":7,"job":"a/b","state":"%s","final":%s,"durationMs":%s,"attempt":1,"maxAttempts":1}
    """
        .formatted(state, !open, open ? "null" : "4000");
  }

  @Test
  @DisplayName(
      "GO12: run --wait of a run that succeeds is exit code 0, its line on standard output")
  void waitSucceeds() {
    server.on("GET /runs/7", 200, run("RUNNING"));
    server.on("GET /runs/7", 200, run("SUCCEEDED"));

    TestShell.Result result = shell.call("run", "a/b", "--param", "date=2026-11-21", "--wait");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualTo("run 7  ✓ SUCCEEDED in 4 s\n");
    assertThat(result.err()).isEqualTo("run 7  ● RUNNING\n");
    assertThat(server.requests().get(0).json().path("params").path("date").asText())
        .isEqualTo("2026-11-21");
  }

  @ParameterizedTest(name = "GO12: run --wait of a run that ends {0} is exit code 5")
  @ValueSource(strings = {"FAILED", "TIMED_OUT", "LOST", "KILLED", "CANCELLED", "SKIPPED"})
  void waitFails(String state) {
    server.on(
        "GET /runs/7",
        200,
        run(state).replace("\"attempt\"", "\"message\":\"exit status 3\",\"attempt\""));

    TestShell.Result result = shell.call("run", "a/b", "--wait");

    assertThat(result.exit()).isEqualTo(5);
    assertThat(result.out()).contains(state + " in 4 s: exit status 3\n");
  }

  @Test
  @DisplayName(
      "GO12: run --wait that takes too long is exit code 124 and says that the run goes on")
  void waitTimesOut() {
    server.on("GET /runs/7", 200, run("RUNNING"));

    TestShell.Result result = shell.call("run", "a/b", "--wait", "--timeout", "10m");

    assertThat(result.exit()).isEqualTo(124);
    assertThat(result.err())
        .contains("run 7 is still RUNNING after 10 m; it goes on, see it with: oasis logs 7 -f");
  }

  @Test
  @DisplayName("GO12: run --logs of a run that never stops talking ends in time as well")
  void talkativeRunTimesOut() {
    server.on("GET /runs/7", 200, run("RUNNING"));
    for (int seq = 1; seq < 4; seq++) {
      String line = LINE.replace("\"seq\":1", "\"seq\":" + seq);
      server.on("GET /runs/7/log", 200, "{\"lines\":[" + line + "],\"final\":false}");
    }

    TestShell.Result result = shell.call("run", "a/b", "--logs", "--timeout", "0s");

    assertThat(result.exit()).isEqualTo(124);
    assertThat(result.out()).hasLineCount(1);
  }

  @Test
  @DisplayName("GO12: run --logs that takes too long is exit code 124 as well")
  void logsTimeOut() {
    server.on("GET /runs/7", 200, run("RUNNING"));
    server.on("GET /runs/7/log", 200, "{\"lines\":[],\"final\":false,\"complete\":false}");

    TestShell.Result result = shell.call("run", "a/b", "--logs", "--timeout", "0s");

    assertThat(result.exit()).isEqualTo(124);
  }

  @Test
  @DisplayName("run --wait survives a server that is away for a while")
  void waitSurvivesRestart() {
    server.on("GET /runs/7", 200, run("RUNNING"));
    server.cut("GET /runs/7", "{");
    server.refuse("GET /runs/7", 500, "internal", "stopping");
    server.refuse("GET /runs/7", 503, "unavailable", "starting");
    server.on("GET /runs/7", 200, run("SUCCEEDED"));

    TestShell.Result result = shell.call("run", "a/b", "--wait");

    assertThat(result.exit()).isZero();
    assertThat(result.err()).contains("connection lost, trying again").contains("going on");
  }

  @Test
  @DisplayName("run --wait gives up on a server that stays away")
  void waitGivesUp() {
    server.on("GET /runs/7", 200, run("RUNNING"));
    server.refuse("GET /runs/7", 503, "unavailable", "the database is away");

    TestShell.Result result = shell.call("run", "a/b", "--wait");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("oasis: the database is away");
  }

  @Test
  @DisplayName("run --logs prints the log on standard output and the run's line on standard error")
  void waitWithLogs() {
    server.on("GET /runs/7", 200, run("RUNNING"));
    server.on("GET /runs/7", 200, run("SUCCEEDED"));
    server.on(
        "GET /runs/7/log",
        200,
        "{\"lines\":[" + LINE + "],\"nextCursor\":\"1.0.1\",\"final\":false}");
    server.on(
        "GET /runs/7/log", 200, "{\"lines\":[],\"final\":true,\"complete\":true,\"missing\":0}");

    TestShell.Result result = shell.call("run", "a/b", "--logs");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualTo("11:48:01.412  settling\n");
    assertThat(result.err()).isEqualTo("run 7  ● RUNNING\nrun 7  ✓ SUCCEEDED in 4 s\n");
  }

  @Test
  @DisplayName("LG10: run without --wait prints the run, and hands its idempotency key over")
  void runWithoutWait() {
    TestShell.Result result = shell.call("run", "a/b", "--idempotency-key", "k1", "-o", "name");

    assertThat(result.out()).isEqualTo("7\n");
    assertThat(server.requests().get(0).json().path("idempotencyKey").asText()).isEqualTo("k1");
  }

  @Test
  @DisplayName("GO12: a parameter without a value is told in one sentence, exit code 2")
  void parameterWithoutValue() {
    TestShell.Result result = shell.call("run", "a/b", "--param", "date");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .contains("option '--param' (KEY=VALUE)")
        .doesNotContain("option option")
        .hasLineCount(1);
  }

  @Test
  @DisplayName("LG10: rerun sends its idempotency key")
  void rerunWithKey() {
    server.on("POST /runs/7/rerun", 200, run("QUEUED"));

    TestShell.Result result = shell.call("rerun", "7", "--idempotency-key", "k", "-o", "name");

    assertThat(result.exit()).isZero();
    assertThat(server.requests().get(0).json().path("idempotencyKey").asText()).isEqualTo("k");
  }
}
