package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.input.ManifestRequest;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.ManifestOptions;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.output.Documents;
import io.oasis.cli.output.OutputFormat;
import io.oasis.cli.output.PlanText;
import io.oasis.cli.output.Times;
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
      "Examples:",
      "  oasis plan -f jobs/",
      "  oasis plan -f jobs/ --source infra --exit-code   # 6 when there are changes"
    })
public final class PlanCommand implements Callable<Integer> {
  @Mixin ManifestOptions manifests;

  @Option(names = "--exit-code", order = 6, description = "Exit with 6 when there are changes.")
  boolean exitCode;

  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public PlanCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    ManifestRequest request = manifests.request(shell);
    Facts plan = request.post(server.client(shell), "/plan");
    PlanText text =
        new PlanText(
            shell.terminal(),
            new Times(shell.clock(), shell.zone()),
            output.format() == OutputFormat.WIDE);
    Documents.print(
        shell.terminal(),
        output.format(),
        plan,
        PlanCommand::changedKeys,
        () -> text.planned(plan));
    boolean changes = PlanText.changes(plan) > 0;
    return (exitCode && changes ? ExitCode.CHANGES : ExitCode.OK).number();
  }

  /** {@code job/billing/nightly}, one a line, of what changes. */
  static String changedKeys(Facts plan) {
    return plan.list("steps").stream()
        .filter(step -> !step.text("action").equals("unchanged"))
        .map(step -> step.text("kind") + "/" + step.text("key"))
        .collect(Collectors.joining("\n"));
  }
}
