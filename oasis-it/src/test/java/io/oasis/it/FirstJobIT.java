package io.oasis.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oasis.it.harness.Await;
import io.oasis.it.harness.Platform;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FirstJobIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final String JOBS =
      """
      apiVersion: oasis/v1
      kind: App
      metadata: {name: shop}
      spec: {title: Shop}
      ---
      apiVersion: oasis/v1
      kind: Job
      metadata: {app: shop, name: greet}
      spec:
        title: 每秒问候
        schedule: {cron: "0/2 * * * * ?", timeZone: Asia/Shanghai}
        handler: script
        params: {script: greet.sh}
      ---
      apiVersion: oasis/v1
      kind: Job
      metadata: {app: shop, name: by-hand}
      spec:
        schedule: none
        handler: script
        params: {script: greet.sh}
      """;

  private static Platform platform;
  private static Path jobs;

  @BeforeAll
  static void start() {
    platform = Platform.start(FirstJobIT.class);
    jobs = platform.write("jobs.yaml", JOBS);
    platform.writeScript("greet.sh", "echo 你好 from attempt $OASIS_ATTEMPT\necho careful >&2\n");
    platform.startWorker("shop", platform.scripts());
    platform.cli().call("apply", "-f", jobs.toString()).ok();
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  @DisplayName("TM3: a job of a file fires by its schedule, never early, and its lines can be read")
  void jobOfFileFiresAndItsLinesCanBeRead() {
    var run =
        Await.value(
            "a scheduled run of shop/greet that succeeded",
            PATIENCE,
            () -> platform.newestRun("shop/greet", "&state=SUCCEEDED&trigger=SCHEDULE"));

    assertThat(Instant.parse(run.path("dispatchedAt").asText()))
        .isAfterOrEqualTo(Instant.parse(run.path("nominalAt").asText()));
    var log = platform.cli().call("logs", run.path("id").asText(), "-f").ok();
    assertThat(log.out()).contains("你好 from attempt 1", "careful");
  }

  @Test
  @DisplayName("a time that ran is explained with its run, and the ledger is verified")
  void timeIsExplainedAndLedgerVerified() {
    var run =
        Await.value(
            "a scheduled run of shop/greet that succeeded",
            PATIENCE,
            () -> platform.newestRun("shop/greet", "&state=SUCCEEDED&trigger=SCHEDULE"));
    var cli = platform.cli();

    var why = cli.call("explain", "shop/greet", "--at", run.path("nominalAt").asText()).ok();
    var proof = cli.call("verify", "--since", "1h", "--job", "shop/greet").ok();

    assertThat(why.out()).contains("run " + run.path("id").asText());
    assertThat(proof.out()).contains("0 gaps, 0 doubles");
  }

  @Test
  @DisplayName("GO5: applying the same file a second time says unchanged and changes nothing")
  void secondApplySaysUnchanged() {
    var second = platform.cli().call("apply", "-f", jobs.toString()).ok();

    assertThat(second.all())
        .contains("unchanged")
        .doesNotContain("created")
        .doesNotContain("changed ");
    var revisions = platform.rest().get("/jobs/shop/greet/revisions").ok().path("items");
    assertThat(revisions).hasSize(1);
  }

  @Test
  @DisplayName("run --wait --logs shows the lines and ends with the run's success")
  void runWaitLogsShowsTheLines() {
    var run = platform.cli().call("run", "shop/by-hand", "--wait", "--logs").ok();

    assertThat(run.all()).contains("你好 from attempt 1").contains("SUCCEEDED");
  }

  @Test
  @DisplayName("the jobs, the runs and the state of the platform can be read with the CLI")
  void everythingCanBeReadWithTheCli() {
    assertThat(platform.cli().call("get", "jobs", "-a", "shop").ok().out())
        .contains("greet", "by-hand", "Asia/Shanghai");
    assertThat(platform.cli().call("describe", "job", "shop/greet").ok().out())
        .contains("每秒问候", "0/2 * * * * ?");
    assertThat(platform.cli().call("status").ok().all()).isNotBlank();
    Await.until(
        "a run in the list",
        PATIENCE,
        () -> platform.cli().call("runs", "-o", "name").ok().out().lines().findAny().isPresent());
  }

  @Test
  @DisplayName("the events of a run tell its life in order")
  void eventsTellTheLifeInOrder() {
    long id = platform.trigger("shop/by-hand");

    JsonNode run = platform.awaitFinal(id);

    assertThat(run.path("state").asText()).isEqualTo("SUCCEEDED");
    assertThat(run.path("attempts")).hasSize(1);
    var times = run.path("events").findValuesAsText("at").stream().map(Instant::parse).toList();
    assertThat(times).isNotEmpty().isSorted();
    assertThat(Optional.of(run.path("node").asText()))
        .hasValueSatisfying(n -> assertThat(n).isNotBlank());
  }
}
