package io.oasis.cli.command;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.OasisClient.Listing;
import io.oasis.cli.client.Query;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.JobArgument;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.options.TimeRangeOptions;
import io.oasis.cli.output.Documents;
import io.oasis.cli.output.Listings;
import io.oasis.cli.output.OutputFormat;
import io.oasis.cli.output.Times;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

  @Option(
      names = {"-a", "--app"},
      paramLabel = "APP",
      description = "Only of this app.")
  String app;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      split = ",",
      description = "Only in these states, for example FAILED,LOST.")
  List<String> states = List.of();

  @Option(
      names = "--trigger",
      paramLabel = "KIND",
      description = "Only of this trigger: schedule, manual, api or rerun.")
  String trigger;

  @Option(names = "--node", paramLabel = "ID", description = "Only on this node.")
  String node;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many; default 20.")
  int limit;

  @Mixin TimeRangeOptions time;
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
    if (limit < 1) {
      throw CliFailure.invalid("--limit must be at least 1");
    }
    Query query = Query.on("/runs");
    query.add("app", Optional.ofNullable(app));
    query.add("job", Optional.ofNullable(job).map(j -> JobArgument.parse(j).toString()));
    query.add("trigger", Optional.ofNullable(trigger).map(t -> t.toUpperCase(Locale.ROOT)));
    query.add("node", Optional.ofNullable(node));
    time.addTo(query, shell);
    if (!states.isEmpty()) {
      query.add("state", String.join(",", states).toUpperCase(Locale.ROOT));
    }
    Listing listing = server.client(shell).list(query.toString(), limit);
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
