package io.oasis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.cli.harness.FakeServer;
import io.oasis.cli.harness.Golden;
import io.oasis.cli.harness.TestShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {
  @TempDir Path folder;

  private FakeServer server;
  private TestShell shell;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
    for (String kind :
        new String[] {
          "jobs", "apps", "nodes", "runs", "tokens", "incidents", "accounts", "audit"
        }) {
      server.on("GET /" + kind, 200, answer(kind + ".json"));
    }
    server.on("GET /jobs/billing/nightly-settlement", 200, answer("job.json"));
    server.on("GET /runs/48213", 200, answer("run.json"));
    server.on("GET /incidents/12", 200, answer("incident.json"));
    server.on("GET /apps/billing", 200, answer("app.json"));
    server.on("GET /status", 200, answer("status.json"));
    shell = new TestShell(folder, server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String answer(String name) throws IOException {
    return Files.readString(Path.of("src", "test", "resources", "answers", name));
  }

  @ParameterizedTest(name = "oasis get {0} prints a table, and a wider one with -o wide")
  @ValueSource(
      strings = {"jobs", "apps", "nodes", "runs", "tokens", "incidents", "accounts", "audit"})
  void tables(String kind) {
    TestShell.Result table = shell.call("get", kind);
    TestShell.Result wide = shell.call("get", kind, "-o", "wide");

    assertThat(table.exit()).isZero();
    assertThat(table.err()).isEmpty();
    Golden.assertMatches("golden/get-" + kind + ".txt", table.out());
    Golden.assertMatches("golden/get-" + kind + "-wide.txt", wide.out());
  }

  @Test
  @DisplayName("the jobs of one app are named without it")
  void jobsOfOneApp() {
    TestShell.Result result = shell.call("get", "jobs", "-a", "billing", "-l", "team=payments");

    assertThat(result.out()).contains("nightly-settlement").doesNotContain("billing/");
    assertThat(server.asked().get(0)).contains("app=billing").contains("selector=team%3Dpayments");
  }

  @Test
  @DisplayName("--state filters jobs, and is handed to the server for runs")
  void states() {
    TestShell.Result off = shell.call("get", "jobs", "--state", "off", "-o", "name");
    shell.call("get", "runs", "--state", "failed,lost");

    assertThat(off.out()).isEqualTo("billing/report-once\n");
    assertThat(server.asked().get(1)).contains("state=FAILED%2CLOST");
  }

  @Test
  @DisplayName("GO12: --state takes no state that nothing can be in, and is counted before --limit")
  void unknownStates() {
    TestShell.Result typo = shell.call("get", "jobs", "--state", "offf");
    TestShell.Result apps = shell.call("get", "apps", "--state", "online");
    TestShell.Result limited =
        shell.call("get", "jobs", "--state", "off", "--limit", "1", "-o", "name");

    assertThat(typo.exit()).isEqualTo(2);
    assertThat(typo.err()).contains("did you mean off? (on, off, done)").hasLineCount(1);
    assertThat(apps.exit()).isEqualTo(2);
    assertThat(apps.err()).contains("for jobs, nodes, runs and incidents only").hasLineCount(1);
    assertThat(limited.out()).isEqualTo("billing/report-once\n");
  }

  @Test
  @DisplayName("L2: runs are filtered by time, in the viewer's zone, as a stretch or as of late")
  void timeRange() {
    shell.call("runs", "--from", "2026-11-22T03:00", "--to", "2026-11-22T03:00:00+01:00");
    shell.call("runs", "--since", "2h");
    TestShell.Result nonsense = shell.call("runs", "--from", "yesterday");

    assertThat(server.asked().get(0))
        .contains("from=2026-11-21T19%3A00%3A00Z")
        .contains("to=2026-11-22T02%3A00%3A00Z");
    assertThat(server.asked().get(1)).contains("from=2026-11-22T01%3A48%3A00Z");
    assertThat(nonsense.exit()).isEqualTo(2);
    assertThat(nonsense.err()).contains("--from").hasLineCount(1);
  }

  @Test
  @DisplayName("J1: jobs are filtered by text, handler and owner; other kinds have no such filters")
  void jobFilters() {
    shell.call("get", "jobs", "-q", "清算", "--handler", "settle", "--owner", "Li");

    assertThat(server.asked().get(0))
        .contains("q=%E6%B8%85%E7%AE%97")
        .contains("handler=settle")
        .contains("owner=Li");
    assertThat(shell.call("get", "apps", "--owner", "Li").exit()).isEqualTo(2);
  }

  @Test
  @DisplayName("a list is read page by page until the limit, and more is said to be there")
  void pages() {
    server.close();
    try (FakeServer paged = new FakeServer()) {
      paged.on("GET /runs", 200, "{\"items\":[{\"id\":3},{\"id\":2}],\"nextCursor\":\"c1\"}");
      paged.on("GET /runs", 200, "{\"items\":[{\"id\":1}],\"nextCursor\":\"c2\"}");

      TestShell.Result result =
          new TestShell(folder, paged).call("get", "runs", "--limit", "3", "-o", "name");

      assertThat(result.out()).isEqualTo("3\n2\n1\n");
      assertThat(result.err()).contains("there are more");
      assertThat(paged.asked().get(1)).contains("limit=1").contains("cursor=c1");
    }
  }

  @Test
  @DisplayName("an empty list says so on standard error, and is an empty array as JSON")
  void empty() {
    try (FakeServer nothing = new FakeServer()) {
      nothing.on("GET /jobs", 200, "{\"items\":[],\"nextCursor\":null}");
      TestShell lonely = new TestShell(folder, nothing);

      assertThat(lonely.call("get", "jobs").err()).isEqualTo("no jobs\n");
      assertThat(lonely.call("get", "jobs", "-o", "json").out().strip()).isEqualTo("[ ]");
    }
  }

  @Test
  @DisplayName("describe shows a job, a run, an incident and an app with all that is known of them")
  void describe() {
    Golden.assertMatches(
        "golden/describe-job.txt",
        shell.call("describe", "job", "billing/nightly-settlement").out());
    Golden.assertMatches("golden/describe-run.txt", shell.call("describe", "run", "48213").out());
    Golden.assertMatches(
        "golden/describe-incident.txt", shell.call("describe", "incident", "12").out());
    Golden.assertMatches("golden/describe-app.txt", shell.call("describe", "app", "billing").out());
  }

  @Test
  @DisplayName("-o yaml gives what the server says as YAML")
  void yaml() {
    TestShell.Result result = shell.call("describe", "app", "billing", "-o", "yaml");

    assertThat(result.out())
        .startsWith("name: billing\n")
        .contains("nodes:\n  online: 1\n")
        .contains("nodeList:\n  - id: node-7\n");
  }

  @Test
  @DisplayName("status is one screen")
  void status() {
    String text = shell.call("status").out().replace(server.address(), "http://localhost:8080");

    Golden.assertMatches("golden/status.txt", text);
  }

  @Test
  @DisplayName("version names client, server and the time zone rules of both")
  void version() {
    server.on("GET /version", 200, "{\"version\":\"9.9.9\",\"tzdb\":\"2026x\"}");

    TestShell.Result result = shell.call("version");

    assertThat(result.out())
        .containsPattern("client {2}\\d+\\.\\d+\\.\\d+ {2}tzdb 20\\d\\d\\w")
        .contains("server  9.9.9  tzdb 2026x  " + server.address());
  }

  @Test
  @DisplayName("TM8: version shows the client's time zone rules also when no server answers")
  void versionWithoutServer() {
    server.close();

    TestShell.Result result = shell.call("version");

    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.out()).contains("tzdb 20").hasLineCount(1);
    assertThat(shell.call("version", "--client").exit()).isZero();
  }
}
