package io.oasis.cli.command;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.client.OasisClient.Listing;
import io.oasis.cli.client.Query;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.JobFilterOptions;
import io.oasis.cli.options.ListOptions;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.RunFilterOptions;
import io.oasis.cli.options.ServerOptions;
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
import picocli.CommandLine.Parameters;

/** Lists things. */
@Command(
    name = "get",
    description = "List jobs, apps, nodes, runs or tokens.",
    footer = {
      "",
      "Examples:",
      "  oasis get jobs -a billing",
      "  oasis get jobs -l team=payments --state off",
      "  oasis get runs --state FAILED,LOST --limit 20 -o wide",
      "  oasis get nodes -o json"
    })
public final class GetCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "KIND",
      description = "One of: jobs, apps, nodes, runs, tokens.")
  String kind;

  @Mixin ListOptions list;
  @Mixin JobFilterOptions ofJobs;
  @Mixin RunFilterOptions ofRuns;
  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public GetCommand(Shell shell) {
    this.shell = shell;
  }

  /** What can be listed. */
  private enum Kind {
    JOBS,
    APPS,
    NODES,
    RUNS,
    TOKENS;

    static Kind of(String word) {
      return switch (word.toLowerCase(Locale.ROOT)) {
        case "jobs", "job" -> JOBS;
        case "apps", "app" -> APPS;
        case "nodes", "node" -> NODES;
        case "runs", "run" -> RUNS;
        case "tokens", "token" -> TOKENS;
        default ->
            throw CliFailure.invalid(
                "there are no \"%s\"; list one of: jobs, apps, nodes, runs, tokens"
                    .formatted(word));
      };
    }
  }

  @Override
  public Integer call() {
    Kind what = Kind.of(kind);
    check(what);
    OasisClient client = server.client(shell);
    Listing listing =
        client.list(query(what).toString(), what == Kind.RUNS ? list.runs() : list.others());
    List<Facts> items = listing.items().stream().filter(item -> wanted(what, item)).toList();
    Listings listings =
        new Listings(new Times(shell.clock(), shell.zone()), output.format() == OutputFormat.WIDE);
    Documents.printAll(
        shell.terminal(),
        output.format(),
        items,
        item -> item.text(what == Kind.JOBS ? "key" : what == Kind.APPS ? "name" : "id"),
        () -> table(listings, what, items));
    if (listing.more()) {
      shell.terminal().say("there are more; see them with a larger --limit");
    }
    return ExitCode.OK.number();
  }

  private void check(Kind what) {
    if (ofJobs.given() && what != Kind.JOBS) {
      throw CliFailure.invalid("--selector, --query, --handler and --owner are for jobs only");
    }
    if (ofRuns.given() && what != Kind.RUNS) {
      throw CliFailure.invalid("--trigger, --node, --since, --from and --to are for runs only");
    }
  }

  private Query query(Kind what) {
    return switch (what) {
      case JOBS -> ofJobs.query(list);
      case RUNS -> ofRuns.query(list, Optional.empty(), shell);
      case APPS, NODES, TOKENS ->
          Query.on("/" + what.name().toLowerCase(Locale.ROOT)).add("app", list.app());
    };
  }

  /** The API filters runs by state; the other lists are short and filtered here. */
  private boolean wanted(Kind what, Facts item) {
    return list.states().isEmpty()
        || what == Kind.RUNS
        || list.states().stream().anyMatch(state -> state.equalsIgnoreCase(item.text("state")));
  }

  private void table(Listings listings, Kind what, List<Facts> items) {
    if (items.isEmpty()) {
      shell.terminal().say("no " + what.name().toLowerCase(Locale.ROOT));
      return;
    }
    (switch (what) {
          case JOBS -> listings.jobs(items, list.app().isEmpty());
          case APPS -> listings.apps(items);
          case NODES -> listings.nodes(items);
          case RUNS -> listings.runs(items);
          case TOKENS -> listings.tokens(items);
        })
        .print(shell.terminal(), "");
  }
}
