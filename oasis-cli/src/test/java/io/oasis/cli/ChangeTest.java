package io.oasis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.cli.harness.TestShell;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ChangeTest extends ShellWithServer {
  @Test
  @DisplayName("a new token is alone on standard output, the words are on standard error")
  void tokenCreate() {
    server.on(
        "POST /tokens",
        201,
        """
        {"id":7,"name":"worker","kind":"EXECUTOR","app":"billing","expiresAt":null,"token":"oet_x"}
        """);

    TestShell.Result result =
        shell.call(
            "token", "create", "worker", "--executor", "--app", "billing", "--expires", "90d");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualTo("oet_x\n");
    assertThat(result.err()).contains("token 7 (worker) for app billing, without end");
    assertThat(server.requests().get(0).json().toString())
        .isEqualTo(
            "{\"name\":\"worker\",\"kind\":\"EXECUTOR\",\"app\":\"billing\",\"expiresIn\":\"90d\"}");
  }

  @Test
  @DisplayName(
      "GO12: an executor's token with a role, or without a readable duration, is exit code 2")
  void tokenMistakes() {
    assertThat(shell.call("token", "create", "x", "--executor", "--role", "admin").exit())
        .isEqualTo(2);
    assertThat(shell.call("token", "create", "x", "--expires", "soon").exit()).isEqualTo(2);
    assertThat(shell.call("token").exit()).isEqualTo(2);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  @DisplayName("revoke ends each token that is named")
  void tokenRevoke() {
    server.on("DELETE /tokens/7", 204, "").on("DELETE /tokens/8", 204, "");

    TestShell.Result result = shell.call("token", "revoke", "7", "8");

    assertThat(result.out()).isEqualTo("token 7  revoked\ntoken 8  revoked\n");
  }

  @Test
  @DisplayName("delete asks nobody and does nothing where standard input is no terminal")
  void deleteNeedsYes() {
    TestShell.Result result = shell.call("delete", "job", "a/b");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("--yes").hasLineCount(1);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  @DisplayName("GO3: delete --yes deletes, and --kill also stops what runs")
  void delete() {
    server.on("DELETE /jobs/a/b", 204, "");

    TestShell.Result result = shell.call("delete", "job", "a/b", "--yes", "--kill");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).isEqualTo("job a/b  deleted\n");
    assertThat(server.asked()).containsExactly("DELETE /jobs/a/b?kill=true");
  }

  @Test
  @DisplayName("an app in use is not deleted; --force takes all of it and says what went")
  void deleteByForce() {
    server.on(
        "DELETE /apps/legacy",
        200,
        """
        {"jobs":1200,"ownedJobs":0,"waitingRuns":3,"runningRuns":1,"connectedNodes":1,
         "offlineNodes":1,"tokens":1,"sources":[]}""");

    TestShell.Result result = shell.call("delete", "app", "legacy", "--force", "--kill", "--yes");

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .isEqualTo(
            "app legacy  deleted    with 1,200 jobs, 3 waiting runs cancelled, 1 running run"
                + " killed, 2 nodes, 1 token\n");
    assertThat(server.asked()).containsExactly("DELETE /apps/legacy?force=true&kill=true");
  }

  @Test
  @DisplayName(
      "GO12: --force is for apps, --kill needs it there, --override is for jobs and apps; it asks")
  void forceMistakes() {
    List<TestShell.Result> results =
        List.of(
            shell.call("delete", "job", "a/b", "--force", "--yes"),
            shell.call("delete", "app", "a", "--kill", "--yes"),
            shell.call("delete", "node", "n", "--override", "--yes"),
            shell.call("delete", "app", "a", "--force"));

    assertThat(results)
        .allSatisfy(
            result -> {
              assertThat(result.exit()).isEqualTo(2);
              assertThat(result.err()).startsWith("oasis: ").hasLineCount(1);
            });
    assertThat(server.requests()).isEmpty();
  }

  @Test
  @DisplayName("an app that a source owns is deleted with --override, and the refusal is passed on")
  void deleteOwnedApp() {
    server.refuse("DELETE /apps/a", 409, "conflict", "source infra owns app a");
    server.on("DELETE /apps/a?override=true", 204, "");

    TestShell.Result refused = shell.call("delete", "app", "a", "--yes");
    TestShell.Result done = shell.call("delete", "app", "a", "--yes", "--override");

    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.err()).isEqualTo("oasis: source infra owns app a\n");
    assertThat(done.out()).isEqualTo("app a  deleted\n");
  }

  @Test
  @DisplayName("enable and disable hand their reason over and tell the next fire")
  void enableAndDisable() {
    server.on("POST /jobs/a/b/disable", 200, "{\"key\":\"a/b\",\"state\":\"off\"}");
    server.on(
        "POST /jobs/a/b/enable",
        200,
        "{\"key\":\"a/b\",\"state\":\"on\",\"nextFireAt\":\"2026-11-22T04:00:00Z\"}");

    TestShell.Result off = shell.call("disable", "a/b", "--reason", "bank holiday");
    TestShell.Result on = shell.call("enable", "a/b");

    assertThat(off.out()).isEqualTo("job a/b  off\n");
    assertThat(server.requests().get(0).json().path("reason").asText()).isEqualTo("bank holiday");
    assertThat(on.out()).isEqualTo("job a/b  on  next fire in 12 m\n");
  }

  @Test
  @DisplayName("KL5: cancel shows the state that the run is truly in")
  void cancel() {
    server.on("POST /runs/7/cancel", 202, "{\"id\":7,\"state\":\"KILLING\",\"node\":\"node-1\"}");

    TestShell.Result result = shell.call("cancel", "7", "--reason", "wrong date");

    assertThat(result.out()).isEqualTo("run 7  ● KILLING on node-1\n");
  }

  @Test
  @DisplayName("CU12: release lets a held run go on")
  void release() {
    server.on("POST /runs/7/release", 200, "{\"id\":7,\"state\":\"QUEUED\"}");

    TestShell.Result result = shell.call("release", "7");

    assertThat(result.exit()).isZero();
    assertThat(result.out()).contains("run 7").contains("QUEUED");
  }

  @Test
  @DisplayName("LG9: rerun takes the current revision unless the old one is asked for")
  void rerun() {
    server.on("POST /runs/7/rerun", 201, "{\"id\":8,\"state\":\"QUEUED\"}");

    shell.call("rerun", "7");
    TestShell.Result same = shell.call("rerun", "7", "--same-revision", "-o", "name");

    assertThat(server.requests().get(0).json().path("sameRevision").asBoolean()).isFalse();
    assertThat(server.requests().get(1).json().path("sameRevision").asBoolean()).isTrue();
    assertThat(same.out()).isEqualTo("8\n");
  }

  @Test
  @DisplayName("ack takes on every incident that is named, and says who has it")
  void acknowledge() {
    String answer = "{\"id\":%d,\"job\":\"a/b\",\"acknowledgedBy\":\"wang\"}";
    server.on("POST /incidents/12/acknowledge", 200, answer.formatted(12));
    server.on("POST /incidents/13/acknowledge", 200, answer.formatted(13));

    TestShell.Result result = shell.call("ack", "12", "13");
    TestShell.Result nonsense = shell.call("ack", "twelve");

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .isEqualTo(
            "incident 12  a/b  acknowledged by wang\nincident 13  a/b  acknowledged by wang\n");
    assertThat(nonsense.exit()).isEqualTo(2);
    assertThat(nonsense.err()).contains("oasis get incidents").hasLineCount(1);
  }

  @Test
  @DisplayName("alarm test sends a mail and says what became of it")
  void alarmTest() {
    server.on("POST /alarms/test", 200, "{\"to\":\"li@example.com\",\"sent\":true}");

    TestShell.Result result =
        shell.call("alarm", "test", "--to", "li@example.com", "--language", "zh-CN");

    assertThat(result.out()).isEqualTo("mail to li@example.com  taken by the mail server\n");
    assertThat(server.requests().get(0).json().path("language").asText()).isEqualTo("zh-CN");
    assertThat(shell.call("alarm", "test").exit()).isEqualTo(2);
  }

  @Test
  @DisplayName("GO12: a mail server that says no is exit code 1, with what it said")
  void alarmTestFails() {
    server.on(
        "POST /alarms/test",
        502,
        """
        {"code":"mail_failed","status":502,"detail":"the mail server says: 535 no","hint":"check"}
        """);

    TestShell.Result result = shell.call("alarm", "test", "--to", "li@example.com");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("535 no").contains("check");
  }
}
