package io.oasis.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.it.harness.Cli;
import io.oasis.it.harness.Platform;
import io.oasis.it.harness.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the CLI says of itself, and who it is to which server: no job and no worker is needed. */
class CliItselfIT {
  private static final String FIRST = "first pass of li";
  private static final String SECOND = "second pass of li";

  private static Platform platform;
  private static Cli oasis;

  @BeforeAll
  static void start() {
    platform = Platform.start(CliItselfIT.class);
    oasis = platform.cli();
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  @DisplayName("a token is shown once, works, is listed without its secret, and is revoked")
  void tokens() {
    var secret = oasis.call("token", "create", "ci", "--role", "viewer", "--expires", "1h").ok();
    var ci = oasis.with("OASIS_TOKEN", secret.out().strip());

    assertThat(ci.call("whoami").ok().out()).contains("ci", "viewer");
    assertThat(ci.call("disable", "billing/count").exit()).isEqualTo(4);
    var list = oasis.call("token", "list", "-o", "json").ok();
    assertThat(list.out()).contains("\"ci\"").doesNotContain(secret.out().strip());
    var id = secret.err().replaceFirst("(?s)^token (\\d+) .*", "$1");
    oasis.call("token", "revoke", id).ok();
    assertThat(ci.call("whoami").exit()).isEqualTo(4);
  }

  @Test
  @DisplayName("an account is made, gets roles, signs in, is signed out, switched off and deleted")
  void accounts() {
    oasis
        .callWithInput(
            FIRST + "\n",
            "account",
            "create",
            "li",
            "--email",
            "li@example.com",
            "--app-role",
            "billing=viewer",
            "--password-stdin")
        .ok();
    assertThat(oasis.call("get", "accounts", "-o", "wide").ok().out())
        .contains("billing=viewer", "li@example.com", "never");
    assertThat(oasis.call("account", "set-role", "li", "--role", "operator").ok().out())
        .contains("operator, billing=viewer  was billing=viewer");
    oasis.callWithInput(SECOND + "\n", "account", "reset-password", "li", "--password-stdin").ok();
    var li = new Cli(platform.folder(), Map.of("OASIS_CONFIG", config("li").toString()));
    assertThat(signIn(li, FIRST).exit()).isEqualTo(4);
    signIn(li, SECOND).ok();
    assertThat(li.call("whoami").ok().out()).contains("li", "operator");
    assertThat(li.call("get", "accounts").exit()).isEqualTo(4);
    assertThat(changePassword(li, FIRST, SECOND + "1").exit()).isEqualTo(2);
    changePassword(li, SECOND, FIRST).ok();
    li.call("whoami").ok();
    changePassword(li, FIRST, SECOND).ok();

    oasis.call("account", "sign-out", "li").ok();
    assertThat(li.call("whoami").exit()).isEqualTo(4);
    oasis.call("account", "disable", "li").ok();
    assertThat(signIn(li, SECOND).exit()).isEqualTo(4);
    assertThat(oasis.call("describe", "account", "li").ok().out()).contains("disabled");
    oasis.call("account", "enable", "li").ok();
    signIn(li, SECOND).ok();
    assertThat(oasis.call("account", "disable", Server.ADMIN).exit()).isEqualTo(3);
    oasis.call("delete", "account", "li", "--yes").ok();
    assertThat(li.call("whoami").exit()).isEqualTo(4);

    var audit = oasis.call("get", "audit", "--since", "1h", "--object", "account li").ok();
    assertThat(audit.out()).contains(Server.ADMIN, "account.create", "account.delete");
    assertThat(audit.out()).doesNotContain(FIRST, SECOND);
  }

  private static Cli.Result changePassword(Cli cli, String present, String next) {
    return cli.callWithInput(
        present + "\n" + next + "\n", "account", "password", "--password-stdin");
  }

  private static Cli.Result signIn(Cli cli, String password) {
    return cli.callWithInput(
        password + "\n",
        "login",
        "--server",
        platform.server().address(),
        "--username",
        "li",
        "--password-stdin");
  }

  private static Path config(String who) {
    return platform.folder().resolve(who + ".json");
  }

  @Test
  @DisplayName("contexts name servers; a login is kept under its context and ended by logout")
  void contexts() throws IOException {
    var config = platform.folder().resolve("contexts.json");
    var fresh = new Cli(platform.folder(), Map.of("OASIS_CONFIG", config.toString()));

    fresh.call("context", "set", "here", "--server", platform.server().address()).ok();
    fresh
        .callWithInput(
            Server.PASSWORD + "\n",
            "login",
            "--context",
            "here",
            "--username",
            Server.ADMIN,
            "--password-stdin")
        .ok();
    fresh.call("context", "set", "there", "--server", "http://localhost:1").ok();
    assertThat(fresh.call("context", "list").ok().out()).contains("*        here", "admin");
    assertThat(fresh.call("context", "list", "-o", "json").out()).doesNotContain("ost_");
    assertThat(fresh.call("status", "--context", "there").exit()).isEqualTo(1);
    fresh.call("status").ok();
    fresh.call("context", "use", "there").ok();
    fresh.call("context", "delete", "there").ok();
    fresh.call("logout", "--context", "here").ok();
    assertThat(fresh.call("whoami", "--context", "here").exit()).isEqualTo(4);
    assertThat(Files.getPosixFilePermissions(config)).hasSize(2);
  }

  @Test
  @DisplayName("the start of the CLI builds nothing that the command does not use")
  void startIsLazy() {
    var classes = platform.folder().resolve("classes.txt");
    var traced = oasis.with("OASIS_JAVA_OPTS", "-Xlog:class+load:file=" + classes);

    traced.call("--version").ok();

    var unused =
        List.of(
            "java.net.http.",
            "ObjectMapper",
            "snakeyaml",
            "cronutils",
            "io.quarkus.arc.",
            "io.oasis.cli.command.GetCommand");
    assertThat(text(classes)).contains("io.oasis.cli.OasisCli");
    assertThat(text(classes).lines().filter(l -> unused.stream().anyMatch(l::contains))).isEmpty();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
