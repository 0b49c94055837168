package io.oasis.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.it.harness.Await;
import io.oasis.it.harness.Cli;
import io.oasis.it.harness.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The verbs of the CLI against a real server. VerbCoverageTest of oasis-cli reads the calls in here
 * and in the other end-to-end tests, and misses none of the verbs.
 */
class CliVerbsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String JOBS =
      """
      apiVersion: oasis/v1
      kind: App
      metadata: {name: billing}
      spec: {title: Billing, owner: {name: Payments, email: payments@example.com}}
      ---
      apiVersion: oasis/v1
      kind: Job
      metadata: {app: billing, name: nightly, labels: {team: payments, env: prod}}
      spec:
        schedule: {cron: "0 30 2 * * ?", timeZone: Asia/Shanghai}
        handler: script
        params: {script: count.sh}
      ---
      apiVersion: oasis/v1
      kind: Job
      metadata: {app: billing, name: count, labels: {team: ops}}
      spec: {schedule: none, handler: script, params: {script: count.sh, last: "3"}}
      ---
      apiVersion: oasis/v1
      kind: Job
      metadata: {app: billing, name: fail, labels: {team: ops, env: dev}}
      spec: {schedule: none, handler: script, params: {script: fail.sh}}
      ---
      apiVersion: oasis/v1
      kind: Job
      metadata: {app: billing, name: long}
      spec: {schedule: none, handler: script, params: {script: long.sh}}
      """;

  private static Platform platform;
  private static Cli oasis;

  @BeforeAll
  static void start() {
    platform = Platform.start(CliVerbsIT.class);
    oasis = platform.cli();
    platform.writeScript(
        "count.sh",
        """
        i=1
        while [ $i -le ${OASIS_PARAM_LAST:-3} ]; do
          echo "line $i"
          sleep 0.2
          i=$((i + 1))
        done
        """);
    platform.writeScript("fail.sh", "echo it breaks >&2\nexit 3\n");
    platform.writeScript("long.sh", "echo begun\nsleep 300\n");
    var jobs = platform.write("jobs.yaml", JOBS).toString();
    oasis.call("apply", "-f", jobs, "--source", "infra", "--commit", "3f2a91c").ok();
    platform.startWorker("billing", platform.scripts());
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  private static String runOf(Cli.Result result) {
    return result.out().replaceFirst("(?s)^run (\\d+) .*", "$1").strip();
  }

  @Test
  @DisplayName("GO12: lint, plan and diff of right and wrong files exit with 0, 2 and 6")
  void lintPlanDiff() {
    var right = platform.write("right.yaml", JOBS.replace("0 30 2", "0 0 3")).toString();
    var wrong = platform.write("wrong.yaml", JOBS.replace("handler: script", "handlr: x"));

    assertThat(oasis.call("lint", "-f", right).ok().all()).doesNotContain("error");
    assertThat(oasis.call("lint", "-f", wrong.toString()).exit()).isEqualTo(2);
    var plan = oasis.call("plan", "-f", right, "--source", "infra", "--exit-code");
    assertThat(plan.exit()).isEqualTo(6);
    assertThat(plan.out()).contains("0 30 2 * * ?", "→", "next 7 days:  −7 at 02:30  +7 at 03:00");
    var diff = oasis.call("diff", "-f", right, "--source", "infra");
    assertThat(diff.exit()).isZero();
    assertThat(diff.out()).isEqualTo(plan.out());
    var other = oasis.call("apply", "-f", right, "--source", "elsewhere");
    assertThat(other.exit()).isEqualTo(3);
    assertThat(other.err()).contains("belongs to source infra");
  }

  @Test
  @DisplayName("get lists jobs, apps, nodes, runs and tokens, in every format, and single ones")
  void get() {
    assertThat(oasis.call("get", "jobs").ok().out()).contains("billing/nightly", "0 30 2 * * ?");
    assertThat(oasis.call("get", "jobs", "-o", "wide").ok().out()).contains("infra@3f2a91c");
    assertThat(oasis.call("get", "job", "billing/nightly", "-o", "json").ok().out())
        .startsWith("[")
        .contains("\"team\" : \"payments\"");
    assertThat(oasis.call("get", "apps", "-o", "yaml").ok().out()).contains("name: billing");
    assertThat(oasis.call("get", "nodes").ok().out()).contains("online");
    assertThat(oasis.call("get", "runs", "--since", "1h").exit()).isZero();
    assertThat(oasis.call("get", "tokens").ok().out()).contains("executor");
  }

  @Test
  @DisplayName("selectors choose by equality, inequality, sets and presence")
  void selectors() {
    assertThat(chosen("team=payments")).isEqualTo("billing/nightly\n");
    assertThat(chosen("team=ops,env!=dev")).isEqualTo("billing/count\n");
    assertThat(chosen("team in (payments, x)")).isEqualTo("billing/nightly\n");
    assertThat(chosen("!team")).isEqualTo("billing/long\n");
    assertThat(oasis.call("get", "jobs", "-l", "team=(").exit()).isEqualTo(2);
  }

  private static String chosen(String selector) {
    return oasis.call("get", "jobs", "-l", selector, "-o", "name").ok().out();
  }

  @Test
  @DisplayName("describe shows a job, an app, a node, a run and a token")
  void describe() {
    var node = oasis.call("get", "nodes", "-o", "name").ok().out().strip();
    var run = runOf(oasis.call("run", "billing/count", "--wait").ok());

    assertThat(oasis.call("describe", "job", "billing/nightly").ok().out())
        .contains("next fires", "02:30 +08:00");
    assertThat(oasis.call("describe", "app", "billing").ok().out()).contains("Payments", node);
    assertThat(oasis.call("describe", "node", node).ok().out()).contains("script");
    assertThat(oasis.call("describe", "run", run).ok().out()).contains("SUCCEEDED", "trace");
    assertThat(oasis.call("describe", "token", "1").exit()).isIn(0, 1);
  }

  @Test
  @DisplayName("GO12: names, kinds, verbs and options with typos are answered with what was meant")
  void typos() {
    var name = oasis.call("describe", "job", "billing/nigthly");
    var kind = oasis.call("get", "jbos");
    var verb = oasis.call("satus");
    var option = oasis.call("status", "--outptu", "json");

    assertThat(name.exit()).isEqualTo(1);
    assertThat(name.err()).contains("did you mean billing/nightly?").hasLineCount(1);
    assertThat(kind.err()).contains("did you mean jobs?").hasLineCount(1);
    assertThat(verb.err()).contains("did you mean status?").hasLineCount(1);
    assertThat(option.err()).contains("did you mean --output?").hasLineCount(1);
    assertThat(kind.exit() + verb.exit() + option.exit()).isEqualTo(6);
  }

  @Test
  @DisplayName("run with parameters, --wait and --logs shows the lines and nothing else")
  void runWithLogs() {
    var result = oasis.call("run", "billing/count", "--param", "last=2", "--wait", "--logs").ok();

    assertThat(result.out().lines().map(l -> l.replaceFirst("^\\S+ +", "")))
        .containsExactly("line 1", "line 2");
    assertThat(result.err()).contains("SUCCEEDED");
  }

  @Test
  @DisplayName("GO12: a failed run exits with 5, a wait that is over with 124")
  void runThatFails() {
    var failed = oasis.call("run", "billing/fail", "--wait");
    var late = oasis.call("run", "billing/long", "--timeout", "1s");

    assertThat(failed.exit()).isEqualTo(5);
    assertThat(failed.out()).contains("FAILED");
    assertThat(late.exit()).isEqualTo(124);
    assertThat(late.err()).contains("it goes on");
    platform.newestRun("billing/long", "").ifPresent(r -> stopped(r.path("id").asText()));
  }

  private static void stopped(String run) {
    oasis.call("cancel", run, "--reason", "the test is over").ok();
    platform.awaitFinal(Long.parseLong(run));
  }

  @Test
  @DisplayName("LG10: two runs with one idempotency key are one run")
  void idempotencyKey() {
    var first = oasis.call("run", "billing/count", "--idempotency-key", "k-1", "-o", "name").ok();
    var second = oasis.call("run", "billing/count", "--idempotency-key", "k-1", "-o", "name").ok();

    assertThat(second.out()).isEqualTo(first.out());
    platform.awaitFinal(Long.parseLong(first.out().strip()));
  }

  @Test
  @DisplayName("LG9: rerun uses the old parameters, and the old revision if that is asked for")
  void rerun() {
    var first = oasis.call("run", "billing/count", "--param", "last=1", "--wait").ok();

    var again = oasis.call("rerun", runOf(first), "--wait", "--logs").ok();
    var same = oasis.call("rerun", runOf(first), "--same-revision", "--wait").ok();

    assertThat(again.out()).contains("line 1").doesNotContain("line 2");
    assertThat(oasis.call("describe", "run", runOf(same)).ok().out())
        .contains("rerun of", "revision 1");
    assertThat(oasis.call("rerun", "999999").exit()).isEqualTo(1);
  }

  @Test
  @DisplayName("CU12: only a held run can be released")
  void release() {
    var run = runOf(oasis.call("run", "billing/count", "--param", "last=1", "--wait").ok());

    var result = oasis.call("release", run);

    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.err()).contains("run " + run + " is not held");
  }

  @Test
  @DisplayName("LG3: a log that is taken up with --since-seq repeats no line and misses none")
  void logs() {
    var run = runOf(oasis.call("run", "billing/count", "--param", "last=4", "--wait").ok());

    var all = oasis.call("logs", run, "-f").ok().out();
    var rest = oasis.call("logs", run, "--since-seq", "2").ok().out();

    assertThat(all).contains("line 1", "line 2", "line 3", "line 4");
    assertThat(all).endsWith(rest);
    assertThat(rest).doesNotContain("line 1").contains("line 4");
    assertThat(oasis.call("logs", run, "-o", "json").ok().out()).contains("\"seq\":");
    assertThat(oasis.call("logs", "999999").exit()).isEqualTo(1);
  }

  @Test
  @DisplayName("cancel stops a run and keeps the reason; a run that is over is exit code 3")
  void cancel() {
    var run = runOf(oasis.call("run", "billing/long").ok());

    stopped(run);

    assertThat(oasis.call("describe", "run", run).ok().out()).contains("the test is over");
    assertThat(oasis.call("cancel", run).exit()).isEqualTo(3);
    assertThat(oasis.call("runs", "billing/long", "--state", "KILLED", "-o", "name").ok().out())
        .contains(run);
  }

  @Test
  @DisplayName("disable and enable switch a job and keep the reason")
  void enableDisable() {
    assertThat(oasis.call("disable", "billing/fail", "--reason", "month end").ok().out())
        .contains("off");
    assertThat(oasis.call("describe", "job", "billing/fail").ok().out()).contains("month end");
    assertThat(oasis.call("enable", "billing/fail").ok().out()).contains("on");
  }

  @Test
  @DisplayName("GO1: history, diff and rollback tell what a job was and bring it back")
  void rollback() {
    var app =
        """
        apiVersion: oasis/v1
        kind: App
        metadata: {name: back}
        ---
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: back, name: a}
        spec: {handler: h, schedule: {cron: "0 2 * * *"}, timeout: 10m}
        """;
    var file = platform.write("back.yaml", app).toString();
    oasis.call("apply", "-f", file, "--source", "git").ok();
    platform.write("back.yaml", app.replace("0 2", "0 3"));
    oasis.call("apply", "-f", file, "--source", "git").ok();

    assertThat(oasis.call("history", "back/a").ok().out())
        .contains("schedule.cron 0 2 * * * → 0 3 * * *", "created");
    assertThat(oasis.call("diff", "back/a@1", "back/a@2", "--exit-code").exit()).isEqualTo(6);
    var owned = oasis.call("rollback", "back/a", "--to", "1");
    assertThat(owned.exit()).isEqualTo(3);
    var done = oasis.call("rollback", "back/a", "--to", "1", "--override", "--reason", "why").ok();
    assertThat(done.out()).contains("next 7 days", "as revision 3");
    assertThat(done.err()).contains("belongs to source git");
    assertThat(oasis.call("diff", "back/a@1", "--exit-code").exit()).isZero();
    var drift = oasis.call("drift", "--source", "git");
    assertThat(drift.exit()).isEqualTo(6);
    assertThat(drift.out()).contains("schedule.cron 0 3 * * * → 0 2 * * *", "(\"why\")");
    assertThat(oasis.call("rollback", "back/a", "--to", "9").exit()).isEqualTo(1);
  }

  @Test
  @DisplayName("GO5: an export applies back unchanged, and makes another server the same")
  void export() throws IOException {
    oasis.call("export", "-o", platform.folder().resolve("out").toString()).ok();
    var files = platform.folder().resolve("out").toString();
    assertThat(oasis.call("plan", "-f", files, "--exit-code").ok().out()).contains("nothing to do");

    try (var other = Platform.start(ExportTarget.class)) {
      other.cli().call("apply", "-f", files).ok();
      var again = other.folder().resolve("again");
      other.cli().call("export", "-o", again.toString()).ok();

      assertThat(texts(again)).isEqualTo(texts(Path.of(files))).isNotEmpty();
    }
  }

  /** Names the folder of the second server. */
  private static final class ExportTarget {}

  private static Map<String, String> texts(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.collect(Collectors.toMap(f -> f.getFileName().toString(), CliVerbsIT::text));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @DisplayName("status, version, preview and completion work, the last two without a server")
  void aboutItself() {
    assertThat(oasis.call("status").ok().out()).contains("Oasis", "1 of");
    assertThat(oasis.call("version").ok().out()).contains("client", "server", "tzdb");
    assertThat(oasis.call("preview", "0 30 2 * * ?", "--zone", "Asia/Shanghai").ok().out())
        .contains("02:30 +08:00");
    for (var shell : new String[] {"bash", "zsh", "fish"}) {
      assertThat(oasis.call("completion", shell).ok().out()).contains("rollback");
    }
  }

  @Test
  @DisplayName("verify counts no gap and no double; explain of a wrong time is exit code 2")
  void verifyAndExplain() {
    assertThat(oasis.call("verify", "--since", "1h").ok().out()).contains("0 gaps");
    assertThat(oasis.call("explain", "billing/nightly", "--at", "yesterday").exit()).isEqualTo(2);
  }

  @Test
  @DisplayName("a piped watch prints a line for each change until it is stopped")
  void watch() throws IOException {
    var out = platform.folder().resolve("watch.out");
    var watching = oasis.start(out, "runs", "billing/count", "--watch", "--interval", "1s");
    try {
      Await.until("the first look", PATIENCE, () -> text(out).contains("RUN"));

      var run = runOf(oasis.call("run", "billing/count", "--param", "last=9", "--wait").ok());

      Await.until(
          "the end of run " + run,
          PATIENCE,
          () -> text(out).lines().anyMatch(l -> l.startsWith(run) && l.contains("SUCCEEDED")));
      assertThat(text(out).lines().filter(l -> l.startsWith("RUN "))).hasSize(1);
    } finally {
      watching.destroy();
    }
  }
}
