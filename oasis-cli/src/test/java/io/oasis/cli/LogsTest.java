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

class LogsTest {
  private static final String LOG = "GET /runs/7/log";
  private static final String END =
      "{\"lines\":[],\"nextCursor\":\"1.0.4\",\"final\":true,\"complete\":true,\"missing\":0}";

  @TempDir Path folder;

  private FakeServer server;
  private TestShell shell;

  @BeforeEach
  void start() {
    server = new FakeServer();
    server.on("GET /runs/7", 200, run("SUCCEEDED", true));
    shell = new TestShell(folder, server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String run(String state, boolean ended) {
    return """
    {"id":7,"job":"a/b","state":"%s","final":%s,"durationMs":4000,"attempt":1,"maxAttempts":1}
    """
        .formatted(state, ended);
  }

  private static String line(int attempt, int member, int seq, String text) {
    return """
    {"seq":%d,"attempt":%d,"member":%d,"at":"2026-11-22T03:48:0%d.412Z","stream":"STDOUT","text":"%s"}
    """
        .formatted(seq, attempt, member, seq % 10, text);
  }

  private static String page(String cursor, boolean ended, String... lines) {
    return "{\"lines\":[%s],\"nextCursor\":\"%s\",\"final\":%s,\"complete\":%s,\"missing\":0}"
        .formatted(String.join(",", lines), cursor, ended, ended);
  }

  @Test
  @DisplayName("LG1: lines are printed in order, with their time in the viewer's zone")
  void linesInOrder() {
    server.on(LOG, 200, page("1.0.2", true, line(1, 0, 1, "one"), line(1, 0, 2, "two")));
    server.on(LOG, 200, END);

    TestShell.Result result = shell.call("logs", "7");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualTo("11:48:01.412  one\n11:48:02.412  two\n");
    assertThat(server.asked().get(1)).contains("cursor=1.0.2");
  }

  @Test
  @DisplayName(
      "LG3: logs -f cut in the middle of an answer goes on without a line twice or missing")
  void followResumes() {
    server.on(LOG, 200, page("1.0.2", false, line(1, 0, 1, "one"), line(1, 0, 2, "two")));
    server.cut(LOG, "{\"lines\":[" + line(1, 0, 3, "three"));
    server.onText(LOG, 503, "text/html", "starting");
    server.on(LOG, 200, page("1.0.3", false, line(1, 0, 2, "two"), line(1, 0, 3, "three")));
    server.on(LOG, 200, page("1.0.4", true, line(1, 0, 4, "four")));
    server.on(LOG, 200, END);

    TestShell.Result result = shell.call("logs", "7", "-f");

    assertThat(result.exit()).isZero();
    assertThat(result.out().lines().map(l -> l.substring(14)))
        .containsExactly("one", "two", "three", "four");
    assertThat(result.err())
        .contains("connection lost, trying again")
        .contains("going on")
        .contains("run 7  ✓ SUCCEEDED in 4 s");
    assertThat(server.asked().stream().filter(q -> q.contains("cursor=1.0.2"))).hasSize(3);
  }

  @Test
  @DisplayName("LG3: --since-seq starts after that line")
  void sinceSeq() {
    server.on(LOG, 200, page("2.0.6", true, line(2, 0, 5, "five"), line(2, 0, 6, "six")));
    server.on(LOG, 200, END);

    TestShell.Result result = shell.call("logs", "7", "--attempt", "2", "--since-seq", "5");

    assertThat(server.asked().get(0)).contains("cursor=2.0.5").contains("attempt=2");
    assertThat(result.out()).contains("six").doesNotContain("five");
  }

  @Test
  @DisplayName("LG3: a line of one member is not taken for a double of another's")
  void membersAreApart() {
    server.on(LOG, 200, page("x", false, line(1, 0, 1, "m0"), line(1, 1, 1, "m1")));
    server.on(LOG, 200, page("y", true, line(1, 0, 2, "m0 again"), line(2, 0, 1, "retried")));
    server.on(LOG, 200, END);

    TestShell.Result result = shell.call("logs", "7", "-f");

    assertThat(result.out().lines().map(l -> l.substring(14)))
        .containsExactly("m0", "member 1  m1", "m0 again", "attempt 2  retried");
  }

  @Test
  @DisplayName("LG2: what stayed missing at the end is said")
  void missingLines() {
    server.on(LOG, 200, END.replace("\"missing\":0", "\"missing\":3"));

    assertThat(shell.call("logs", "7").err()).contains("log incomplete: 3 lines missing");
    assertThat(shell.call("logs", "7", "-f").err()).contains("log incomplete: 3 lines missing");
  }

  @Test
  @DisplayName("the log of a job is that of its newest run")
  void logOfJob() {
    server.on(
        "GET /runs", 200, "{\"items\":[%s],\"nextCursor\":null}".formatted(run("FAILED", true)));
    server.on(LOG, 200, page("1.0.1", true, line(1, 0, 1, "one")));
    server.on(LOG, 200, END);

    TestShell.Result result = shell.call("logs", "a/b");

    assertThat(server.asked().get(0)).contains("job=a%2Fb").contains("limit=1");
    assertThat(result.out()).contains("one");
    assertThat(result.err()).contains("run 7  ✗ FAILED");
  }

  @Test
  @DisplayName("a job that has not run is one line and exit code 1")
  void jobWithoutRuns() {
    server.on("GET /runs", 200, "{\"items\":[],\"nextCursor\":null}");

    TestShell.Result result = shell.call("logs", "a/b");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).isEqualTo("oasis: a/b has not run yet\n");
  }

  @Test
  @DisplayName("-o json gives one object a line")
  void jsonLines() {
    server.on(LOG, 200, page("1.0.1", true, line(1, 0, 1, "one")));
    server.on(LOG, 200, END);

    TestShell.Result result = shell.call("logs", "7", "-o", "json");

    assertThat(result.out()).startsWith("{\"seq\":1,").hasLineCount(1);
  }

  @Test
  @DisplayName("a server that is not there at the first question is told at once")
  void unreachableAtFirst() {
    server.close();

    TestShell.Result result = shell.call("logs", "7", "-f");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("cannot reach").hasLineCount(1);
  }
}
