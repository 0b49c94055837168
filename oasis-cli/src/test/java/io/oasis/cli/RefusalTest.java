package io.oasis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.cli.harness.FakeServer;
import io.oasis.cli.harness.TestShell;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest extends ShellWithServer {
  @Test
  @DisplayName("GO12: a server that cannot be reached is one line and exit code 1")
  void unreachable() throws IOException {
    String nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = "http://127.0.0.1:" + free.getLocalPort();
    }

    TestShell.Result result = shell.env("OASIS_SERVER", nobody).call("status");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            "oasis: cannot reach "
                + nobody
                + " (connection refused); is the server running? set --server or OASIS_SERVER\n");
    assertThat(result.out()).isEmpty();
  }

  @Test
  @DisplayName("GO12: a host that nobody knows is one line and exit code 1")
  void unknownHost() {
    TestShell.Result result = shell.env("OASIS_SERVER", "http://oasis.invalid").call("status");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("cannot reach http://oasis.invalid (").hasLineCount(1);
  }

  @Test
  @DisplayName("GO12: a flag before the command is told to stand after it")
  void flagBeforeCommand() {
    TestShell.Result result = shell.call("--server", "http://localhost:1", "status");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            "oasis: do not know what to do with \"--server\"; put it after the command"
                + " (see oasis --help)\n");
  }

  @Test
  @DisplayName("GO12: no token at all is exit code 4 and says how to log in")
  void noToken() {
    server.refuse("GET /status", 401, "unauthenticated", "no token");

    TestShell.Result result = shell.env("OASIS_TOKEN", null).call("status");

    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.err())
        .isEqualTo(
            "oasis: not logged in to %s; log in with: oasis login --server %s\n"
                .formatted(server.address(), server.address()));
  }

  @Test
  @DisplayName("GO12: a wrong token is exit code 4 and says where it came from")
  void wrongToken() {
    server.refuse("GET /status", 401, "unauthenticated", "unknown token");

    TestShell.Result result = shell.call("status");

    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.err())
        .contains("does not accept the token in OASIS_TOKEN")
        .contains("oasis login")
        .hasLineCount(1);
  }

  @Test
  @DisplayName("GO12: an expired token is exit code 4 and says that it has expired")
  void expiredToken() {
    server.refuse("GET /status", 401, "token_expired", "expired");

    TestShell.Result result = shell.call("status");

    assertThat(result.exit()).isEqualTo(4);
    assertThat(result.err()).contains("has expired").contains("oasis login").hasLineCount(1);
  }

  @ParameterizedTest(name = "GO12: HTTP {0} with code {1} is exit code {2}")
  @CsvSource({
    "400, invalid_request, 2",
    "403, forbidden, 4",
    "404, not_found, 1",
    "409, conflict, 3",
    "409, stale_plan, 3",
    "413, too_large, 2",
    "429, throttled, 1",
    "500, internal, 1",
    "503, unavailable, 1"
  })
  void problemsAreOneLine(int status, String code, int exit) {
    server.refuse("GET /status", status, code, "because of this");

    TestShell.Result result = shell.call("status");

    assertThat(result.exit()).isEqualTo(exit);
    assertThat(result.err()).startsWith("oasis: ").contains("because of this").hasLineCount(1);
  }

  @Test
  @DisplayName("GO12: a server that does not answer JSON is exit code 1 and called no Oasis server")
  void notAnOasisServer() {
    server.onText("GET /status", 200, "text/html", "<html>hello</html>");

    TestShell.Result result = shell.call("status");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err())
        .contains("not like an Oasis server (HTTP 200, text/html)")
        .hasLineCount(1);
  }

  @Test
  @DisplayName("GO12: JSON that breaks off, and a 404 page of another program, are exit code 1")
  void halfJsonAndForeign404() {
    server.on("GET /status", 200, "{\"version\":");
    server.onText("GET /me", 404, "text/plain", "nothing here");

    assertThat(shell.call("status").exit()).isEqualTo(1);
    assertThat(shell.call("whoami").err()).contains("not like an Oasis server").hasLineCount(1);
  }

  @Test
  @DisplayName("a stack trace is shown with --verbose and only then")
  void stackTraceOnlyWhenVerbose() {
    server.refuse("GET /status", 404, "not_found", "nothing");

    assertThat(shell.call("status").err()).doesNotContain("\tat ");
    assertThat(shell.call("status", "--verbose").err()).contains("\tat ");
  }

  @Test
  @DisplayName("GO6: every error that the server finds is one line, and the exit code is 2")
  void invalidManifests() {
    server.onText(
        "POST /jobs/a/b/runs",
        422,
        "application/problem+json",
        """
        {"status":422,"code":"invalid","title":"invalid","errors":[
          {"file":"a.yaml","line":3,"column":5,"path":"spec.x","message":"unknown field","hint":"remove it"},
          {"file":"b.yaml","line":1,"column":1,"path":"","message":"no kind","hint":null}]}
        """);

    TestShell.Result result = shell.call("run", "a/b");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err().lines())
        .containsExactly(
            "a.yaml:3:5  spec.x  unknown field; remove it",
            "b.yaml:1:1  no kind",
            "oasis: 2 errors, nothing was changed");
  }

  @Test
  @DisplayName("a token is sent to the server as a bearer, and --token beats OASIS_TOKEN")
  void flagBeatsEnvironment() {
    server.on("GET /me", 200, "{\"name\":\"ci\",\"role\":\"EDITOR\",\"kind\":\"API\"}");

    shell.call("whoami");
    shell.call("whoami", "--token", "oat_flag");

    assertThat(server.requests())
        .extracting(FakeServer.Request::token)
        .containsExactly("Bearer oat_test", "Bearer oat_flag");
  }
}
