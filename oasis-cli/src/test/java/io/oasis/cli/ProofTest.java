package io.oasis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.cli.harness.Golden;
import io.oasis.cli.harness.TestShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code verify}, {@code explain} and {@code preview}: what the ledger says, and what it will. */
class ProofTest extends ShellWithServer {
  private static String answer(String name) throws IOException {
    return Files.readString(Path.of("src", "test", "resources", "answers", name));
  }

  @Test
  @DisplayName("GO12: a clean ledger is one line and exit code 0")
  void clean() throws IOException {
    server.on("GET /verify", 200, answer("verify.json"));

    TestShell.Result result = shell.call("verify", "--since", "24h");

    assertThat(result.exit()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .isEqualTo(
            "18,204 nominal times in 24 h: 18,196 ran, 5 coalesced (downtime), 3 missed (downtime"
                + " 03:10:02–03:10:41). 0 gaps, 0 doubles. Latest hand-over 38 ms after its time (run 48213).\n");
    assertThat(server.asked().get(0)).contains("from=").doesNotContain("to=").doesNotContain("app");
  }

  @Test
  @DisplayName("GO12: findings are named with job, time and revision, and the exit code is 1")
  void findings() throws IOException {
    server.on("GET /verify", 200, answer("verify-findings.json"));

    TestShell.Result result =
        shell.call("verify", "--job", "billing/nightly-settlement", "--until", "2026-11-22T11:48");
    TestShell.Result json = shell.call("verify", "-a", "billing", "-o", "json");

    assertThat(result.exit()).isEqualTo(1);
    Golden.assertMatches("golden/verify-findings.txt", result.out());
    assertThat(json.exit()).isEqualTo(1);
    assertThat(json.out()).contains("\"clean\" : false");
    assertThat(server.asked().get(0))
        .contains("job=billing%2Fnightly-settlement")
        .contains("to=2026-11-22T03%3A48%3A00Z");
    assertThat(server.asked().get(1)).contains("app=billing");
  }

  @Test
  @DisplayName("a window that is none, a wrong duration and one too much are refused in one line")
  void refused() {
    server.refuse(
        "GET /verify",
        400,
        "invalid_request",
        "the window holds more than 1,000,000 nominal times");

    assertThat(shell.call("verify", "--since", "soon").exit()).isEqualTo(2);
    assertThat(shell.call("verify", "--until", "2020-01-01T00:00").err())
        .contains("--until")
        .hasLineCount(1);
    TestShell.Result tooMuch = shell.call("verify", "--since", "300d");
    assertThat(tooMuch.exit()).isNotZero();
    assertThat(tooMuch.err()).contains("1,000,000");
  }

  @Test
  @DisplayName("a late run is explained by what happened, by the clock of the job's zone")
  void explain() throws IOException {
    server.on("GET /jobs/billing/nightly-settlement/explain", 200, answer("explain.json"));

    TestShell.Result result =
        shell.call("explain", "billing/nightly-settlement", "--at", "2026-11-22 02:30");

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            It ran late: run 48102, started 02:41:07, 11 m 07 s after its time.
              02:30:00  due; revision 7
              02:30:00  waiting: run 47990 of the job has the slot
              02:41:06  run 47990 TIMED_OUT, its slot became free
              02:41:07  dispatched to node-3 (failover: node-1 refused, no free slot)
            """);
    assertThat(result.err()).isEmpty();
    assertThat(server.asked().get(0)).contains("at=2026-11-22T02%3A30");
  }

  @Test
  @DisplayName("where the job's clock is not the reader's, it is said whose the times are")
  void explainInOtherZone() throws IOException {
    String elsewhere = answer("explain.json").replace("Asia/Shanghai", "Europe/Berlin");
    server.on("GET /jobs/billing/nightly-settlement/explain", 200, elsewhere);

    TestShell.Result result =
        shell.call("explain", "billing/nightly-settlement", "--at", "2026-11-21T18:30:00Z");

    assertThat(result.err()).isEqualTo("times are those of the job's zone, Europe/Berlin\n");
  }

  @Test
  @DisplayName("of a time that the job does not have, the ones before and after are told")
  void explainBetween() throws IOException {
    server.on("GET /jobs/billing/nightly-settlement/explain", 200, answer("explain-between.json"));

    TestShell.Result result =
        shell.call("explain", "billing/nightly-settlement", "--at", "2026-11-21T19:00:00Z");

    assertThat(result.out())
        .contains("This is no time of the job")
        .contains("before  Sun 2026-11-22 02:30 +08:00")
        .contains("run 48102 SUCCEEDED")
        .contains("after   Mon 2026-11-23 02:30 +08:00")
        .contains("not yet");
  }

  @Test
  @DisplayName("GO12: a time that is none is refused before a server is asked")
  void explainNonsense() {
    TestShell.Result result = shell.call("explain", "billing/a", "--at", "yesterday");

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.err()).contains("--at").hasLineCount(1);
    assertThat(server.asked()).isEmpty();
  }

  @Test
  @DisplayName("TM4 TM5: a preview says what a change of the clock does to a fire")
  void previewRemarks() {
    TestShell.Result gap =
        shell.call(
            "preview",
            "30 2 * * *",
            "--zone",
            "America/New_York",
            "--from",
            "2026-03-07T12:00:00Z",
            "-n",
            "2");
    TestShell.Result overlap =
        shell.call(
            "preview",
            "30 1 * * *",
            "--zone",
            "America/New_York",
            "--from",
            "2026-11-01T00:00:00Z",
            "-n",
            "1");

    assertThat(gap.out().lines().toList().get(0))
        .contains("2026-03-08 03:00 -04:00")
        .contains("the clock jumps from 02:00 to 03:00: the time as written does not exist");
    assertThat(gap.out().lines().toList().get(1)).doesNotContain("clock");
    assertThat(overlap.out()).contains("the clock shows it twice; this is the first");
  }

  @Test
  @DisplayName(
      "TM9: a preview of what never matches says why, and of ended years that they are over")
  void previewNever() {
    TestShell.Result never = shell.call("preview", "0 0 30 2 *");
    TestShell.Result last =
        shell.call("preview", "0 0 0 1 1 ? 2027", "--from", "2026-11-22T00:00:00Z");

    assertThat(never.exit()).isEqualTo(2);
    assertThat(never.err()).contains("0 0 30 2 *").hasLineCount(1);
    assertThat(last.out()).hasLineCount(1).contains("2027-01-01");
    assertThat(last.err()).contains("its years are over");
  }
}
