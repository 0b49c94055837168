package io.oasis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.cli.harness.Golden;
import io.oasis.cli.harness.TestShell;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AccountTest extends ShellWithServer {
  private static final String LI =
      """
      {"name":"li","email":"li@example.com","role":"viewer","appRoles":{"billing":"editor","shop":"operator"},
       "disabled":false,"external":false,"lastSignInAt":"2026-11-22T03:00:00Z"}
      """;

  @Test
  @DisplayName("an account is made with its roles, the password comes from standard input")
  void create() {
    server.on("POST /accounts", 201, LI);

    TestShell.Result result =
        shell
            .input("long enough pass\nsecond line")
            .call(
                "account",
                "create",
                "li",
                "--email",
                "li@example.com",
                "--role",
                "Viewer",
                "--app-role",
                "shop=operator,billing=editor",
                "--password-stdin");

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .isEqualTo("account li  viewer, billing=editor, shop=operator  created\n");
    assertThat(server.requests().get(0).json().toString())
        .isEqualTo(
            "{\"name\":\"li\",\"role\":\"viewer\",\"appRoles\":{\"billing\":\"editor\",\"shop\":\"operator\"},"
                + "\"email\":\"li@example.com\",\"password\":\"long enough pass\"}");
  }

  @Test
  @DisplayName(
      "GO12: without a password, or with a word that is no role, nothing is asked of the server")
  void mistakes() {
    List<TestShell.Result> results =
        List.of(
            shell.call("account", "create", "li", "--role", "viewer"),
            shell.call("account", "create", "li", "--password-stdin"),
            shell.call("account", "create", "li", "--role", "boss"),
            shell.call("account", "set-role", "li"),
            shell.call("account", "set-role", "li", "--app-role", "billing=boss"),
            shell.call("account", "set-role", "li", "--app-role", "billing"),
            shell.call("account", "reset-password", "li"),
            shell.call("account", "password"),
            shell.input("only the present").call("account", "password", "--password-stdin"),
            shell.call("get", "accounts", "-a", "billing"),
            shell.call("get", "accounts", "--by", "li"),
            shell.call("get", "jobs", "--since", "1h"),
            shell.call("get", "audit", "7"),
            shell.call("delete", "audit", "7", "--yes"));

    assertThat(results)
        .allSatisfy(
            result -> {
              assertThat(result.exit()).isEqualTo(2);
              assertThat(result.err()).startsWith("oasis: ").hasLineCount(1);
            });
    assertThat(server.requests()).isEmpty();
  }

  @Test
  @DisplayName("one's own password is changed with the present one, both from standard input")
  void ownPassword() {
    server.on("POST /me/password", 204, "");

    TestShell.Result result =
        shell
            .input("present pass\nlong enough pass\n")
            .call("account", "password", "--password-stdin");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualTo("your password is changed, your other sessions ended\n");
    assertThat(server.requests().get(0).json().toString())
        .isEqualTo("{\"present\":\"present pass\",\"password\":\"long enough pass\"}");
  }

  @Test
  @DisplayName("set-role changes the roles that are named and keeps the others")
  void setRole() {
    server.on("GET /accounts/li", 200, LI);
    server.on(
        "PATCH /accounts/li",
        200,
        "{\"name\":\"li\",\"role\":\"viewer\",\"appRoles\":{\"billing\":\"admin\"}}");

    TestShell.Result result =
        shell.call(
            "account", "set-role", "li", "--app-role", "billing=admin", "--app-role", "shop=none");

    assertThat(result.out())
        .isEqualTo(
            "account li  viewer, billing=admin  was viewer, billing=editor, shop=operator\n");
    assertThat(server.requests().get(1).json().toString())
        .isEqualTo("{\"appRoles\":{\"billing\":\"admin\"}}");
  }

  @Test
  @DisplayName("accounts are switched off and on, signed out, and get another password")
  void switches() {
    server.on("PATCH /accounts/li", 200, LI).on("PATCH /accounts/wang", 200, LI);
    server.on("DELETE /accounts/li/sessions", 204, "");
    server.on("POST /accounts/li/password", 204, "");

    String off = shell.call("account", "disable", "li", "wang").out();
    String on = shell.call("account", "enable", "li").out();
    String out = shell.call("account", "sign-out", "li").out();
    String reset =
        shell
            .input("another pass\n")
            .call("account", "reset-password", "li", "--password-stdin")
            .out();

    assertThat(off + on + out + reset)
        .isEqualTo(
            """
            account li  disabled
            account wang  disabled
            account li  enabled
            account li  signed out everywhere
            account li  has a new password, its sessions ended
            """);
    assertThat(server.requests().get(0).body()).isEqualTo("{\"disabled\":true}");
    assertThat(server.requests().get(2).body()).isEqualTo("{\"disabled\":false}");
    assertThat(server.requests().get(4).body()).isEqualTo("{\"password\":\"another pass\"}");
  }

  @Test
  @DisplayName("describe shows an account, and a name that is nearly right is suggested")
  void describe() {
    server.on("GET /accounts/li", 200, LI);
    server.on("GET /accounts", 200, "{\"items\":[{\"name\":\"administrator\"},{\"name\":\"li\"}]}");
    server.refuse(
        "GET /accounts/adminstrator", 404, "not_found", "there is no account adminstrator");

    assertThat(shell.call("account").exit()).isEqualTo(2);
    Golden.assertMatches(
        "golden/describe-account.txt", shell.call("describe", "account", "li").out());
    assertThat(shell.call("describe", "account", "adminstrator").err())
        .contains("did you mean administrator?");
  }

  @Test
  @DisplayName("the audit is narrowed by the same filters as its page")
  void auditFilters() {
    server.on("GET /audit", 200, "{\"items\":[],\"nextCursor\":null}");

    TestShell.Result result =
        shell.call(
            "get",
            "audit",
            "-a",
            "billing",
            "--by",
            "li",
            "--action",
            "job.",
            "--object",
            "job billing/nightly",
            "--from",
            "2026-11-21",
            "--to",
            "2026-11-22 03:00");

    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEqualTo("no changes\n");
    assertThat(server.asked())
        .containsExactly(
            "GET /audit?app=billing&who=li&action=job.&object=job+billing%2Fnightly"
                + "&from=2026-11-20T16%3A00%3A00Z&to=2026-11-21T19%3A00%3A00Z&limit=20");
  }
}
