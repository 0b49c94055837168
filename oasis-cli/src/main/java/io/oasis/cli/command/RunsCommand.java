package io.oasis.cli.command;

import io.oasis.cli.Shell;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.client.Query;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.ListOptions;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.RunFilterOptions;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.options.WatchOptions;
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
      "  oasis runs billing/nightly-settlement --limit 5 --watch",
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
  @Mixin WatchOptions watch;
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
    ThingList things = new ThingList(shell, Kind.RUN, output.format(), true, watch.wanted());
    return new Watch(shell, watch, things::name)
        .show(() -> client.list(query.toString(), list.runs()).items(), things)
        .number();
  }
}
