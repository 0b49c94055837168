package io.oasis.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.it.harness.Await;
import io.oasis.it.harness.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ServerKilledIT {
  private static final int STEPS = 20;

  private static Platform platform;

  @BeforeAll
  static void start() {
    platform = Platform.start(ServerKilledIT.class);
    platform.writeScript(
        "long.sh",
        """
        echo started >> starts.txt
        i=1
        while [ $i -le %d ]; do
          echo "step $i"
          sleep 1
          i=$((i + 1))
        done
        """
            .formatted(STEPS)
            .replace("starts.txt", platform.folder().resolve("starts.txt").toString()));
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
            metadata: {app: shop, name: long}
            spec:
              schedule: none
              handler: script
              params: {script: long.sh}
              retry: {max: 2}
            """);
    platform.cli().call("apply", "-f", jobs.toString()).ok();
    platform.startWorker("shop", platform.scripts());
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @Test
  @DisplayName(
      "FN8: kill -9 of the server in the middle of a run; after a restart the run has ended well, "
          + "with its whole log and started once")
  void runOutlivesItsServer() throws IOException {
    long id = platform.trigger("shop/long");
    Await.until(
        "the run to log", Duration.ofSeconds(30), () -> platform.logLines(id).contains("step 3"));

    platform.server().kill9();
    platform.restartServer();
    var run = platform.awaitFinal(id);

    assertThat(run.path("state").asText()).as(run.toPrettyString()).isEqualTo("SUCCEEDED");
    assertThat(run.path("attempt").asInt()).isEqualTo(1);
    Await.until("the log to be complete", Duration.ofSeconds(30), () -> platform.isLogComplete(id));
    List<String> expected = IntStream.rangeClosed(1, STEPS).mapToObj(i -> "step " + i).toList();
    assertThat(platform.logLines(id)).filteredOn(l -> l.startsWith("step ")).isEqualTo(expected);
    assertThat(Files.readAllLines(platform.folder().resolve("starts.txt"))).hasSize(1);
  }
}
