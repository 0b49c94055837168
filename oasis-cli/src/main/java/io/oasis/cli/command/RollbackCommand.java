package io.oasis.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.JobArgument;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.ReasonOptions;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.output.Documents;
import io.oasis.cli.output.OutputFormat;
import io.oasis.cli.output.PlanText;
import io.oasis.cli.output.Times;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a job be what it was. */
@Command(
    name = "rollback",
    description = "Make a job be what an earlier revision of it was, as a new revision.",
    exitCodeList = "3:a source owns the job and --override is missing",
    footer = {
      "",
      "It fires next by the old schedule, strictly after now; runs under way keep what they began",
      "with. A job that a source owns is better rolled back in its repository. With --override it",
      "stays its source's and shows as drift until the source applies again.",
      "",
      "Examples:",
      "  oasis rollback billing/nightly-settlement --to 3 --dry-run",
      "  oasis rollback billing/nightly-settlement --to 3 --reason \"wrong hour\""
    })
public final class RollbackCommand implements Callable<Integer> {
  @Mixin JobArgument job;

  @Option(
      names = "--to",
      paramLabel = "REVISION",
      required = true,
      order = 0,
      description = "Which revision, as 'oasis history' shows it.")
  int to;

  @Mixin ReasonOptions reason;

  @Option(names = "--dry-run", order = 2, description = "Only show what would change.")
  boolean dryRun;

  @Option(names = "--override", order = 3, description = "Also if a source owns the job.")
  boolean override;

  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public RollbackCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    if (to < 1) {
      throw CliFailure.invalid("--to must be at least 1");
    }
    ObjectNode body = reason.body();
    body.put("to", to).put("override", override).put("dryRun", dryRun);
    Facts plan = server.client(shell).post(job.path() + "/rollback", body);
    Documents.print(
        shell.terminal(),
        output.format(),
        plan,
        p -> p.list("steps").get(0).text("key"),
        () -> told(plan));
    return ExitCode.OK.number();
  }

  private void told(Facts plan) {
    PlanText text =
        new PlanText(
            shell.terminal(),
            new Times(shell.clock(), shell.zone()),
            output.format() == OutputFormat.WIDE);
    Facts step = plan.list("steps").get(0);
    if (!step.text("action").equals("change")) {
      shell.terminal().print("job %s is like revision %d already".formatted(job.key(), to));
      return;
    }
    text.changed(step);
    shell
        .terminal()
        .print(
            "job %s  %s like revision %d%s"
                .formatted(
                    job.key(),
                    dryRun ? "would be" : "is",
                    to,
                    dryRun ? "" : ", as revision " + step.text("revision")));
    plan.optional("source").ifPresent(this::sayOwner);
  }

  private void sayOwner(String owner) {
    if (dryRun) {
      shell.terminal().say("it belongs to source %s: this needs --override".formatted(owner));
      return;
    }
    shell
        .terminal()
        .say(
            "it belongs to source %s and differs from it now; change it there as well, or the next"
                    .formatted(owner)
                + " apply takes this back");
  }
}
