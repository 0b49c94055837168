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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the server's jobs be what the manifests say. */
@Command(
    name = "apply",
    customSynopsis = "oasis apply -f FILE... [OPTIONS]",
    description = "Make the server's jobs be what the manifests say, all or nothing.",
    exitCodeList = {"3:another source owns an object"},
    footer = {
      "",
      "Applying the same files again changes nothing. One wrong document stops them all.",
      "",
      "Examples:",
      "  oasis apply -f jobs.yaml",
      "  oasis apply -f jobs/ -f extra.yaml --source infra --commit $(git rev-parse HEAD)",
      "  generate-jobs | oasis apply -f - --dry-run"
    })
public final class ApplyCommand implements Callable<Integer> {
  @Mixin ManifestOptions manifests;

  @Option(names = "--dry-run", order = 6, description = "Ask the server, but change nothing.")
  boolean dryRun;

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
    ManifestRequest request = manifests.request(shell);
    if (dryRun) {
      request.body().put("dryRun", true);
    }
    Facts plan = request.post(server.client(shell), "/apply");
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
        () -> text.applied(plan, dryRun));
    return ExitCode.OK.number();
  }
}
