package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.input.ManifestRequest;
import io.oasis.cli.input.SavedPlan;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.ManifestOptions;
import io.oasis.cli.options.OwnershipOptions;
import io.oasis.cli.options.PlanOutputOptions;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.output.Documents;
import io.oasis.cli.output.OutputFormat;
import io.oasis.cli.output.PlanText;
import io.oasis.cli.output.Times;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what applying the manifests would change. */
@Command(
    name = "plan",
    customSynopsis = "oasis plan -f FILE... [OPTIONS]",
    description = "Show what applying the manifests would change, field by field.",
    exitCodeList = {"3:another source owns an object", "6:changes, with --exit-code"},
    footer = {
      "",
      "A plan that was saved is applied exactly, or refused when something moved since.",
      "",
      "Examples:",
      "  oasis plan -f jobs/ --source infra --prune",
      "  oasis plan -f jobs/ --source infra --exit-code   # 6 when there are changes",
      "  oasis plan -f jobs/ --source infra --out plan.json && oasis apply plan.json"
    })
public final class PlanCommand implements Callable<Integer> {
  @Mixin ManifestOptions manifests;

  @Option(names = "--exit-code", order = 6, description = "Exit with 6 when there are changes.")
  boolean exitCode;

  @Option(
      names = "--horizon",
      paramLabel = "DURATION",
      order = 7,
      description = "How far to look ahead at fires; 7d unless told.")
  String horizon;

  @Mixin OwnershipOptions ownership;
  @Mixin PlanOutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public PlanCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    OutputFormat format = output.format();
    Optional<String> file = output.file();
    ManifestRequest request = manifests.request(shell, ownership.allowEmpty());
    ownership.addTo(request.body());
    if (horizon != null) {
      request.body().put("horizon", horizon);
    }
    Facts plan = request.post(server.client(shell), "/plan");
    PlanText text =
        new PlanText(
            shell.terminal(), new Times(shell.clock(), shell.zone()), format == OutputFormat.WIDE);
    Documents.print(
        shell.terminal(), format, plan, PlanCommand::changedKeys, () -> text.planned(plan));
    file.ifPresent(name -> save(request, plan, name));
    boolean changes = PlanText.changes(plan) > 0;
    return (exitCode && changes ? ExitCode.CHANGES : ExitCode.OK).number();
  }

  private void save(ManifestRequest request, Facts plan, String name) {
    SavedPlan.of(request, plan).write(name);
    shell.terminal().say("saved; do exactly this with: oasis apply " + name);
  }

  /** {@code job/billing/nightly}, one a line, of what changes. */
  static String changedKeys(Facts plan) {
    return plan.list("steps").stream()
        .filter(step -> !step.text("action").equals("unchanged"))
        .map(step -> step.text("kind") + "/" + step.text("key"))
        .collect(Collectors.joining("\n"));
  }
}
