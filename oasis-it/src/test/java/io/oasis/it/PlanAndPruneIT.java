package io.oasis.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.oasis.it.harness.Cli;
import io.oasis.it.harness.Platform;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Ownership, saved plans, pruning and secrets, with the CLI against a real server and worker. */
class PlanAndPruneIT {
  private static Platform platform;
  private static Cli oasis;

  @BeforeAll
  static void start() {
    platform = Platform.start(PlanAndPruneIT.class);
    oasis = platform.cli();
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  private static String jobs(String app, int count) {
    StringBuilder text =
        new StringBuilder("apiVersion: oasis/v1\nkind: App\nmetadata: {name: %s}\n".formatted(app));
    for (int i = 0; i < count; i++) {
      text.append(
          """
          ---
          apiVersion: oasis/v1
          kind: Job
          metadata: {app: %s, name: job-%d}
          spec: {handler: h, schedule: {cron: "0 2 * * *"}}
          """
              .formatted(app, i));
    }
    return text.toString();
  }

  @Test
  @DisplayName(
      "GO7 GO12: prune deletes what is gone from the files, and asks for the number when it is much")
  void prune() {
    String file = platform.write("prune.yaml", jobs("prune", 6)).toString();
    oasis.call("apply", "-f", file, "--source", "prune-repo").ok();
    platform.write("prune.yaml", jobs("prune", 5));

    Cli.Result one = oasis.call("apply", "-f", file, "--source", "prune-repo", "--prune").ok();
    platform.write("prune.yaml", jobs("prune", 2));
    Cli.Result many = oasis.call("apply", "-f", file, "--source", "prune-repo", "--prune");
    Cli.Result yes =
        oasis.call("apply", "-f", file, "--source", "prune-repo", "--prune", "--yes", "3").ok();
    Cli.Result again = oasis.call("apply", "-f", file, "--source", "prune-repo", "--prune").ok();

    assertThat(one.out()).containsPattern("job prune/job-5 +pruned");
    assertThat(many.exit()).isEqualTo(2);
    assertThat(many.err()).contains("3 of the 6 objects", "--yes 3");
    assertThat(yes.out()).contains("Applied 3 changes");
    assertThat(again.out()).contains("Nothing to do");
    assertThat(oasis.call("get", "jobs", "-a", "prune", "-o", "name").ok().out().lines())
        .hasSize(2);
  }

  @Test
  @DisplayName(
      "GO12: a saved plan is applied exactly, and refused with 3 when something moved since")
  void savedPlan() {
    String file = platform.write("saved.yaml", jobs("saved", 2)).toString();
    Path plan = platform.write("unused.txt", "").resolveSibling("plan.json");
    oasis.call("plan", "-f", file, "--source", "saved-repo", "--out", plan.toString()).ok();
    Cli.Result first = oasis.call("apply", plan.toString()).ok();
    platform.write("saved.yaml", jobs("saved", 2).replace("0 2", "0 3"));
    oasis.call("plan", "-f", file, "--source", "saved-repo", "-o", plan.toString()).ok();
    oasis.call("disable", "saved/job-1", "--reason", "month end").ok();
    Cli.Result stale = oasis.call("apply", plan.toString());

    assertThat(first.out()).contains("Applied 3 changes");
    assertThat(stale.exit()).isEqualTo(3);
    assertThat(stale.err()).contains("job saved/job-1", "job.disable by admin", "make a new plan");
    assertThat(oasis.call("drift", "--source", "saved-repo").out())
        .contains("job saved/job-1", "enabled true → false", "(\"month end\")");
  }

  @Test
  @DisplayName("GO8: another source gets a conflict at the document's place; --take-over moves it")
  void takeOver() {
    String file = platform.write("taken.yaml", jobs("taken", 1)).toString();
    oasis.call("apply", "-f", file, "--source", "old-repo").ok();
    Cli.Result conflict = oasis.call("apply", "-f", file, "--source", "new-repo");
    Cli.Result taken = oasis.call("apply", "-f", file, "--source", "new-repo", "--take-over").ok();

    assertThat(conflict.exit()).isEqualTo(3);
    assertThat(conflict.err())
        .contains(
            "taken.yaml:3:",
            "job taken/job-0 belongs to source old-repo, not to new-repo",
            "--take-over");
    assertThat(taken.out()).contains("Applied 2 changes");
    assertThat(oasis.call("apply", "-f", file, "--source", "old-repo").exit()).isEqualTo(3);
  }
}
