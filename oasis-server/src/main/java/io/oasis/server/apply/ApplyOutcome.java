package io.oasis.server.apply;

import io.oasis.manifest.Problem;
import java.util.List;

/** What became of applying or planning files. */
public sealed interface ApplyOutcome {
  /**
   * All of it was written; or nothing was, because there was nothing to change.
   *
   * @param plan what was done
   */
  record Applied(Plan plan) implements ApplyOutcome {}

  /** Nothing was written, as was asked for. */
  record Planned(Plan plan) implements ApplyOutcome {}

  /** Nothing was written: these are wrong. */
  record Invalid(List<Problem> problems) implements ApplyOutcome {}

  /** Nothing was written: these belong to other sources. */
  record Conflict(List<Ownership> owners) implements ApplyOutcome {}

  /** Nothing was written: the caller may touch another app only. */
  record OutOfScope(String object) implements ApplyOutcome {}
}
