package io.oasis.cli.options;

import io.oasis.cli.client.Query;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What narrows a list of jobs beyond app and state. */
public final class JobFilterOptions {
  @Option(
      names = {"-l", "--selector"},
      paramLabel = "SELECTOR",
      order = 10,
      description = "Only jobs with these labels: team=a,env!=dev,tier in (1,2),!old.")
  List<String> selectors = List.of();

  @Option(
      names = {"-q", "--query"},
      paramLabel = "TEXT",
      order = 11,
      description = "Only jobs whose name or title has this text.")
  String text;

  @Option(
      names = "--handler",
      paramLabel = "NAME",
      order = 12,
      description = "Only jobs of this handler.")
  String handler;

  @Option(
      names = "--owner",
      paramLabel = "NAME",
      order = 13,
      description = "Only jobs of this owner.")
  String owner;

  /** Whether anything was given. */
  public boolean given() {
    return !selectors.isEmpty() || text != null || handler != null || owner != null;
  }

  /** The path and query of the jobs that these options ask for. */
  public Query query(Optional<String> app) {
    return addTo(Query.on("/jobs").add("app", app));
  }

  /** Adds what was given to a query. */
  public Query addTo(Query query) {
    query.add("q", Optional.ofNullable(text));
    query.add("handler", Optional.ofNullable(handler));
    query.add("owner", Optional.ofNullable(owner));
    if (!selectors.isEmpty()) {
      query.add("selector", String.join(",", selectors));
    }
    return query;
  }
}
