package io.oasis.server.apply;

import io.oasis.manifest.Problem;
import java.util.List;

/**
 * What became of the edit of one object by hand.
 *
 * @param <C> how a clash with somebody else's edit is told
 */
public sealed interface EditOutcome<C> {
  /** It is as the document says; an empty plan says that it was so already. */
  record Saved<C>(Plan plan) implements EditOutcome<C> {}

  /** Somebody else saved it first. */
  record Stale<C>(C clash) implements EditOutcome<C> {}

  record Invalid<C>(List<Problem> problems) implements EditOutcome<C> {}

  /** A source owns it, and nothing was said of an override. */
  record Owned<C>(Ownership owner) implements EditOutcome<C> {}

  /** It was to be changed and is not there. */
  record Missing<C>() implements EditOutcome<C> {}

  /** It was to be made and is there. */
  record Exists<C>() implements EditOutcome<C> {}

  /** The caller may not touch it. */
  record OutOfScope<C>(String object) implements EditOutcome<C> {}

  /**
   * What applying the one document of an edit means; an edit deletes nothing and has no saved plan.
   */
  static <C> EditOutcome<C> of(ApplyOutcome outcome) {
    return switch (outcome) {
      case ApplyOutcome.Applied applied -> new Saved<>(applied.plan());
      case ApplyOutcome.Invalid(var problems) -> new Invalid<>(problems);
      case ApplyOutcome.Conflict(var owners) -> new Owned<>(owners.get(0));
      case ApplyOutcome.OutOfScope(var object) -> new OutOfScope<>(object);
      case ApplyOutcome.Planned planned -> throw unexpected(outcome);
      case ApplyOutcome.Unguarded unguarded -> throw unexpected(outcome);
      case ApplyOutcome.Stale stale -> throw unexpected(outcome);
      case ApplyOutcome.OtherInput other -> throw unexpected(outcome);
    };
  }

  private static IllegalStateException unexpected(ApplyOutcome outcome) {
    return new IllegalStateException("an edit came to " + outcome);
  }
}
