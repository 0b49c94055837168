package io.oasis.server.apply;

import io.oasis.manifest.Problem;
import java.util.List;

/** What became of planning. */
public sealed interface PlanOutcome {
  /** The documents can be applied. */
  record Planned(Plan plan) implements PlanOutcome {}

  /** Some are wrong; every error of every document, also those that belong to another source. */
  record Invalid(List<Problem> problems) implements PlanOutcome {}

  /** Some belong to another source, and nothing else is wrong. */
  record Conflict(List<Ownership> owners) implements PlanOutcome {}
}
