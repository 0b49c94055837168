package io.oasis.cli.command;

import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.client.OasisClient.Listing;
import io.oasis.cli.client.Query;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.ListOptions;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.RunFilterOptions;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.output.Documents;
import io.oasis.cli.output.Listings;
import io.oasis.cli.output.OutputFormat;
import io.oasis.cli.output.Times;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists runs. */
@Command(
    name = "runs",
    description = "List runs, newest first.",
    footer = {
      "",
      "Examples:",
      "  oasis runs",
      "  oasis runs billing/nightly-settlement --limit 5",
      "  oasis runs -a billing --state FAILED,TIMED_OUT,LOST --since 24h -o wide"
    })
public final class RunsCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "APP/JOB",
      description = "Only of this job.")
  String job;

  @Mixin ListOptions list;
  @Mixin RunFilterOptions filter;
  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public RunsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    OasisClient client = server.client(shell);
    Query query = filter.query(list, Optional.ofNullable(job), shell);
    Listing listing = client.list(query.toString(), list.runs());
    Listings listings =
        new Listings(new Times(shell.clock(), shell.zone()), output.format() == OutputFormat.WIDE);
    Documents.printAll(
        shell.terminal(),
        output.format(),
        listing.items(),
        run -> run.text("id"),
        () -> {
          if (listing.items().isEmpty()) {
            shell.terminal().say("no runs");
          } else {
            listings.runs(listing.items()).print(shell.terminal(), "");
          }
        });
    return ExitCode.OK.number();
  }
}
