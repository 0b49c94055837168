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

class ContextTest {
  private static final String ME = "{\"name\":\"li\",\"role\":\"ADMIN\",\"kind\":\"SESSION\"}";

  @TempDir Path folder;
  private FakeServer prod;
  private FakeServer staging;
  private TestShell shell;

  @BeforeEach
  void start() {
    prod = new FakeServer();
    staging = new FakeServer();
    prod.on("GET /me", 200, ME);
    staging.on("GET /me", 200, ME);
    shell = new TestShell(folder);
    shell.call("context", "set", "staging", "--server", staging.address() + "/");
    shell
        .input("oat_secret\n")
        .call("context", "set", "prod", "--server", prod.address(), "--token-stdin");
  }

  @AfterEach
  void stop() {
    prod.close();
    staging.close();
  }

  @Test
  @DisplayName("contexts are listed with the current one marked, and without any token")
  void list() {
    TestShell.Result table = shell.call("context", "list");
    TestShell.Result json = shell.call("context", "list", "-o", "json");

    assertThat(table.out().lines())
        .satisfiesExactly(
            head -> assertThat(head).startsWith("CURRENT  NAME"),
            first -> assertThat(first).startsWith("–        prod").contains("by token"),
            second -> assertThat(second).startsWith("*        staging"));
    assertThat(table.out() + json.out()).doesNotContain("oat_secret");
    assertThat(json.out()).contains("\"loggedIn\" : true");
  }

  @Test
  @DisplayName("the file of contexts can be read by its owner only")
  void fileIsPrivate() throws IOException {
    Path config = folder.resolve("config.json");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
        .isEqualTo("rw-------");
  }

  @Test
  @DisplayName("the current context is used; --context and OASIS_CONTEXT choose another for a call")
  void whichContext() {
    shell.call("whoami");
    shell.call("whoami", "--context", "prod");
    shell.env("OASIS_CONTEXT", "prod").call("whoami");
    shell.env("OASIS_CONTEXT", null).call("context", "use", "prod");
    shell.call("whoami");

    assertThat(staging.asked()).hasSize(1);
    assertThat(staging.requests().get(0).token()).isEmpty();
    assertThat(prod.requests())
        .hasSize(3)
        .allSatisfy(request -> assertThat(request.token()).isEqualTo("Bearer oat_secret"));
  }

  @Test
  @DisplayName("a login is kept under the name of its server's context; logout keeps the name")
  void login() {
    staging.on(
        "POST /sessions",
        201,
        "{\"token\":\"ost_x\",\"account\":{\"name\":\"li\"},\"expiresAt\":\"2027-01-01T00:00:00Z\"}");
    staging.on("DELETE /sessions/current", 204, "");

    shell.input("secret\n").call("login", "--context", "staging", "-u", "li", "--password-stdin");
    TestShell.Result in = shell.call("context", "list");
    shell.call("logout");
    TestShell.Result out = shell.call("context", "list");

    assertThat(in.out()).containsPattern("\\* +staging .* li, ends in 40 d");
    assertThat(out.out()).containsPattern("\\* +staging +[^ ]+ +–").hasLineCount(3);
    assertThat(staging.requests().get(1).token()).isEqualTo("Bearer ost_x");
  }

  @Test
  @DisplayName("a name whose server changes loses the token that the old server gave")
  void tokenStaysWithItsServer() {
    shell.call("context", "set", "prod", "--server", staging.address());
    shell.call("whoami", "--context", "prod");

    assertThat(staging.requests().get(0).token()).isEmpty();
  }

  @Test
  @DisplayName("GO12: an unknown context is one line with a suggestion and exit code 2")
  void unknown() {
    TestShell.Result typo = shell.call("context", "use", "prdo");
    TestShell.Result both = shell.call("status", "--context", "prod", "--server", "http://x");

    assertThat(typo.exit()).isEqualTo(2);
    assertThat(typo.err()).contains("did you mean prod?").hasLineCount(1);
    assertThat(both.exit()).isEqualTo(2);
    assertThat(shell.call("context", "delete", "prod").exit()).isZero();
    assertThat(shell.call("context", "list", "-o", "name").out()).isEqualTo("staging\n");
  }

  @Test
  @DisplayName("a file of logins of an older version is understood")
  void olderFile() throws IOException {
    Files.writeString(
        folder.resolve("config.json"),
        "{\"current\":\"%1$s\",\"contexts\":{\"%1$s\":{\"token\":\"ost_old\",\"account\":\"li\"}}}"
            .formatted(prod.address()));

    shell.call("whoami");

    assertThat(prod.requests().get(0).token()).isEqualTo("Bearer ost_old");
  }
}
