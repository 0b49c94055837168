package io.oasis.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oasis.it.harness.Await;
import io.oasis.it.harness.OwnedProcess;
import io.oasis.it.harness.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of the only server, with a run under way. */
class ServerKilledIT {
  private static final int STEPS = 15;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static Platform platform;
  private static OwnedProcess worker;

  @BeforeAll
  static void start() {
    platform = Platform.start(ServerKilledIT.class);
    platform.writeScript(
        "long.sh",
        """
        last=%d
        [ "${OASIS_PARAM_ENDLESS_AT:-}" != "$OASIS_EPOCH" ] || last=100000
        i=1
        while [ $i -le $last ]; do
          echo "$OASIS_RUN_ID $OASIS_EPOCH" >> %s
          echo "step $i"
          sleep 1
          i=$((i + 1))
        done
        """
            .formatted(STEPS, beats()));
    var jobs =
        platform.write(
            "jobs.yaml",
            """
            apiVersion: oasis/v1
            kind: App
            metadata: {name: shop}
            spec: {title: Shop}
            ---
            apiVersion: oasis/v1
            kind: Job
            metadata: {app: shop, name: once}
            spec:
              schedule: none
              handler: script
              params: {script: long.sh}
            ---
            apiVersion: oasis/v1
            kind: Job
            metadata: {app: shop, name: again}
            spec:
              schedule: none
              handler: script
              # Never done before its executor has to stop it, however slow the machine is.
              params: {script: long.sh, endless_at: "1"}
              retry: {max: 2, backoff: 1s}
            """);
    platform.cli().call("apply", "-f", jobs.toString()).ok();
    worker = platform.startWorker("shop", platform.scripts());
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  @DisplayName(
      "FN8: the run goes on without a server and ends well, with its whole log, started once")
  void runOutlivesItsServer() {
    long id = triggerAndAwaitStep("shop/once");

    platform.server().kill9();
    platform.restartServer();
    var run = platform.awaitFinal(id);

    assertEndedWellOnce(run);
  }

  @Test
  @DisplayName(
      "FN8: a run that ends while there is no server is known to the next one, with its whole log")
  void runEndsWithoutServer() {
    long id = triggerAndAwaitStep("shop/once");

    platform.server().kill9();
    Await.until(
        "the worker to end the run",
        PATIENCE,
        () -> worker.output().contains("run=" + id + " attempt=1 epoch=1 job=shop/once SUCCEEDED"));
    platform.restartServer();
    var run = platform.awaitFinal(id);

    assertEndedWellOnce(run);
  }

  @Test
  @DisplayName(
      "FN7: the run of a job that is retried on loss may start again, but never beside itself")
  void runThatMayStartElsewhereNeverRunsTwiceAtOnce() {
    long id = triggerAndAwaitStep("shop/again");

    platform.server().kill9();
    Await.until(
        "the worker to stop the run",
        PATIENCE,
        () ->
            worker
                .output()
                .contains("run=" + id + " attempt=1 epoch=1 job=shop/again HANDED_BACK"));
    platform.restartServer();
    var run = platform.awaitFinal(id);

    assertThat(run.path("state").asText()).as(run.toPrettyString()).isEqualTo("SUCCEEDED");
    assertThat(epochs(id)).isSorted().containsOnly(1L, 2L);
  }

  private static long triggerAndAwaitStep(String job) {
    long id = platform.trigger(job);
    Await.until("the run to log", PATIENCE, () -> platform.logLines(id).contains("step 3"));
    return id;
  }

  private static void assertEndedWellOnce(JsonNode run) {
    long id = run.path("id").asLong();
    assertThat(run.path("state").asText()).as(run.toPrettyString()).isEqualTo("SUCCEEDED");
    assertThat(run.path("attempt").asInt()).isEqualTo(1);
    Await.until("the log to be complete", PATIENCE, () -> platform.isLogComplete(id));
    List<String> expected = IntStream.rangeClosed(1, STEPS).mapToObj(i -> "step " + i).toList();
    assertThat(platform.logLines(id))
        .filteredOn(line -> line.startsWith("step "))
        .isEqualTo(expected);
    assertThat(epochs(id)).hasSize(STEPS).containsOnly(1L);
  }

  /** The epoch under which the script ran, second by second. */
  private static List<Long> epochs(long run) {
    try (var lines = Files.lines(beats())) {
      return lines
          .filter(line -> line.startsWith(run + " "))
          .map(line -> Long.parseLong(line.split(" ")[1]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path beats() {
    return platform.folder().resolve("beats.txt");
  }
}
