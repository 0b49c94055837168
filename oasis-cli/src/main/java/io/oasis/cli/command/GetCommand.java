package io.oasis.cli.command;

import io.oasis.cli.CliFailure;
import io.oasis.cli.Shell;
import io.oasis.cli.client.Facts;
import io.oasis.cli.client.NearNames;
import io.oasis.cli.client.OasisClient;
import io.oasis.cli.client.OasisClient.Listing;
import io.oasis.cli.client.Query;
import io.oasis.cli.options.AuditFilterOptions;
import io.oasis.cli.options.CommonOptions;
import io.oasis.cli.options.JobFilterOptions;
import io.oasis.cli.options.ListOptions;
import io.oasis.cli.options.OutputOptions;
import io.oasis.cli.options.RunFilterOptions;
import io.oasis.cli.options.ServerOptions;
import io.oasis.cli.options.WatchOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists things. */
@Command(
    name = "get",
    description =
        "List jobs, apps, nodes, runs, tokens, incidents, accounts, or the audit: who changed what.",
    footer = {
      "",
      "A selector has parts with commas between them, all of which must hold: KEY=VALUE, KEY!=VALUE,",
      "KEY in (A,B), KEY notin (A,B), KEY (has it), !KEY (has it not).",
      "",
      "Examples:",
      "  oasis get jobs -a billing",
      "  oasis get jobs -l 'team=payments,env!=dev' --state off",
      "  oasis get runs --state FAILED,LOST --limit 20 -o wide",
      "  oasis get job billing/nightly-settlement -o yaml",
      "  oasis get incidents --state open",
      "  oasis get nodes --watch",
      "  oasis get audit --since 7d --by li --action job."
    })
public final class GetCommand implements Callable<Integer> {
  private static final Set<Kind> HAVE_STATES = Set.of(Kind.JOB, Kind.NODE, Kind.RUN, Kind.INCIDENT);

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      description = "One of: jobs, apps, nodes, runs, tokens, incidents, accounts, audit.")
  String kind;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "NAME",
      description = "Only these: APP/JOB, APP, a node's id, a number, or an account's name.")
  List<String> names = List.of();

  @Mixin ListOptions list;
  @Mixin JobFilterOptions ofJobs;
  @Mixin RunFilterOptions ofRuns;
  @Mixin AuditFilterOptions ofAudit;
  @Mixin WatchOptions watch;
  @Mixin OutputOptions output;
  @Mixin ServerOptions server;
  @Mixin CommonOptions common;

  private final Shell shell;

  /** Runs in the given shell. */
  public GetCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Kind what = Kind.parse(kind);
    check(what);
    OasisClient client = server.client(shell);
    ThingList things =
        new ThingList(
            shell, what, output.format(), list.app().isEmpty() || !names.isEmpty(), watch.wanted());
    return new Watch(shell, watch, things::name)
        .show(() -> names.isEmpty() ? listed(client, what) : named(client, what), things)
        .number();
  }

  private void check(Kind what) {
    if (ofJobs.given() && what != Kind.JOB) {
      throw CliFailure.invalid("--selector, --query, --handler and --owner are for jobs only");
    }
    if (!list.states().isEmpty() && !HAVE_STATES.contains(what)) {
      throw CliFailure.invalid("--state is for jobs, nodes, runs and incidents only");
    }
    if (ofRuns.given() && what != Kind.RUN) {
      throw CliFailure.invalid("--trigger and --node are for runs only");
    }
    if (ofRuns.time().given() && what != Kind.RUN && what != Kind.AUDIT) {
      throw CliFailure.invalid("--since, --from and --to are for runs and the audit only");
    }
    if (ofAudit.given() && what != Kind.AUDIT) {
      throw CliFailure.invalid("--by, --action and --object are for the audit only");
    }
    if (list.app().isPresent() && what == Kind.ACCOUNT) {
      throw CliFailure.invalid("--app is not for accounts: they are of the whole server");
    }
    if (!what.states().isEmpty()) {
      list.states().forEach(state -> checkState(what, state));
    }
    boolean filtered =
        ofJobs.given()
            || ofRuns.given()
            || ofRuns.time().given()
            || ofAudit.given()
            || list.given();
    if (filtered && !names.isEmpty()) {
      throw CliFailure.invalid("names and filters exclude each other; leave one out");
    }
  }

  private static void checkState(Kind what, String state) {
    List<String> states = what.states();
    if (states.stream().noneMatch(state::equalsIgnoreCase)) {
      String hint =
          NearNames.nearest(state.toLowerCase(Locale.ROOT), states)
              .map(near -> "; did you mean " + near + "?")
              .orElse("");
      throw CliFailure.invalid(
          "--state: %s are never \"%s\"%s (%s)"
              .formatted(what.plural(), state, hint, String.join(", ", states)));
    }
  }

  private List<Facts> listed(OasisClient client, Kind what) {
    int limit = what.endless() ? list.runs() : list.others();
    boolean filteredHere = !what.endless() && !list.states().isEmpty();
    Listing listing = client.list(query(what).toString(), filteredHere ? 0 : limit);
    List<Facts> items = listing.items().stream().filter(item -> wanted(what, item)).toList();
    boolean cut = filteredHere && limit > 0 && items.size() > limit;
    if ((listing.more() || cut) && !watch.wanted()) {
      shell.terminal().say("there are more; see them with a larger --limit");
    }
    return cut ? items.subList(0, limit) : items;
  }

  private List<Facts> named(OasisClient client, Kind what) {
    List<Facts> items = new ArrayList<>();
    for (String name : names) {
      items.add(what.path(name).map(client::get).orElseGet(() -> TokenLookup.find(client, name)));
    }
    return items;
  }

  private Query query(Kind what) {
    return switch (what) {
      case JOB -> ofJobs.query(list.app());
      case RUN -> ofRuns.query(list, Optional.empty(), shell);
      case INCIDENT ->
          Query.on("/incidents")
              .add("app", list.app())
              .add("state", Optional.of(String.join(",", list.states())).filter(s -> !s.isEmpty()));
      case AUDIT -> {
        Query query = ofAudit.query(list.app());
        ofRuns.time().addTo(query, shell);
        yield query;
      }
      case APP, NODE, TOKEN, ACCOUNT -> Query.on("/" + what.plural()).add("app", list.app());
    };
  }

  /** The API filters runs and incidents by state; the other lists are short and filtered here. */
  private boolean wanted(Kind what, Facts item) {
    return list.states().isEmpty()
        || what.endless()
        || list.states().stream().anyMatch(state -> state.equalsIgnoreCase(item.text("state")));
  }
}
