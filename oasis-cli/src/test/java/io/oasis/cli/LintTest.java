package io.oasis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oasis.cli.harness.Golden;
import io.oasis.cli.harness.TestShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintTest {
  @TempDir Path folder;

  private TestShell shell;
  private String jobs;

  @BeforeEach
  void write() throws IOException {
    shell = new TestShell(folder);
    Path dir = Files.createDirectories(folder.resolve("my jobs"));
    Files.writeString(
        dir.resolve("bad,1.yaml"),
        """
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: a, name: wrong}
        spec:
          schedule: {cron: "0 61 2 * * ?"}
          handler: "100%"
          rountng: random
        """);
    Files.writeString(
        dir.resolve("doubt.yaml"),
        """
        apiVersion: oasis/v1
        kind: Job
        metadata: {app: a, name: doubtful}
        spec: {schedule: none, handler: script}
        """);
    jobs = dir.toString();
  }

  private String relative(String text) {
    return text.replace(folder.toUri().toString().replace("file:///", "file:/"), "ROOT/")
        .replace(folder.toUri().toString(), "ROOT/")
        .replace(folder.toString() + "/", "ROOT/");
  }

  @Test
  @DisplayName("GO12: errors and warnings are lines with places, and errors exit with 2")
  void text() {
    TestShell.Result result = shell.call("lint", "-f", jobs);

    assertThat(result.exit()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    Golden.assertMatches("golden/lint.txt", relative(result.err()));
  }

  @Test
  @DisplayName("GO12: warnings alone exit with 0, and with --strict as errors with 2")
  void strict() {
    String file = jobs + "/doubt.yaml";

    TestShell.Result lenient = shell.call("lint", "-f", file);
    TestShell.Result strict = shell.call("lint", "-f", file, "--strict");

    assertThat(lenient.exit()).isZero();
    assertThat(lenient.err()).contains("(timeout-missing)").endsWith("1 warning in 1 of 1 file\n");
    assertThat(strict.exit()).isEqualTo(2);
    assertThat(strict.err()).endsWith("1 error in 1 of 1 file\n").doesNotContain("warning:");
  }

  @Test
  @DisplayName("-o github gives workflow commands with their special characters escaped")
  void github() {
    TestShell.Result result = shell.call("lint", "-f", jobs, "-o", "github");

    assertThat(result.exit()).isEqualTo(2);
    Golden.assertMatches("golden/lint-github.txt", relative(result.out()));
  }

  @Test
  @DisplayName("-o json gives counts and findings")
  void json() throws IOException {
    TestShell.Result result = shell.call("lint", "-f", jobs, "-o", "json");

    JsonNode report = new ObjectMapper().readTree(result.out());
    assertThat(report.path("errors").asInt()).isEqualTo(2);
    assertThat(report.path("warnings").asInt()).isEqualTo(1);
    assertThat(report.path("findings").get(0).path("rule").asText()).isEqualTo("manifest");
    assertThat(report.path("findings").get(0).path("line").asInt()).isEqualTo(5);
    assertThat(report.path("findings").get(0).path("code").asText()).matches("[a-z_]+");
    assertThat(report.path("findings").get(2).path("severity").asText()).isEqualTo("warning");
  }

  @Test
  @DisplayName("-o sarif has what SARIF 2.1.0 requires: rules, places within the text, valid URIs")
  void sarif() throws IOException {
    TestShell.Result result = shell.call("lint", "-f", jobs, "-o", "sarif");

    JsonNode log = new ObjectMapper().readTree(result.out());
    JsonNode run = log.path("runs").get(0);
    assertThat(log.path("version").asText()).isEqualTo("2.1.0");
    assertThat(run.path("tool").path("driver").path("name").asText()).isNotEmpty();
    assertThat(run.path("results")).hasSize(3);
    for (JsonNode found : run.path("results")) {
      JsonNode rule =
          run.path("tool").path("driver").path("rules").get(found.path("ruleIndex").asInt());
      JsonNode place = found.path("locations").get(0).path("physicalLocation");
      assertThat(rule.path("id")).isEqualTo(found.path("ruleId"));
      assertThat(found.path("level").asText()).isIn("error", "warning");
      assertThat(found.path("message").path("text").asText()).isNotEmpty();
      assertThat(java.net.URI.create(place.path("artifactLocation").path("uri").asText()).getPath())
          .startsWith(jobs);
      assertThat(place.path("region").path("startLine").asInt()).isPositive();
      assertThat(place.path("region").path("startColumn").asInt()).isPositive();
    }
  }
}
