package io.oasis.server.apply;

import io.oasis.manifest.FieldChange;
import io.oasis.manifest.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who may change what, and what changes hands. Collects every object that another source owns. */
final class OwnerCheck {
  private final Optional<String> source;
  private final OwnerRule rule;
  private final List<Ownership> conflicts = new ArrayList<>();

  OwnerCheck(Optional<String> source, OwnerRule rule) {
    this.source = source;
    this.rule = rule;
  }

  List<Ownership> conflicts() {
    return List.copyOf(conflicts);
  }

  /**
   * Adds to the changes of an object's content what becomes of its ownership, and notes a conflict.
   *
   * @param owner the source that owns it
   * @param override what was edited by hand since, in words; empty: nothing
   * @param content what differs
   */
  List<FieldChange> check(
      Manifest wanted,
      Optional<String> owner,
      Optional<String> override,
      List<FieldChange> content) {
    List<FieldChange> fields = new ArrayList<>(content);
    if (owner.equals(source)) {
      // What was edited by hand and is in the source by now is no override any more.
      override
          .filter(words -> content.isEmpty())
          .ifPresent(words -> fields.add(new FieldChange("override", words, null)));
    } else if (source.isPresent()) {
      if (owner.isPresent() && rule != OwnerRule.TAKE_OVER) {
        conflict(wanted, owner.get());
      }
      fields.add(new FieldChange("source", owner.orElse(null), source.get()));
    } else if (!content.isEmpty() && rule != OwnerRule.OVERRIDE) {
      // What is not changed may be named by anybody without a source.
      conflict(wanted, owner.orElseThrow());
    }
    return List.copyOf(fields);
  }

  private void conflict(Manifest wanted, String owner) {
    conflicts.add(new Ownership(wanted.describe(), owner, source, wanted.location()));
  }
}
