package io.oasis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.cli.harness.FakeServer;
import io.oasis.cli.harness.TestShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {
  private static final String SESSION =
      """
      {"token":"ost_secret","expiresAt":"2026-11-23T03:48:00Z","account":{"name":"admin","role":"admin"}}
      """;

  @TempDir Path folder;

  private FakeServer server;
  private TestShell shell;

  @BeforeEach
  void start() {
    server = new FakeServer();
    server.on("POST /sessions", 201, SESSION);
    server.on("GET /me", 200, "{\"name\":\"admin\",\"role\":\"ADMIN\",\"kind\":\"SESSION\"}");
    shell = new TestShell(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private TestShell.Result login() {
    return shell
        .input("correct horse\n")
        .call("login", "--server", server.address(), "--username", "admin", "--password-stdin");
  }

  @Test
  @DisplayName("login keeps the token, and later commands use it and its server")
  void loginIsKept() {
    TestShell.Result result = login();

    assertThat(result.exit()).isZero();
    assertThat(result.err()).contains("logged in to " + server.address() + " as admin (admin)");
    assertThat(result.out()).isEmpty();
    assertThat(server.requests().get(0).json().path("password").asText())
        .isEqualTo("correct horse");
    assertThat(shell.call("whoami").out()).contains("admin  role admin  at " + server.address());
    assertThat(server.requests().get(1).token()).isEqualTo("Bearer ost_secret");
  }

  @Test
  @DisplayName(
      "the file with the token can be read by its owner only, also when it was there before")
  void fileIsPrivate() throws IOException {
    Path config = folder.resolve("config.json");
    Files.writeString(config, "{}");

    login();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
        .isEqualTo("rw-------");
    assertThat(folder).isDirectoryNotContaining(f -> !f.equals(config));
  }

  @Test
  @DisplayName("the password is never kept and never printed")
  void passwordIsNotKept() throws IOException {
    TestShell.Result result = login();

    assertThat(Files.readString(folder.resolve("config.json"))).doesNotContain("horse");
    assertThat(result.err()).doesNotContain("horse").doesNotContain("ost_secret");
  }

  @Test
  @DisplayName("a token goes to no other server than the one that gave it")
  void tokenStaysWithItsServer() {
    login();
    try (FakeServer other = new FakeServer()) {
      other.refuse("GET /me", 401, "unauthenticated", "no token");

      TestShell.Result result = shell.call("whoami", "--server", other.address());

      assertThat(result.exit()).isEqualTo(4);
      assertThat(other.requests().get(0).token()).isEmpty();
    }
  }

  @Test
  @DisplayName("GO12: a wrong password is exit code 4 and nothing is kept")
  void wrongPassword() {
    try (FakeServer strict = new FakeServer()) {
      strict.refuse("POST /sessions", 401, "bad_credentials", "no");

      TestShell.Result result =
          shell
              .env("OASIS_PASSWORD", "guess")
              .call("login", "--server", strict.address(), "--username", "admin");

      assertThat(result.exit()).isEqualTo(4);
      assertThat(result.err()).contains("wrong user name or password").hasLineCount(1);
      assertThat(folder.resolve("config.json")).doesNotExist();
    }
  }

  @Test
  @DisplayName("GO12: where nobody can be asked, a missing user name or password is exit code 2")
  void nobodyToAsk() {
    TestShell.Result noName = shell.call("login", "--server", server.address());
    TestShell.Result noPassword = shell.call("login", "--server", server.address(), "-u", "admin");

    assertThat(noName.exit()).isEqualTo(2);
    assertThat(noName.err()).contains("--username").hasLineCount(1);
    assertThat(noPassword.exit()).isEqualTo(2);
    assertThat(noPassword.err()).contains("--password-stdin").hasLineCount(1);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  @DisplayName("logout ends the session at the server and forgets the token")
  void logout() {
    server.on("DELETE /sessions/current", 204, "");
    login();

    TestShell.Result result = shell.call("logout");

    assertThat(result.exit()).isZero();
    assertThat(server.asked()).contains("DELETE /sessions/current");
    shell.call("whoami");
    assertThat(server.requests().get(server.requests().size() - 1).token()).isEmpty();
  }

  @Test
  @DisplayName("a broken file of logins is one line that says what to do")
  void brokenFile() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{broken");

    TestShell.Result result = shell.call("whoami");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("config.json is not valid").hasLineCount(1);
  }

  @Test
  @DisplayName("--server beats OASIS_SERVER, which beats the server of the last login")
  void whichServer() {
    login();
    try (FakeServer byEnv = new FakeServer();
        FakeServer byFlag = new FakeServer()) {
      String me = "{\"name\":\"x\",\"role\":\"VIEWER\",\"kind\":\"API\"}";
      byEnv.on("GET /me", 200, me);
      byFlag.on("GET /me", 200, me);
      shell.env("OASIS_SERVER", byEnv.address());

      shell.call("whoami");
      shell.call("whoami", "--server", byFlag.address() + "/");

      assertThat(byEnv.asked()).containsExactly("GET /me");
      assertThat(byFlag.asked()).containsExactly("GET /me");
      assertThat(server.asked()).containsExactly("POST /sessions");
    }
  }

  @Test
  @DisplayName(
      "logins are kept under XDG_CONFIG_HOME, else under ~/.config, unless OASIS_CONFIG says")
  void whereLoginsAreKept() {
    shell.env("OASIS_CONFIG", null).env("HOME", folder.toString());

    login();
    shell.env("XDG_CONFIG_HOME", folder.resolve("xdg").toString());
    login();

    assertThat(folder.resolve(".config/oasis/config.json")).exists();
    assertThat(folder.resolve("xdg/oasis/config.json")).exists();
    assertThat(folder.resolve("config.json")).doesNotExist();
  }
}
