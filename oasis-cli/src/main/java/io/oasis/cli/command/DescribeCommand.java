package io.oasis.cli.command;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.client.Query;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.JobArgument;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.RunArgument;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.output.Documents;
import io.oasis.cli.output.JobSheet;
import io.oasis.cli.output.RunSheet;
import io.oasis.cli.output.Times;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows one thing with all that is known of it. */
@Command(
    name = "describe",
    description = "Show one job, app or run with all that is known of it.",
    footer = {
      "",
      "Examples:",
      "  oasis describe job billing/nightly-settlement",
      "  oasis describe run 48213",
      "  oasis describe app billing -o yaml"
    })
public final class DescribeCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "KIND", description = "One of: job, app, run.")
  String kind;

  @Parameters(index = "1", paramLabel = "NAME", description = "APP/JOB, APP, or a run's number.")
  String name;

  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public DescribeCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Times times = new Times(shell.clock(), shell.zone());
    switch (kind.toLowerCase(Locale.ROOT)) {
      case "job", "jobs" -> {
        Facts job = ask(JobArgument.path(JobArgument.parse(name)));
        print(job, "key", () -> new JobSheet(shell.terminal(), times).job(job));
      }
      case "app", "apps" -> {
        Facts app = ask("/apps/" + Query.segment(name));
        print(app, "name", () -> new JobSheet(shell.terminal(), times).app(app));
      }
      case "run", "runs" -> {
        Facts run = ask("/runs/" + Query.segment(RunArgument.parse(name)));
        print(run, "id", () -> new RunSheet(shell.terminal(), times).run(run));
      }
      default ->
          throw CliFailure.invalid(
              "cannot describe a \"%s\"; describe one of: job, app, run".formatted(kind));
    }
    return ExitCode.OK.number();
  }

  private Facts ask(String path) {
    OasisClient client = server.client(shell);
    return client.get(path);
  }

  private void print(Facts data, String nameField, Runnable forPeople) {
    Documents.print(shell.terminal(), output.format(), data, d -> d.text(nameField), forPeople);
  }
}
