package io.oasis.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.it.harness.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Files that are wrong: exit code 2, one line for each mistake, and nothing is written. */
class BadInputIT {
  private static final String APP =
      """
      apiVersion: oasis/v1
      kind: App
      metadata: {name: shop}
      spec: {title: Shop}
      """;

  private static Platform platform;

  @BeforeAll
  static void start() {
    platform = Platform.start(BadInputIT.class);
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @AfterEach
  void nothingIsWritten() {
    assertThat(platform.rest().get("/apps").ok().path("items")).isEmpty();
    assertThat(platform.rest().get("/jobs").ok().path("items")).isEmpty();
  }

  @Test
  @DisplayName("GO6: every mistake of every file is told at once, with line, path and a suggestion")
  void everyMistakeAtOnce() {
    platform.write("bad/app.yaml", APP);
    platform.write(
        "bad/jobs.yaml",
        """
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: shop, name: unknown-field}
        spec:
          schedule: {cron: "0 2 * * *"}
          handler: settle
          rountng: random
        ---
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: shop, name: wrong-type}
        spec:
          schedule: {cron: "0 2 * * *"}
          handler: settle
          retry: {max: many}
        ---
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: shop, name: bad-cron}
        spec:
          schedule: {cron: "0 61 2 * * ?"}
          handler: settle
        ---
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: shop, name: unknown-zone}
        spec:
          schedule: {cron: "0 2 * * *", timeZone: Asia/Shanghia}
          handler: settle
        """);

    var result = platform.cli().call("apply", "-f", platform.folder().resolve("bad").toString());

    assertThat(result.exit()).as(result.toString()).isEqualTo(2);
    assertThat(result.all())
        .containsPattern("jobs\\.yaml:7:\\d+\\s+spec\\.rountng.*routing")
        .containsPattern("jobs\\.yaml:15:\\d+\\s+spec\\.retry\\.max")
        .containsPattern("jobs\\.yaml:21:\\d+\\s+spec\\.schedule\\.cron.*61")
        .containsPattern("jobs\\.yaml:28:\\d+\\s+spec\\.schedule\\.timeZone.*Asia/Shanghai");
  }

  @Test
  @DisplayName("two documents with one name are refused, in one file and in two")
  void twoDocumentsWithOneName() {
    var job =
        """
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: shop, name: twice}
        spec: {schedule: none, handler: settle}
        """;
    platform.write("twice/a.yaml", APP + "---\n" + job + "---\n" + job);
    platform.write("twice/b.yaml", job);

    var result = platform.cli().call("apply", "-f", platform.folder().resolve("twice").toString());

    assertThat(result.exit()).as(result.toString()).isEqualTo(2);
    assertThat(result.all())
        .containsPattern("a\\.yaml:1\\d:\\d+")
        .containsPattern("b\\.yaml:1:\\d+|b\\.yaml:3:\\d+");
  }

  @Test
  @DisplayName("one document with a name written twice is refused")
  void oneKeyTwice() {
    assertRefused(
        platform.write(
            "key-twice.yaml",
            APP
                + """
                ---
                apiVersion: oasis/v1
                kind: Job
                metadata: {app: shop, name: a}
                spec:
                  schedule: none
                  handler: settle
                  handler: other
                """),
        "key-twice\\.yaml:12:\\d+");
  }

  @Test
  @DisplayName("an empty file is refused")
  void emptyFile() {
    assertRefused(platform.write("empty.yaml", ""), "empty\\.yaml:1:1 .*empty");
  }

  @Test
  @DisplayName("a binary file is refused")
  void binaryFile() throws IOException {
    var bytes = new byte[4096];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    assertRefused(
        Files.write(platform.folder().resolve("binary.yaml"), bytes), "binary\\.yaml:1:1 .*binary");
  }

  @Test
  @DisplayName("a file of 50 MB is refused without being read whole")
  void hugeFile() throws IOException {
    var line = "# " + "x".repeat(1021) + "\n";
    var huge = platform.folder().resolve("huge.yaml");
    try (var writer = Files.newBufferedWriter(huge)) {
      for (int i = 0; i < 50 * 1024; i++) {
        writer.write(line);
      }
    }
    assertRefused(huge, "huge\\.yaml:1:1 .*larger");
    Files.delete(huge);
  }

  @Test
  @DisplayName("a file that is not there is refused")
  void missingFile() {
    assertRefused(platform.folder().resolve("nowhere.yaml"), "nowhere\\.yaml");
  }

  private static void assertRefused(Path file, String expectedLine) {
    var result = platform.cli().call("apply", "-f", file.toString());

    assertThat(result.exit()).as(result.toString()).isEqualTo(2);
    assertThat(result.all()).containsPattern(expectedLine).doesNotContain("\tat ");
  }
}
