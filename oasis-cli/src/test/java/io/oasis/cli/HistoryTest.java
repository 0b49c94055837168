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

class HistoryTest {
  private static final String REVISIONS =
      """
      {"items": [
        {"revision": 3, "author": "wang", "createdAt": "2026-11-22T01:48:00Z", "labels": {"team": "a"},
         "spec": {"handler": "h", "schedule": {"cron": "0 3 * * *"}, "retry": {"max": 3}}},
        {"revision": 2, "author": "Li", "source": "infra", "commit": "3f2a91cdeadbeef", "ciRun": "77",
         "createdAt": "2026-11-20T03:48:00Z", "labels": {"team": "a"},
         "spec": {"handler": "h", "schedule": {"cron": "0 2 * * *"}}},
        {"revision": 1, "author": "Li", "source": "infra", "commit": "aaa", "labels": {},
         "createdAt": "2026-11-19T03:48:00Z", "spec": {"handler": "h", "schedule": {"cron": "0 2 * * *"}}}
      ], "nextCursor": null}
      """;
  private static final String ROLLED =
      """
      {"applied": true, "source": "infra", "durationMs": 4,
       "summary": {"create": 0, "change": 1, "unchanged": 0, "prune": 0},
       "steps": [{"kind": "job", "key": "billing/nightly", "action": "change", "revision": 4,
         "timeZone": "Asia/Shanghai", "nextFireAt": "2026-11-22T18:00:00Z",
         "fields": [{"path": "schedule.cron", "before": "0 3 * * *", "after": "0 2 * * *"}],
         "fires": {"horizon": "7d", "removed": 7, "added": 7, "firstAt": "2026-11-22T18:00:00Z"}}]}
      """;

  @TempDir Path folder;
  private FakeServer server;
  private TestShell shell;

  @BeforeEach
  void start() {
    server = new FakeServer();
    server.on("GET /jobs/billing/nightly/revisions", 200, REVISIONS);
    shell = new TestShell(folder, server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @DisplayName("history says who changed what, when, and from which commit")
  void history() {
    TestShell.Result result = shell.call("history", "billing/nightly");

    assertThat(result.out())
        .isEqualTo(
            """
            REVISION  WHEN     AUTHOR  SOURCE         CHANGED
            3         2 h ago  wang    –              schedule.cron, retry.max
            2         2 d ago  Li      infra@3f2a91c  labels.team – → a
            1         3 d ago  Li      infra@aaa      created
            """);
    assertThat(shell.call("history", "billing/nightly", "-o", "name").out())
        .startsWith("billing/nightly@3\n");
    assertThat(shell.call("history", "billing/nightly", "-o", "wide").out()).contains("77");
  }

  @Test
  @DisplayName("diff compares two revisions field by field, or one with now")
  void diff() {
    TestShell.Result two = shell.call("diff", "billing/nightly@1", "billing/nightly@3");
    TestShell.Result now = shell.call("diff", "billing/nightly@2", "--exit-code");
    TestShell.Result same =
        shell.call("diff", "billing/nightly@3", "billing/nightly", "--exit-code");

    assertThat(two.out())
        .isEqualTo(
            """
            billing/nightly@1 (Li, 3 d ago)  →  billing/nightly@3 (wang, 2 h ago)
              schedule.cron  0 2 * * *  →  0 3 * * *
              labels.team    –          →  a
              retry.max      –          →  3
            """);
    assertThat(now.out()).contains("(now, wang, 2 h ago)");
    assertThat(now.exit()).isEqualTo(6);
    assertThat(same.out()).contains("no difference");
    assertThat(same.exit()).isZero();
  }

  @Test
  @DisplayName("GO12: a revision that is none, or nothing to compare, is one line")
  void wrongRevision() {
    TestShell.Result missing = shell.call("diff", "billing/nightly@9");
    TestShell.Result nonsense = shell.call("diff", "billing/nightly@x");
    TestShell.Result nothing = shell.call("diff");

    assertThat(missing.exit()).isEqualTo(1);
    assertThat(missing.err()).contains("revisions 1 to 3").hasLineCount(1);
    assertThat(nonsense.exit()).isEqualTo(2);
    assertThat(nothing.exit()).isEqualTo(2);
    assertThat(nothing.err()).contains("-f FILE").hasLineCount(1);
  }

  @Test
  @DisplayName("rollback says which fields and fires change, and that the owner will see drift")
  void rollback() {
    server.on("POST /jobs/billing/nightly/rollback", 200, ROLLED);

    TestShell.Result result =
        shell.call("rollback", "billing/nightly", "--to", "2", "--override", "--reason", "hour");

    assertThat(result.out())
        .isEqualTo(
            """
                  schedule.cron  0 3 * * *  →  0 2 * * *
                  fires, next 7 days:  −7  +7    first: Mon 2026-11-23 02:00 +08:00 (in 14 h 12 m)
            job billing/nightly  is like revision 2, as revision 4
            """);
    assertThat(result.err()).contains("belongs to source infra and differs");
    assertThat(server.requests().get(0).json().toString())
        .isEqualTo("{\"reason\":\"hour\",\"to\":2,\"override\":true,\"dryRun\":false}");
  }

  @Test
  @DisplayName("a name with a typo is answered with the nearest one that exists")
  void nearNames() {
    server.refuse("GET /jobs/billing/nigthly/revisions", 404, "not_found", "there is no job x");
    server.on("GET /jobs", 200, "{\"items\":[{\"name\":\"nightly\",\"key\":\"billing/nightly\"}]}");

    TestShell.Result result = shell.call("history", "billing/nigthly");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).isEqualTo("oasis: there is no job x; did you mean billing/nightly?\n");
  }
}
