package io.oasis.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oasis.it.harness.Await;
import io.oasis.it.harness.Checkout;
import io.oasis.it.harness.Platform;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every file of docs/examples, on two workers. */
class ExamplesIT {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static Platform platform;

  @BeforeAll
  static void start() {
    platform = Platform.start(ExamplesIT.class);
    var examples = Checkout.path("docs/examples");
    platform.cli().call("apply", "-f", examples.toString(), "--source", "examples").ok();
    platform.startWorker("examples", examples.resolve("scripts"));
    platform.startWorker("examples", examples.resolve("scripts"));
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  @DisplayName("disk-report ends with the fullest file system as its result")
  void diskReport() {
    var run = runByHand("examples/disk-report");

    assertSucceeded(run);
    assertThat(logOf(run)).contains("Filesystem").contains("fullest: ");
    assertThat(run.path("result").asText()).startsWith("fullest: ");
  }

  @Test
  @DisplayName("health-check asks the server that the worker is connected to")
  void healthCheck() {
    var run = runByHand("examples/health-check");

    assertSucceeded(run);
    assertThat(logOf(run)).contains("200");
  }

  @Test
  @DisplayName("nightly-rollup is due at half past two in Shanghai and runs")
  void nightlyRollup() {
    var job = platform.rest().get("/jobs/examples/nightly-rollup").ok();
    var run = runByHand("examples/nightly-rollup");

    assertThat(job.path("title").asText()).isEqualTo("每日磁盘汇总");
    assertThat(job.path("nextFireAt").asText()).endsWith("T18:30:00Z");
    assertSucceeded(run);
    assertThat(logOf(run)).contains("rolled up ");
  }

  @Test
  @DisplayName("first-look ran once by itself, and CU11: not again when it is applied again")
  void firstLook() {
    var first =
        Await.value(
            "first-look to succeed",
            PATIENCE,
            () -> platform.newestRun("examples/first-look", "&state=SUCCEEDED"));

    var again =
        platform
            .cli()
            .call("apply", "-f", Checkout.path("docs/examples").toString(), "--source", "examples")
            .ok();

    assertThat(logOf(first)).contains(" is up");
    assertThat(again.all()).contains("unchanged");
    var runs = platform.rest().get("/runs?job=examples/first-look").ok().path("items");
    assertThat(runs).hasSize(1);
  }

  @Test
  @DisplayName("node-info runs once on each of the two nodes")
  void nodeInfo() {
    var run = runByHand("examples/node-info");

    assertSucceeded(run);
    assertThat(run.path("memberCount").asInt()).isEqualTo(2);
    assertThat(run.path("attempts").findValuesAsText("node")).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName(
      "BK8, BK9: flaky fails twice, waits longer each time and succeeds at its third attempt")
  void flaky() {
    var run = runByHand("examples/flaky");

    assertSucceeded(run);
    assertThat(run.path("attempt").asInt()).isEqualTo(3);
    assertThat(run.path("attempts").findValuesAsText("state"))
        .containsExactly("FAILED", "FAILED", "SUCCEEDED");
    assertThat(logOf(run)).contains("attempt 1", "attempt 2", "worked at attempt 3");
  }

  @Test
  @DisplayName("GO12: broken-backup fails with its reason, and run --wait ends with 5")
  void brokenBackup() {
    var call = platform.cli().call("run", "examples/broken-backup", "--wait", "--logs");

    assertThat(call.exit()).as(call.toString()).isEqualTo(5);
    assertThat(call.all()).contains("backup target /mnt/oasis-backup is not mounted");
  }

  private static JsonNode runByHand(String job) {
    return platform.awaitFinal(platform.trigger(job));
  }

  /** With -f, because the last lines may come after the end of the run. */
  private static String logOf(JsonNode run) {
    return platform.cli().call("logs", run.path("id").asText(), "-f").ok().out();
  }

  private static void assertSucceeded(JsonNode run) {
    assertThat(run.path("state").asText()).as(run.toPrettyString()).isEqualTo("SUCCEEDED");
  }
}
