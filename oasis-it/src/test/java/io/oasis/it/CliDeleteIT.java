package io.oasis.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.it.harness.Cli;
import io.oasis.it.harness.Platform;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code oasis delete} against a real server, in a process without a terminal. */
class CliDeleteIT {
  private static final String GONE =
      """
      apiVersion: oasis/v1
      kind: App
      metadata: {name: gone}
      ---
      apiVersion: oasis/v1
      kind: Job
      metadata: {app: gone, name: a}
      spec: {handler: h, schedule: none}
      """;

  private static Platform platform;
  private static Cli oasis;

  @BeforeAll
  static void start() {
    platform = Platform.start(CliDeleteIT.class);
    oasis = platform.cli();
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  @BeforeEach
  void apply() {
    oasis.call("apply", "-f", platform.write("gone.yaml", GONE).toString()).ok();
  }

  @Test
  @DisplayName(
      "delete asks nobody where nobody is, and removes a job, and then the app without one")
  void inOrder() {
    assertThat(oasis.call("delete", "job", "gone/a").exit()).isEqualTo(2);

    oasis.call("delete", "job", "gone/a", "--yes").ok();
    oasis.call("delete", "app", "gone", "--yes").ok();

    assertThat(oasis.call("get", "app", "gone").exit()).isEqualTo(1);
  }

  @Test
  @DisplayName("A4: an app with a job is refused and says why; by force it goes with its job")
  void byForce() {
    var refused = oasis.call("delete", "app", "gone", "--yes");

    assertThat(refused.exit()).isEqualTo(3);
    assertThat(refused.err()).contains("app gone has 1 job and 0 nodes online", "--force");
    assertThat(oasis.call("delete", "app", "gone", "--force").exit()).isEqualTo(2);
    assertThat(oasis.call("delete", "app", "gone", "--force", "--yes").ok().out())
        .isEqualTo("app gone  deleted    with 1 job\n");
    assertThat(oasis.call("get", "app", "gone").exit()).isEqualTo(1);
  }

  @Test
  @DisplayName("a node that is online stays, and a run is nothing to delete")
  void whatStays() {
    var file = platform.write("stays.yaml", GONE.replace("gone", "stays"));
    oasis.call("apply", "-f", file.toString()).ok();
    platform.startWorker("stays", platform.scripts());
    var node = oasis.call("get", "nodes", "-o", "name").ok().out().strip();

    assertThat(node).isNotEmpty();
    assertThat(oasis.call("delete", "node", node, "--yes").exit()).isEqualTo(3);
    assertThat(oasis.call("delete", "run", "1", "--yes").exit()).isEqualTo(2);
  }
}
