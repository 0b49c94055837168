package io.oasis.cli.options;

import io.oasis.cli.Shell;
import io.oasis.cli.client.Query;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What narrows a list of runs beyond app and state. */
public final class RunFilterOptions {
  @Option(
      names = "--trigger",
      paramLabel = "KIND",
      order = 20,
      description = "Only runs of this trigger: schedule, manual, api or rerun.")
  String trigger;

  @Option(names = "--node", paramLabel = "ID", order = 21, description = "Only runs on this node.")
  String node;

  @Mixin TimeRangeOptions time;

  /** Whether anything was given beside a time. */
  public boolean given() {
    return trigger != null || node != null;
  }

  /** The stretch of time, which lists of other things have as well. */
  public TimeRangeOptions time() {
    return time;
  }

  /** The path and query of the runs that all these options ask for. */
  public Query query(ListOptions list, Optional<String> job, Shell shell) {
    Query query = Query.on("/runs");
    query.add("app", list.app());
    query.add("job", job.map(j -> JobArgument.parse(j).toString()));
    query.add("trigger", Optional.ofNullable(trigger).map(t -> t.toUpperCase(Locale.ROOT)));
    query.add("node", Optional.ofNullable(node));
    time.addTo(query, shell);
    if (!list.states().isEmpty()) {
      query.add("state", String.join(",", list.states()).toUpperCase(Locale.ROOT));
    }
    return query;
  }
}
