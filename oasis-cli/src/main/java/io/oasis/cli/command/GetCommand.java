package io.oasis.cli.command;

import io.oasis.cli.CliFailure;
import io.oasis.cli.ExitCode;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.client.OasisClient.Listing;
import io.oasis.cli.client.Query;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.OutputOptions;
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
import picocli.CommandLine.Option;
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
  private static final int RUNS_LIMIT = 50;

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      description = "One of: jobs, apps, nodes, runs, tokens.")
  String kind;

  @Option(
      names = {"-a", "--app"},
      paramLabel = "APP",
      description = "Only of this app.")
  String app;

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "KEY=VALUE",
      description = "Only jobs with this label; repeatable.")
  List<String> selectors = List.of();

  @Option(
      names = "--state",
      paramLabel = "STATE",
      split = ",",
      description = "Only in these states; for jobs: on, off, done.")
  List<String> states = List.of();

  @Option(
      names = {"-q", "--query"},
      paramLabel = "TEXT",
      description = "Only jobs whose name or title has this text.")
  String text;

  @Option(names = "--handler", paramLabel = "NAME", description = "Only jobs of this handler.")
  String handler;

  @Option(names = "--owner", paramLabel = "NAME", description = "Only jobs of this owner.")
  String owner;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many; default 50 runs, all of the rest.")
  Integer limit;

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
    Listing listing = client.list(query(what), limit(what));
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
    boolean aboutJobs = !selectors.isEmpty() || text != null || handler != null || owner != null;
    if (aboutJobs && what != Kind.JOBS) {
      throw CliFailure.invalid("--selector, --query, --handler and --owner are for jobs only");
    }
    for (String selector : selectors) {
      if (selector.indexOf('=') <= 0) {
        throw CliFailure.invalid(
            "\"%s\" is not a selector; write KEY=VALUE, for example team=payments"
                .formatted(selector));
      }
    }
    if (limit != null && limit < 1) {
      throw CliFailure.invalid("--limit must be at least 1");
    }
  }

  private int limit(Kind what) {
    return limit != null ? limit : what == Kind.RUNS ? RUNS_LIMIT : 0;
  }

  private String query(Kind what) {
    Query query = Query.on("/" + what.name().toLowerCase(Locale.ROOT));
    query.add("app", Optional.ofNullable(app));
    query.add("q", Optional.ofNullable(text));
    query.add("handler", Optional.ofNullable(handler));
    query.add("owner", Optional.ofNullable(owner));
    selectors.forEach(selector -> query.add("label", selector));
    if (what == Kind.RUNS && !states.isEmpty()) {
      query.add("state", String.join(",", states).toUpperCase(Locale.ROOT));
    }
    return query.toString();
  }

  /** The API filters runs by state; the other lists are short and filtered here. */
  private boolean wanted(Kind what, Facts item) {
    return states.isEmpty()
        || what == Kind.RUNS
        || states.stream().anyMatch(state -> state.equalsIgnoreCase(item.text("state")));
  }

  private void table(Listings listings, Kind what, List<Facts> items) {
    if (items.isEmpty()) {
      shell.terminal().say("no " + what.name().toLowerCase(Locale.ROOT));
      return;
    }
    (switch (what) {
          case JOBS -> listings.jobs(items, app == null);
          case APPS -> listings.apps(items);
          case NODES -> listings.nodes(items);
          case RUNS -> listings.runs(items);
          case TOKENS -> listings.tokens(items);
        })
        .print(shell.terminal(), "");
  }
}
