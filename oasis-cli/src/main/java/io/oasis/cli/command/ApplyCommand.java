package io.oasis.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.input.ManifestRequest;
import io.oasis.cli.input.SavedPlan;
import io.oasis.cli.options.ApplyWaitOptions;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.ManifestOptions;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.OwnershipOptions;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.output.Documents;
import io.oasis.cli.output.OutputFormat;
import io.oasis.cli.output.PlanText;
import io.oasis.cli.output.Times;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the server's jobs be what the manifests say. */
@Command(
    name = "apply",
    customSynopsis = {"oasis apply -f FILE... [OPTIONS]", "       oasis apply PLAN [OPTIONS]"},
    description = "Make the server's jobs be what the manifests say, all or nothing.",
    exitCodeList = {
      "3:another source owns an object, or the plan is stale",
      "5:a run that --wait waited for did not succeed"
    },
    footer = {
      "",
      "Applying the same files again changes nothing. One wrong document stops them all.",
      "What is applied is in force at once on every server. With --wait it also waits for the runs",
      "of one-time jobs that it sets off (ifPast: run), and for those of pruned jobs to end.",
      "",
      "Examples:",
      "  oasis apply -f jobs.yaml",
      "  oasis apply -f jobs/ --source infra --prune",
      "  oasis plan -f jobs/ --source infra --out plan.json && oasis apply plan.json",
      "  generate-jobs | oasis apply -f - --dry-run"
    })
public final class ApplyCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "PLAN",
      description = "A plan that 'oasis plan --out PLAN' saved, in place of -f.")
  String plan;

  @Mixin ManifestOptions manifests;

  @Option(names = "--dry-run", order = 6, description = "Ask the server, but change nothing.")
  boolean dryRun;

  @Mixin OwnershipOptions ownership;

  @Option(
      names = "--yes",
      paramLabel = "N",
      order = 18,
      description = "With --prune: N deletions are meant; needed above 30 %%.")
  Integer yes;

  @Option(
      names = "--kill",
      order = 19,
      description = "With --prune: also stop the running runs of deleted jobs.")
  boolean kill;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      order = 20,
      description = "With --override: why; kept with the revision.")
  String reason;

  @Mixin ApplyWaitOptions wait;
  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public ApplyCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    wait.check();
    OasisClient client = server.client(shell);
    Facts applied = plan == null ? applyFiles(client) : applyPlan(client);
    PlanText text =
        new PlanText(
            shell.terminal(),
            new Times(shell.clock(), shell.zone()),
            output.format() == OutputFormat.WIDE);
    Documents.print(
        shell.terminal(),
        output.format(),
        applied,
        PlanCommand::changedKeys,
        () -> text.applied(applied, dryRun));
    if (!wait.wanted() || dryRun) {
      return ExitCode.OK.number();
    }
    shell.terminal().flush();
    return new ApplyWait(shell, client, wait).untilEnd(applied).number();
  }

  private Facts applyFiles(OasisClient client) {
    ManifestRequest request = manifests.request(shell, ownership.allowEmpty());
    ownership.addTo(request.body());
    if (dryRun) {
      request.body().put("dryRun", true);
    }
    addTo(request.body());
    return request.post(client, "/apply");
  }

  private Facts applyPlan(OasisClient client) {
    if (manifests.given() || dryRun || !ownership.given().isEmpty()) {
      String other = manifests.given() ? "-f" : dryRun ? "--dry-run" : ownership.given().get(0);
      throw CliFailure.invalid(
          "a saved plan says by itself what to do; leave out " + other + ", or the plan");
    }
    ObjectNode body = SavedPlan.read(plan).request();
    addTo(body);
    return client.post("/apply", body);
  }

  private void addTo(ObjectNode body) {
    if (yes != null) {
      body.put("yes", yes);
    }
    if (kill) {
      body.put("kill", true);
    }
    if (reason != null) {
      body.put("reason", reason);
    }
  }
}
