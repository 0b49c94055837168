package io.oasis.cli.options;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.oasis.cli.CliFailure;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What becomes of objects that the files do not have, and of those that others own. */
public final class OwnershipOptions {
  @Option(
      names = "--prune",
      order = 14,
      description = "Delete what the source owns and these files do not have.")
  boolean prune;

  @Option(
      names = "--allow-empty",
      order = 15,
      description = "With --prune: no document at all means that everything goes.")
  boolean allowEmpty;

  @Option(
      names = "--take-over",
      order = 16,
      description = "Take objects from other sources; needs --source.")
  boolean takeOver;

  @Option(
      names = "--override",
      order = 17,
      description = "Edit objects of sources by hand; they then show as drift.")
  boolean override;

  /** Whether files without a document are meant so. */
  public boolean allowEmpty() {
    return prune && allowEmpty;
  }

  /** The flags that were given, as the user writes them. */
  public List<String> given() {
    List<String> flags = new ArrayList<>();
    if (prune) {
      flags.add("--prune");
    }
    if (allowEmpty) {
      flags.add("--allow-empty");
    }
    if (takeOver) {
      flags.add("--take-over");
    }
    if (override) {
      flags.add("--override");
    }
    return flags;
  }

  /** Puts them into a plan or apply request. */
  public void addTo(ObjectNode body) {
    boolean source = body.has("source");
    if (prune && !source) {
      throw CliFailure.invalid(
          "--prune needs --source NAME: only what a source owns can be pruned");
    }
    if (takeOver && !source) {
      throw CliFailure.invalid("--take-over needs --source NAME to give the objects to");
    }
    if (override && source) {
      throw CliFailure.invalid(
          "--override is for edits by hand, and --source is given; use --take-over to move objects"
              + " to the source");
    }
    if (allowEmpty && !prune) {
      throw CliFailure.invalid("--allow-empty means something only with --prune");
    }
    flag(body, "prune", prune);
    flag(body, "allowEmpty", allowEmpty);
    flag(body, "takeOver", takeOver);
    flag(body, "override", override);
  }

  private static void flag(ObjectNode body, String field, boolean value) {
    if (value) {
      body.put(field, true);
    }
  }
}
