package io.oasis.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.oasis.it.harness.Await;
import io.oasis.it.harness.Checkout;
import io.oasis.it.harness.CuttableLink;
import io.oasis.it.harness.OwnedProcess;
import io.oasis.it.harness.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The network between an executor and the server is cut, without a word to either of them. */
class PartitionIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static Platform platform;
  private static CuttableLink link;
  private static OwnedProcess cutOff;

  @BeforeAll
  static void start() {
    platform = Platform.start(PartitionIT.class);
    link = CuttableLink.to(platform.server().port());
    // Beats until the file of its run is there, and says to whom each beat belongs.
    platform.writeScript(
        "beat.sh",
        """
        echo started
        while [ ! -e %1$s/end-$OASIS_RUN_ID ]; do
          echo "$OASIS_RUN_ID $OASIS_EPOCH $(date +%%s%%N)" >> %1$s/beats.txt
          sleep 0.2
        done
        """
            .formatted(platform.folder()));
    // With the backoff, an executor on a busy machine has over ten seconds to stop its copy.
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
              params: {script: beat.sh}
            ---
            apiVersion: oasis/v1
            kind: Job
            metadata: {app: shop, name: again}
            spec:
              schedule: none
              handler: script
              params: {script: beat.sh}
              retry: {max: 2, backoff: 10s, jitter: 0}
            """);
    platform.cli().call("apply", "-f", jobs.toString()).ok();
    cutOff = startCutOffWorker();
  }

  @AfterAll
  static void stop() {
    if (link != null) {
      link.close();
    }
    platform.close();
  }

  @Test
  @DisplayName(
      "FN7, FN4: cut off, an executor stops what is retried elsewhere before that starts, finishes"
          + " the rest, and its late result is an event")
  void cutOffExecutor() {
    long again = triggerAndAwaitStart("shop/again");
    long once = triggerAndAwaitStart("shop/once");
    platform.startWorker("shop", platform.scripts());

    link.cut();

    JsonNode lost = platform.awaitFinal(once);
    assertThat(lost.path("state").asText()).as(lost.toPrettyString()).isEqualTo("LOST");
    Await.until("the next attempt elsewhere", PATIENCE, () -> beats(again, 2).size() > 5);
    assertThat(beats(again, 1).getLast())
        .as("the older copy's last beat, before the newer one's first")
        .isLessThan(beats(again, 2).getFirst());
    int beatsOfLost = beats(once, 1).size();
    Await.until(
        "the run that is not retried to go on",
        PATIENCE,
        () -> beats(once, 1).size() > beatsOfLost);

    end(once);
    end(again);
    JsonNode repeated = platform.awaitFinal(again);
    Await.until(
        "the executor to end the run that nobody repeats",
        PATIENCE,
        () -> cutOff.output().contains("run=" + once + " attempt=1 epoch=1 job=shop/once SUCC"));
    link.mend();

    assertThat(repeated.path("state").asText())
        .as(repeated.toPrettyString())
        .isEqualTo("SUCCEEDED");
    assertThat(repeated.path("attempt").asInt()).isEqualTo(2);
    JsonNode late = Await.value("the late result", PATIENCE, () -> event(once, "LATE_RESULT"));
    assertThat(late.path("detail").asText()).contains("SUCCEEDED");
    assertThat(platform.run(once).path("state").asText()).isEqualTo("LOST");
  }

  /** A worker that reaches the server only over the link. */
  private static OwnedProcess startCutOffWorker() {
    return platform.startExecutor(
        "shop",
        List.of(
            Checkout.path("bin/oasis-worker").toString(),
            "--allow-script",
            platform.scripts().toString(),
            "--server",
            "localhost:" + link.port()),
        Map.of());
  }

  private static long triggerAndAwaitStart(String job) {
    long id = platform.trigger(job);
    Await.until("the run to begin", PATIENCE, () -> platform.logLines(id).contains("started"));
    return id;
  }

  private static Optional<JsonNode> event(long run, String kind) {
    for (JsonNode event : platform.run(run).path("events")) {
      if (event.path("kind").asText().equals(kind)) {
        return Optional.of(event);
      }
    }
    return Optional.empty();
  }

  private static void end(long run) {
    platform.write("end-" + run, "");
  }

  /** When a hand-over of a run was at work, in nanoseconds of the machine's clock. */
  private static List<Long> beats(long run, long epoch) {
    Path file = platform.folder().resolve("beats.txt");
    var found = new ArrayList<Long>();
    try {
      for (String line : Files.readAllLines(file)) {
        String[] words = line.split(" ", -1);
        if (words.length == 3
            && words[0].equals(String.valueOf(run))
            && words[1].equals(String.valueOf(epoch))) {
          found.add(Long.parseLong(words[2]));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
