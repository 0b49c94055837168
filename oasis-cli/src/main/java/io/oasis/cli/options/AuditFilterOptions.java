package io.oasis.cli.options;

import io.oasis.cli.client.Query;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What narrows the audit beyond app and time. */
public final class AuditFilterOptions {
  @Option(
      names = "--by",
      paramLabel = "NAME",
      order = 40,
      description = "Only changes by this account or token.")
  String who;

  @Option(
      names = "--action",
      paramLabel = "ACTION",
      order = 41,
      description = "Only this change: job.disable; job. stands for all of jobs.")
  String action;

  @Option(
      names = "--object",
      paramLabel = "OBJECT",
      order = 42,
      description = "Only changes of this: 'job billing/nightly', 'account li'.")
  String object;

  /** Whether anything was given. */
  public boolean given() {
    return who != null || action != null || object != null;
  }

  /** The path and query of the changes that these options ask for. */
  public Query query(Optional<String> app) {
    return Query.on("/audit")
        .add("app", app)
        .add("who", Optional.ofNullable(who))
        .add("action", Optional.ofNullable(action))
        .add("object", Optional.ofNullable(object));
  }
}
